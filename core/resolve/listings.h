// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "resolve/listing.h"
#include "resolve/packages.h"
#include "resolve/supply.h"

namespace sconce::resolve {

/// Everything that choices for one package may be made from, in order of preference.
struct PackageListings {
    std::vector<Listing> lists;
    /// Versions with at least one file that is not too new, from all lists, ascending.
    std::vector<versions::Version> versions;
    /// The index that refused to answer, which ended the search, and its HTTP status.
    struct Refusal {
        metadata::IndexLocation index;
        int status = 0;
    };
    std::optional<Refusal> refusal;
    /// Indexes behind the one that the search ended at.
    std::vector<metadata::IndexLocation> unasked;

    /// § 7.2: the open gap between the neighbours of a version, so that equal consequences of neighbours join
    /// to one range.
    versions::VersionSet gapAround(const versions::Version &version) const;
};

/// Where the versions of packages are looked up (resolver.md § 3, torch-backends.md § 5). Asks once and
/// remembers.
class Listings {
public:
    Listings(const Policy &policy, Packages &packages, Supply &supply, Counting counting);

    /// `pin`: the one index to look at; it stays where it is.
    Result<const PackageListings *> of(
        NameId package, const metadata::IndexLocation *pin, const JobContext &context);
    /// The same when all answers have come already; never waits.
    const PackageListings *atHand(NameId package, const metadata::IndexLocation *pin);
    void expect(NameId package, const metadata::IndexLocation *pin);
    /// Whether a page that expect() asked for has not come yet.
    bool isUnderWay(NameId package, const metadata::IndexLocation *pin);
    /// Whether the index had any package at all so far.
    bool hasAnswered(const QUrl &index) const;
    /// What of() or atHand() answered before; null otherwise.
    const PackageListings *found(NameId package, const metadata::IndexLocation *pin) const;

private:
    struct Place {
        metadata::IndexLocation index;
        /// The same, with the statuses that count as "not here" for this search.
        metadata::IndexLocation asked;
        const torch::Backend *backend = nullptr;
    };
    struct Search {
        std::vector<Place> places;
        /// Stops at the first index that knows the package.
        bool stopsAtFirst = false;
        /// Files of find-links join.
        bool joins = false;
        bool wasAnnounced = false;
        std::optional<PackageListings> found;
    };
    Search &searchFor(NameId package, const metadata::IndexLocation *pin);
    /// Adds one index' answer; false ends the search.
    bool take(PackageListings &listings, NameId package, const Place &place,
        const metadata::PageAnswer &answer) const;
    std::span<const metadata::IndexLocation> linksFor(const Search &search) const;
    /// What expect() asks: later indexes must not learn of names that an earlier one has.
    static std::span<const Place> askedFirst(const Search &search);
    /// Adds the files of find-links, given what they answered for the package, in order.
    void join(
        PackageListings &listings, NameId package, const std::vector<metadata::PageAnswer> &answers) const;
    const PackageListings *settle(Search &search, PackageListings found, std::size_t asked);

    const Policy &m_policy;
    Packages &m_packages;
    Supply &m_supply;
    const Counting m_counting;
    /// By package, then by the one index it is pinned to.
    IdMap<NameTag, std::map<const metadata::IndexLocation *, Search>> m_searches;
};

} // namespace sconce::resolve
