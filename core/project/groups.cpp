// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/text.h"
#include "project/reader.h"

namespace sconce::project {

namespace {

// Expanding goes down by recursion.
constexpr std::size_t DeepestInclusion = 100;

class GroupExpander {
public:
    explicit GroupExpander(const Project &project)
        : m_project(project)
    {}

    /// `place`: where the group was asked for.
    Result<> expand(const names::GroupName &group, const Place &place)
    {
        const auto found = m_project.groups.find(group);
        if (found == m_project.groups.end())
            return std::unexpected(unknown(group, place));
        if (std::ranges::find(m_trail, group) != m_trail.end())
            return std::unexpected(cycle(group, place));
        // What a group holds is there once, however often it is included; so nested includes cannot multiply.
        if (!m_seen.insert(group).second)
            return {};
        m_trail.push_back(group);
        if (m_trail.size() > DeepestInclusion)
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("Groups include groups more than %1 deep").arg(DeepestInclusion))
                    .at(place));
        for (const GroupEntry &entry : found->second) {
            if (entry.includeGroup)
                SCONCE_TRY(expand(*entry.includeGroup, entry.place));
            else
                declared.push_back(*entry.requirement);
        }
        m_trail.pop_back();
        return {};
    }

    std::vector<Declared> declared;

private:
    Error unknown(const names::GroupName &group, const Place &place) const
    {
        QStringList known;
        for (const auto &[name, entries] : m_project.groups)
            known.append(name.text());
        Error error =
            Error(ErrorKind::BadInput, Words::tr("There is no group “%1”").arg(group.text())).at(place);
        if (const std::optional<QString> similar = mostSimilar(group.text(), known))
            return std::move(error).hint(Words::tr("Write “%1”").arg(*similar));
        return error;
    }

    Error cycle(const names::GroupName &group, const Place &place) const
    {
        QStringList circle;
        for (auto at = std::ranges::find(m_trail, group); at != m_trail.end(); ++at)
            circle.append(at->text());
        circle.append(group.text());
        return Error(ErrorKind::BadInput,
            Words::tr("The groups include each other in a circle: %1")
                .arg(circle.join(QStringLiteral(" → "))))
            .at(place);
    }

    const Project &m_project;
    std::vector<names::GroupName> m_trail;
    std::set<names::GroupName> m_seen;
};

} // namespace

Result<std::vector<Declared>> groupRequirements(const Project &project, const names::GroupName &group)
{
    GroupExpander expander(project);
    SCONCE_TRY(expander.expand(group, Place{project.file, 0, 0, 1, {}}));
    return std::move(expander.declared);
}

} // namespace sconce::project
