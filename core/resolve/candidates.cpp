// SPDX-License-Identifier: Apache-2.0
#include "resolve/candidates.h"

#include <algorithm>
#include <ranges>

namespace sconce::resolve {

using versions::Version;

namespace {

enum class Pass { StableOnly, PreReleasesOnly, Everything };

std::vector<Pass> passesFor(PreReleases mode)
{
    switch (mode) {
    case PreReleases::Allow: return {Pass::Everything};
    case PreReleases::Disallow: return {Pass::StableOnly};
    default: return {Pass::StableOnly, Pass::PreReleasesOnly};
    }
}

bool isWanted(Pass pass, const Version &version)
{
    return pass == Pass::Everything || (pass == Pass::PreReleasesOnly) == version.isPreRelease();
}

/// The verdict on a version that one or several lists have: the first usable one, else the first.
std::optional<Choice> judgeIn(
    std::span<const Listing *const> lists, const Version &version, const Judge &judge)
{
    std::optional<Choice> unusable;
    for (const Listing *list : lists) {
        const Release *release = list->find(version);
        if (!release || !release->exists)
            continue;
        Choice choice = judge(*list, *release);
        if (choice.isUsable())
            return choice;
        if (!unusable && choice.reason.kind != Unusable::Kind::TooNew)
            unusable = std::move(choice);
    }
    return unusable;
}

/// The first version in order that one of the lists has.
std::optional<Choice> walk(
    const CandidateQuestion &question, std::span<const Listing *const> lists, Pass pass, const Judge &judge)
{
    const auto look = [&](const auto &versions, auto project) -> std::optional<Choice> {
        const auto tryAll = [&](auto &&ordered) -> std::optional<Choice> {
            for (const auto &element : ordered) {
                if (!isWanted(pass, project(element)))
                    continue;
                if (auto choice = judgeIn(lists, project(element), judge))
                    return choice;
            }
            return {};
        };
        const auto intervals = question.range.intervals();
        for (std::size_t next = 0; next < intervals.size(); ++next) {
            const auto &interval = intervals[question.lowestFirst ? next : intervals.size() - 1 - next];
            const auto inside = within(versions, interval, project);
            if (auto choice = question.lowestFirst ? tryAll(inside) : tryAll(std::views::reverse(inside)))
                return choice;
        }
        return {};
    };
    if (lists.size() == 1)
        return look(lists.front()->releases,
            [](const Release &release) -> const Version & { return release.version; });
    return look(
        question.listings.versions, [](const Version &version) -> const Version & { return version; });
}

/// A preferred version, or the newest local build of it that its list has.
std::optional<Choice> preferred(const CandidateQuestion &question, const Version &version, const Judge &judge)
{
    for (const Listing &list : question.listings.lists) {
        const Release *found = list.find(version);
        if (!found)
            continue;
        if (!version.hasLocal()) {
            for (const Release &release : list.releases) {
                const bool isBuildOfIt =
                    release.version.hasLocal() && release.version.withoutLocal() == version;
                if (isBuildOfIt && question.range.contains(release.version))
                    found = &release; // ascending, so the last one is the newest
            }
        }
        if (found->exists)
            return judge(list, *found);
    }
    return {};
}

} // namespace

std::optional<Choice> bestCandidate(const CandidateQuestion &question, const Policy &policy,
    const PreReleaseRules &preReleases, const Judge &judge)
{
    const PreReleases mode = preReleases.of(question.package);
    for (const Version &version : question.preferences) {
        if (!question.range.contains(version) || (version.isPreRelease() && mode == PreReleases::Disallow))
            continue;
        if (auto choice = preferred(question, version, judge))
            return choice;
    }

    std::vector<const Listing *> all;
    for (const Listing &list : question.listings.lists)
        all.push_back(&list);
    const auto passes = passesFor(mode);
    const auto alone = [&all](std::size_t place) { return std::span(all).subspan(place, 1); };
    switch (policy.strategy) {
    case IndexStrategy::UnsafeBestMatch:
        for (const Pass pass : passes) {
            if (auto choice = walk(question, all, pass, judge))
                return choice;
        }
        break;
    case IndexStrategy::FirstIndex: // several lists: those of a torch backend
        for (const Pass pass : passes) {
            for (std::size_t list = 0; list < all.size(); ++list) {
                if (auto choice = walk(question, alone(list), pass, judge))
                    return choice;
            }
        }
        break;
    case IndexStrategy::UnsafeFirstMatch:
        for (std::size_t list = 0; list < all.size(); ++list) {
            for (const Pass pass : passes) {
                if (auto choice = walk(question, alone(list), pass, judge))
                    return choice;
            }
        }
        break;
    }
    return {};
}

} // namespace sconce::resolve
