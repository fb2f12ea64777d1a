// SPDX-License-Identifier: Apache-2.0
#include "resolve/listings.h"

#include <algorithm>

#include <QCoreApplication>

#include "resolve/file_verdict.h"
#include "torch/mirror.h"

namespace sconce::resolve {

namespace {

metadata::IndexLocation locationOf(const torch::Backend &backend, const std::optional<QUrl> &mirror)
{
    return {.name = backend.name, .url = mirror ? torch::indexBelow(*mirror, backend) : backend.url()};
}

/// § 3.2: where all indexes are trusted equally, one that wants a login counts as not having the package.
metadata::IndexLocation lenient(metadata::IndexLocation index)
{
    auto codes = index.ignoreErrorCodes.value_or(std::vector<int>());
    codes.insert(codes.end(), {401, 403, 407, 511});
    index.ignoreErrorCodes = std::move(codes);
    return index;
}

void markWhatExists(Listing &list, const Policy &policy)
{
    if (list.hasJoined()) {
        for (Release &release : list.releases)
            release.exists = !std::ranges::all_of(release.files(), [&](const metadata::IndexFile *file) {
                return file->uploadTime && isTooNew(list.indexOf(*file), *file, policy);
            });
        return;
    }
    const auto cutOff = list.index.isFlat ? std::nullopt : policy.excludeNewer.of(list.package, list.index);
    if (!cutOff)
        return;
    for (Release &release : list.releases)
        release.exists = !release.isAllFrom(*cutOff);
}

} // namespace

versions::VersionSet PackageListings::gapAround(const versions::Version &version) const
{
    using versions::Cut;
    const auto at = std::ranges::lower_bound(versions, version);
    const auto above = at != versions.end() && *at == version ? at + 1 : at;
    const Cut low = at == versions.begin() ? Cut{} : Cut{Cut::Side::After, *(at - 1)};
    const Cut high = above == versions.end() ? Cut{Cut::Side::End, {}} : Cut{Cut::Side::Before, *above};
    return versions::VersionSet::between(low, high);
}

Listings::Listings(const Policy &policy, Packages &packages, Supply &supply, Counting counting)
    : m_policy(policy)
    , m_packages(packages)
    , m_supply(supply)
    , m_counting(counting)
{}

Listings::Search &Listings::searchFor(NameId package, const metadata::IndexLocation *pin)
{
    const auto [place, isNew] = m_searches[package].try_emplace(pin);
    Search &search = place->second;
    if (!isNew)
        return search;
    search.joins = !pin;
    if (pin) {
        search.places.push_back({*pin, *pin});
    } else if (!m_policy.indexes.empty() && !m_policy.torchBackends.empty()
        && torch::appliesTo(m_packages[package])) {
        for (const torch::Backend *backend : m_policy.torchBackends) {
            const auto index = locationOf(*backend, m_policy.torchMirror);
            search.places.push_back({index, lenient(index), backend});
        }
    } else {
        search.stopsAtFirst = m_policy.strategy == IndexStrategy::FirstIndex;
        for (const auto &index : m_policy.indexes) {
            if (!index.isExplicit)
                search.places.push_back({index, search.stopsAtFirst ? index : lenient(index)});
        }
    }
    return search;
}

void Listings::expect(NameId package, const metadata::IndexLocation *pin)
{
    Search &search = searchFor(package, pin);
    if (std::exchange(search.wasAnnounced, true))
        return;
    for (const metadata::IndexLocation &place : linksFor(search))
        m_supply.expectPage(place, m_packages[package]);
    for (const Place &place : askedFirst(search))
        m_supply.expectPage(place.asked, m_packages[package]);
}

bool Listings::isUnderWay(NameId package, const metadata::IndexLocation *pin)
{
    const Search &search = searchFor(package, pin);
    if (search.found || !search.wasAnnounced)
        return false;
    const auto isMissing = [&](const metadata::IndexLocation &place) {
        return !m_supply.pageAtHand(place, m_packages[package]);
    };
    return std::ranges::any_of(linksFor(search), isMissing)
        || std::ranges::any_of(askedFirst(search), isMissing, &Place::asked);
}

std::span<const Listings::Place> Listings::askedFirst(const Search &search)
{
    const std::span all(search.places);
    return search.stopsAtFirst ? all.first(std::min<std::size_t>(1, all.size())) : all;
}

const PackageListings *Listings::found(NameId package, const metadata::IndexLocation *pin) const
{
    if (!m_searches.contains(package))
        return nullptr;
    const auto search = m_searches.at(package).find(pin);
    return search != m_searches.at(package).end() && search->second.found ? &*search->second.found : nullptr;
}

bool Listings::hasAnswered(const QUrl &index) const
{
    const auto isOfIt = [&](const auto &search) {
        const auto &found = search.second.found;
        return found && std::ranges::contains(found->lists, index, [](const Listing &list) -> const QUrl & {
            return list.index.url;
        });
    };
    return std::ranges::any_of(
        m_searches, [&](const auto &searches) { return std::ranges::any_of(searches, isOfIt); });
}

bool Listings::take(
    PackageListings &listings, NameId package, const Place &place, const metadata::PageAnswer &answer) const
{
    using Kind = metadata::PageAnswer::Kind;
    if (answer.kind == Kind::Refused) {
        listings.refusal = {place.index, answer.status};
        return false;
    }
    const bool knowsIt =
        answer.kind == Kind::Found && answer.page && !(place.index.isFlat && answer.page->releases().empty());
    if (knowsIt) {
        listings.lists.emplace_back(m_packages[package], place.index, answer.page, m_counting);
        listings.lists.back().backend = place.backend;
    }
    return true;
}

std::span<const metadata::IndexLocation> Listings::linksFor(const Search &search) const
{
    return search.joins ? std::span(m_policy.findLinks) : std::span<const metadata::IndexLocation>();
}

void Listings::join(
    PackageListings &listings, NameId package, const std::vector<metadata::PageAnswer> &answers) const
{
    // From the last to the first, so that the files of the first stand in front.
    for (std::size_t place = answers.size(); place-- > 0;) {
        if (answers[place].kind != metadata::PageAnswer::Kind::Found || !answers[place].page)
            continue;
        const Listing links(m_packages[package], m_policy.findLinks[place], answers[place].page, m_counting);
        if (links.releases.empty())
            continue;
        for (Listing &list : listings.lists)
            list.join(links);
        if (listings.lists.empty())
            listings.lists.push_back(links);
    }
}

const PackageListings *Listings::settle(Search &search, PackageListings found, std::size_t asked)
{
    for (std::size_t place = asked; place < search.places.size(); ++place)
        found.unasked.push_back(search.places[place].index);
    for (Listing &list : found.lists) {
        markWhatExists(list, m_policy);
        const auto middle = std::ptrdiff_t(found.versions.size());
        for (const Release &release : list.releases) {
            if (release.exists)
                found.versions.push_back(release.version);
        }
        std::ranges::inplace_merge(found.versions, found.versions.begin() + middle);
    }
    const auto repeated = std::ranges::unique(found.versions);
    found.versions.erase(repeated.begin(), repeated.end());
    return &search.found.emplace(std::move(found));
}

Result<const PackageListings *> Listings::of(
    NameId package, const metadata::IndexLocation *pin, const JobContext &context)
{
    Search &search = searchFor(package, pin);
    if (search.found)
        return &*search.found;
    context.progress().setLabel(
        QCoreApplication::translate("resolve", "Reading versions: %1").arg(m_packages[package].text()));
    expect(package, pin);
    PackageListings found;
    std::size_t asked = 0;
    for (const Place &place : search.places) {
        ++asked;
        if (!take(
                found, package, place, SCONCE_TRY(m_supply.page(place.asked, m_packages[package], context))))
            break;
        if (search.stopsAtFirst && !found.lists.empty())
            break;
    }
    std::vector<metadata::PageAnswer> links;
    for (const metadata::IndexLocation &place : linksFor(search))
        links.push_back(SCONCE_TRY(m_supply.page(place, m_packages[package], context)));
    join(found, package, links);
    return settle(search, std::move(found), asked);
}

const PackageListings *Listings::atHand(NameId package, const metadata::IndexLocation *pin)
{
    Search &search = searchFor(package, pin);
    if (search.found)
        return &*search.found;
    PackageListings found;
    std::size_t asked = 0;
    for (const Place &place : search.places) {
        const auto answer = m_supply.pageAtHand(place.asked, m_packages[package]);
        if (!answer)
            return nullptr;
        ++asked;
        if (!take(found, package, place, *answer) || (search.stopsAtFirst && !found.lists.empty()))
            break;
    }
    std::vector<metadata::PageAnswer> links;
    for (const metadata::IndexLocation &place : linksFor(search)) {
        const auto answer = m_supply.pageAtHand(place, m_packages[package]);
        if (!answer)
            return nullptr;
        links.push_back(*answer);
    }
    join(found, package, links);
    return settle(search, std::move(found), asked);
}

} // namespace sconce::resolve
