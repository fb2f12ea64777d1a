// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"
#include "resolve/universal.h"

/// What a lock says before anything is resolved: the project's own words (lock-format.md § 3–5, § 10, § 11).
namespace sconce::resolve {

/// With its marker as declared.
lock::LockedRequirement locked(const project::SourcedRequirement &requirement);
lock::Source locked(const project::RequirementSource &source);
lock::ConflictItem locked(const project::Item &item);
/// In the order in which they were declared; lock::arrange() makes it that of locks.
std::vector<lock::LockedRequirement> locked(const std::vector<project::SourcedRequirement> &requirements);
/// What a member is and declares; without edges.
lock::Package locked(const project::Member &member);
/// The same of a place that requirements name; without its files.
lock::Package locked(const UniversalRequest::Place &place, const project::RequirementSource &source);
/// Everything that stands above the packages, apart from the forks.
lock::Lock lockHead(const UniversalRequest &request);

} // namespace sconce::resolve
