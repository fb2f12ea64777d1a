// SPDX-License-Identifier: Apache-2.0
#include "actions/satisfied.h"

#include <algorithm>
#include <set>

#include "resolve/needs.h"
#include "resolve/stated_supply.h"

namespace sconce::actions {

namespace {

using requirements::Requirement;

class Satisfaction {
public:
    Satisfaction(
        const resolve::SpecificRequest &request, const std::vector<environment::Installed> &installed)
        : m_request(request)
        , m_rules(request)
        , m_stated(request)
    {
        for (const environment::Installed &one : installed)
            m_installed.emplace(one.name, &one);
    }

    bool holds()
    {
        std::vector<resolve::Need> wishes;
        for (const resolve::Wish &wish : m_request.wishes)
            wishes.push_back({.requirement = wish.requirement});
        if (!addAll(m_rules.ofWishes(wishes)))
            return false;
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

    static bool fits(const environment::Installed &installed, const Requirement &requirement)
    {
        if (requirement.url)
            return installed.directUrl && QUrl(installed.directUrl->url) == *requirement.url;
        return requirement.specifiers.contains(installed.version);
    }

    /// False when one of those that count here is not met.
    bool addAll(const std::vector<resolve::Need> &needs)
    {
        return std::ranges::all_of(needs, [this](const resolve::Need &need) {
            return !need.requirement.marker.evaluate(m_request.environment) || add(need.requirement);
        });
    }

    bool add(const Requirement &requirement)
    {
        // Two installations of one name are a broken state, not an answer.
        if (m_installed.count(requirement.name) != 1
            || !fits(*m_installed.find(requirement.name)->second, requirement))
            return false;
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
        const environment::Installed &installed = *m_installed.find(next.first)->second;
        const auto stated = m_stated.of(installed.name, installed.version);
        const Result<metadata::CoreMetadata> metadata =
            stated ? Result<metadata::CoreMetadata>(*stated) : environment::metadataOf(installed);
        if (!metadata) // a broken package is one to install anew
            return false;
        return addAll(
            m_rules.of({installed.name, installed.version}, resolve::needsOf(*metadata), next.second));
    }

    const resolve::SpecificRequest &m_request;
    resolve::NeedRules m_rules;
    resolve::StatedMetadata m_stated;
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
