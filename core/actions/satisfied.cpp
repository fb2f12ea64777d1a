// SPDX-License-Identifier: Apache-2.0
#include "actions/satisfied.h"

#include <algorithm>
#include <set>

namespace sconce::actions {

namespace {

using requirements::Requirement;

class Satisfaction {
public:
    Satisfaction(
        const resolve::SpecificRequest &request, const std::vector<environment::Installed> &installed)
        : m_request(request)
    {
        for (const environment::Installed &one : installed)
            m_installed.emplace(one.name, &one);
    }

    bool holds()
    {
        for (const resolve::Wish &wish : m_request.wishes) {
            if (!add(wish.requirement, std::set<names::ExtraName>()))
                return false;
        }
        while (!m_open.empty()) {
            const Open next = m_open.back();
            m_open.pop_back();
            if (!addNeeds(next))
                return false;
        }
        return true;
    }

private:
    /// A package whose needs were not looked at yet, with one of its extras or without.
    using Open = std::pair<names::PackageName, std::optional<names::ExtraName>>;

    bool fits(const environment::Installed &installed, const Requirement &requirement) const
    {
        if (requirement.url)
            return installed.directUrl && QUrl(installed.directUrl->url) == *requirement.url;
        return requirement.specifiers.contains(installed.version);
    }

    /// False when the requirement applies and is not met.
    bool add(const Requirement &requirement, const std::set<names::ExtraName> &extras)
    {
        if (!requirement.marker.evaluate(m_request.environment, extras)
            || std::ranges::contains(m_request.excludes, requirement.name))
            return true;
        // Two installations of one name are a broken state, not an answer.
        if (m_installed.count(requirement.name) != 1)
            return false;
        const environment::Installed &installed = *m_installed.find(requirement.name)->second;
        const auto isOverride = [&](const Requirement &other) {
            return other.name == requirement.name && other.marker.evaluate(m_request.environment);
        };
        const bool isOverridden = std::ranges::any_of(m_request.overrides, isOverride);
        if (!isOverridden && !fits(installed, requirement))
            return false;
        for (const auto *list : {&m_request.overrides, &m_request.constraints}) {
            for (const Requirement &limit : *list) {
                if (isOverride(limit) && !fits(installed, limit))
                    return false;
            }
        }
        if (m_request.dependencies == resolve::Dependencies::Ignore)
            return true;
        open({requirement.name, std::nullopt});
        for (const names::ExtraName &extra : requirement.extras)
            open({requirement.name, extra});
        return true;
    }

    void open(Open next)
    {
        if (m_seen.insert(next).second)
            m_open.push_back(std::move(next));
    }

    bool addNeeds(const Open &next)
    {
        const Result<metadata::CoreMetadata> metadata =
            environment::metadataOf(*m_installed.find(next.first)->second);
        if (!metadata) // a broken package is one to install anew
            return false;
        std::set<names::ExtraName> extras;
        if (next.second)
            extras.insert(*next.second);
        return std::ranges::all_of(
            metadata->requiresDist, [&](const Requirement &requirement) { return add(requirement, extras); });
    }

    const resolve::SpecificRequest &m_request;
    std::multimap<names::PackageName, const environment::Installed *> m_installed;
    std::set<Open> m_seen;
    std::vector<Open> m_open;
};

} // namespace

bool isSatisfied(
    const resolve::SpecificRequest &request, const std::vector<environment::Installed> &installed)
{
    return Satisfaction(request, installed).holds();
}

} // namespace sconce::actions
