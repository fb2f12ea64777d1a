// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "resolve/file_verdict.h"
#include "resolve/listings.h"
#include "resolve/pre_releases.h"

namespace sconce::resolve {

/// What one package is chosen from.
struct CandidateQuestion {
    const names::PackageName &package;
    const versions::VersionSet &range;
    const PackageListings &listings;
    /// The oldest instead of the newest.
    bool lowestFirst = false;
    /// Tried before all others, in this order.
    std::span<const versions::Version> preferences{};
};
using Judge = std::function<Choice(const Listing &list, const Release &release)>;

/// The best version in the range by the order of resolver.md § 8.1. It may be one that cannot be used, so
/// that the solver learns the reason; nothing when none is in the range.
std::optional<Choice> bestCandidate(const CandidateQuestion &question, const Policy &policy,
    const PreReleaseRules &preReleases, const Judge &judge);

} // namespace sconce::resolve
