// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "markers/simplify.h"
#include "resolve/file_verdict.h"
#include "resolve/wheel_markers.h"

namespace sconce::resolve {

/// Judges versions for a range of Pythons on every platform, and remembers (resolver.md § 4).
class RangeVerdicts {
public:
    /// All arguments outlive the verdicts.
    RangeVerdicts(const Policy &policy, const AllowedYanks &yanks, const markers::PythonBounds &project);

    /// The number of a range that begins where the project's does and ends at `high`: below, a fork is judged
    /// by the project's bound.
    std::size_t rangeUpTo(const std::optional<versions::ReleaseRange::Cut> &high);
    /// The project's own range.
    static constexpr std::size_t Project = 0;

    const Choice &choice(const Listing &list, const Release &release, std::size_t range);
    /// Where the usable files of the version could be installed, in parts.
    const std::vector<markers::Marker> &implied(
        const Listing &list, const Release &release, std::size_t range);

private:
    struct Verdict {
        Choice choice;
        std::optional<std::vector<markers::Marker>> implied;
    };
    Verdict &verdict(const Listing &list, const Release &release, std::size_t range);
    const Fit &fitFor(const Listing &list, std::size_t range) const;

    const Policy &m_policy;
    const AllowedYanks &m_yanks;
    std::vector<markers::PythonBounds> m_ranges;
    std::vector<Fit> m_fits;
    /// By range.
    std::vector<std::unordered_map<const Release *, Verdict>> m_verdicts;
    Fit m_flatFit;
    WheelMarkers m_markers;
};

} // namespace sconce::resolve
