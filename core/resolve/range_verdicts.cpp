// SPDX-License-Identifier: Apache-2.0
#include "resolve/range_verdicts.h"

#include <algorithm>

namespace sconce::resolve {

using markers::Marker;
using metadata::IndexFile;

RangeVerdicts::RangeVerdicts(
    const Policy &policy, const AllowedYanks &yanks, const markers::PythonBounds &project)
    : m_policy(policy)
    , m_yanks(yanks)
    , m_ranges{project}
    , m_flatFit{.misfit = [](const IndexFile &) { return std::nullopt; }, .isBetter = {}}
{
    rangeUpTo(project.high);
}

std::size_t RangeVerdicts::rangeUpTo(const std::optional<versions::ReleaseRange::Cut> &high)
{
    const auto known = std::ranges::find(m_ranges, high, &markers::PythonBounds::high);
    const auto range = std::size_t(known - m_ranges.begin());
    if (known == m_ranges.end())
        m_ranges.push_back({m_ranges.front().low, high});
    if (m_fits.size() < m_ranges.size()) {
        m_verdicts.emplace_back();
        m_fits.push_back(
            {.misfit = [bounds = m_ranges.back(), known = std::unordered_map<tags::WheelTags, bool>()](
                           const IndexFile &file) mutable -> std::optional<Unusable::Kind> {
                 const auto [serves, isNew] = known.try_emplace(file.wheel->tags);
                 if (isNew)
                     serves->second = servesPython(file.wheel->tags, bounds);
                 return serves->second ? std::nullopt : std::optional(Unusable::Kind::Python);
             },
                .isBetter = {}});
    }
    return range;
}

/// § 4.1 line 5: the files of a flat index are taken as they are.
const Fit &RangeVerdicts::fitFor(const Listing &list, std::size_t range) const
{
    return list.index.isFlat ? m_flatFit : m_fits[range];
}

RangeVerdicts::Verdict &RangeVerdicts::verdict(const Listing &list, const Release &release, std::size_t range)
{
    const auto [place, isNew] = m_verdicts[range].try_emplace(&release);
    if (isNew)
        place->second.choice = judge(list, release, m_policy, m_yanks, fitFor(list, range));
    return place->second;
}

const Choice &RangeVerdicts::choice(const Listing &list, const Release &release, std::size_t range)
{
    return verdict(list, release, range).choice;
}

const std::vector<Marker> &RangeVerdicts::implied(
    const Listing &list, const Release &release, std::size_t range)
{
    Verdict &known = verdict(list, release, range);
    if (known.implied)
        return *known.implied;
    std::vector<tags::WheelTags> wheels;
    for (const IndexFile *file : release.files()) {
        if (whyUnusable(list, *file, m_policy, m_yanks, fitFor(list, range)))
            continue;
        if (!file->wheel)
            return known.implied.emplace({Marker::always()});
        wheels.push_back(file->wheel->tags);
    }
    return known.implied.emplace(m_markers.implied(wheels));
}

} // namespace sconce::resolve
