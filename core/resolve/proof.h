// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "pubgrub/incompatibility.h"
#include "resolve/listings.h"
#include "resolve/unusable.h"

namespace sconce::resolve {

/// That there is no solution, and everything needed to say why.
struct Proof {
    const pubgrub::Incompatibilities &incompatibilities;
    pubgrub::IncompatibilityId failure;
    Packages &packages;
    /// By the numbers that the incompatibilities carry.
    const std::vector<Unusable> &reasons;
    const Policy &policy;
    /// What the choices were made from; null for a package that was never looked up.
    std::function<const PackageListings *(NameId)> listings;
    /// Whether an index had any package at all.
    std::function<bool(const QUrl &)> hasAnswered;
    /// The specifiers that the person wrote for a package.
    std::function<QString(NameId)> wished;
    std::function<PreReleases(NameId)> preReleases;
    /// Of the interpreter; null when the question is for every computer.
    const tags::CompatibleTags *tags = nullptr;
    /// The interpreter's version, or the specifiers that the project states.
    QString python;
    /// Projects of the workspace: their versions say nothing, and nobody has to ask for them.
    std::function<bool(const names::PackageName &)> isOwn = [](const auto &) { return false; };
};

} // namespace sconce::resolve
