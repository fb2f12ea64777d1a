// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "metadata/index_page.h"
#include "resolve/policy.h"
#include "versions/version_set.h"

namespace sconce::resolve {

/// One version on one index: its files in the order of their names' bytes.
struct Release {
    versions::Version version;
    std::vector<const metadata::IndexFile *> files;
};

/// What one index has of one package, and what joined it from elsewhere.
struct Listing {
    metadata::IndexLocation index;
    /// Set when the index was taken from the list of a torch backend.
    const torch::Backend *backend = nullptr;
    std::shared_ptr<const metadata::IndexPage> page;
    /// By version, ascending.
    std::vector<Release> releases;

    /// Without the files that `counts` is false for.
    static Listing of(metadata::IndexLocation index, std::shared_ptr<const metadata::IndexPage> page,
        const std::function<bool(const metadata::IndexFile &)> &counts = {});
    /// The other's files stand in front of those of the same version, and in place of those of the same name.
    void join(const Listing &other);
    const Release *find(const versions::Version &version) const;
    /// Where a file of the list comes from.
    const metadata::IndexLocation &indexOf(const metadata::IndexFile &file) const;
    const std::shared_ptr<const metadata::IndexPage> &pageOf(const metadata::IndexFile &file) const;

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
