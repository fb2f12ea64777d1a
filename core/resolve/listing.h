// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/index_page.h"
#include "resolve/policy.h"
#include "versions/version_set.h"

namespace sconce::resolve {

/// Which files of a page are there at all.
enum class Counting {
    Everything,
    /// Without wheels that no Python takes (lock-format.md § 8).
    KnownTags,
};

/// One version on one index.
class Release {
public:
    Release(const metadata::IndexPage &page, std::size_t place, Counting counting)
        : version(page.releases()[place].version)
        , m_page(&page)
        , m_place(place)
        , m_counting(counting)
    {}
    versions::Version version;
    /// False for a version all of whose files are known to be too new.
    bool exists = true;

    /// In the order of their names' bytes; those that joined stand in front.
    const std::vector<const metadata::IndexFile *> &files() const;
    /// Whether all files came at the time or later; false where one does not say when it came.
    bool isAllFrom(const QDateTime &time) const;
    /// The other's files also replace those of the same name.
    void join(const Release &other);

private:
    const metadata::IndexPage *m_page;
    std::size_t m_place;
    Counting m_counting;
    // Made when they are asked for; a version has one file at least.
    mutable std::vector<const metadata::IndexFile *> m_files;
};

/// What one index has of one package, and what joined it from elsewhere. For one thread.
struct Listing {
    Listing(names::PackageName itsPackage, metadata::IndexLocation itsIndex,
        std::shared_ptr<const metadata::IndexPage> itsPage, Counting counting);

    names::PackageName package;
    metadata::IndexLocation index;
    /// Set when the index was taken from the list of a torch backend.
    const torch::Backend *backend = nullptr;
    std::shared_ptr<const metadata::IndexPage> page;
    /// By version, ascending.
    std::vector<Release> releases;

    void join(const Listing &other);
    const Release *find(const versions::Version &version) const;
    /// Where a file of the list comes from.
    const metadata::IndexLocation &indexOf(const metadata::IndexFile &file) const;
    const std::shared_ptr<const metadata::IndexPage> &pageOf(const metadata::IndexFile &file) const;
    bool hasJoined() const { return !m_joined.empty(); }

private:
    struct Joined {
        metadata::IndexLocation index;
        std::shared_ptr<const metadata::IndexPage> page;
    };
    const Joined *joinedWith(const metadata::IndexFile &file) const;

    std::vector<Joined> m_joined;
};

/// The part of `versions` (ascending; `Project` makes versions of its elements) that lies in an interval.
template <class Range, class Project>
auto within(const Range &versions, const versions::VersionSet::Interval &interval, Project project)
{
    using versions::Cut;
    const auto low = std::ranges::partition_point(versions,
        [&](const auto &element) { return Cut{Cut::Side::Before, project(element)} < interval.low; });
    const auto high = std::ranges::partition_point(low, std::ranges::end(versions),
        [&](const auto &element) { return Cut{Cut::Side::After, project(element)} <= interval.high; });
    return std::ranges::subrange(low, high);
}

} // namespace sconce::resolve
