// SPDX-License-Identifier: Apache-2.0
#include "resolve/listing.h"

#include <algorithm>

namespace sconce::resolve {

Listing Listing::of(metadata::IndexLocation index, std::shared_ptr<const metadata::IndexPage> page,
    const std::function<bool(const metadata::IndexFile &)> &counts)
{
    Listing result;
    result.index = std::move(index);
    result.page = std::move(page);
    std::vector<Release> &releases = result.releases;
    // Sorted by name, files of one version mostly stand together already.
    for (const metadata::IndexFile &file : result.page->files) {
        if (counts && !counts(file))
            continue;
        if (releases.empty() || releases.back().version != file.version)
            releases.push_back({file.version, {}});
        releases.back().files.push_back(&file);
    }
    std::ranges::stable_sort(releases, {}, &Release::version);
    std::size_t kept = 0;
    for (std::size_t next = 1; next < releases.size(); ++next) {
        if (releases[next].version == releases[kept].version) {
            auto &files = releases[kept].files;
            files.insert(files.end(), releases[next].files.begin(), releases[next].files.end());
        } else if (++kept != next) {
            releases[kept] = std::move(releases[next]);
        }
    }
    if (!releases.empty())
        releases.resize(kept + 1);
    return result;
}

void Listing::join(const Listing &other)
{
    m_joined.push_back({other.index, other.page});
    for (const Release &added : other.releases) {
        auto own = std::ranges::lower_bound(releases, added.version, {}, &Release::version);
        if (own == releases.end() || own->version != added.version) {
            releases.insert(own, added);
            continue;
        }
        std::erase_if(own->files, [&](const metadata::IndexFile *file) {
            return std::ranges::contains(added.files, file->fileName, &metadata::IndexFile::fileName);
        });
        own->files.insert(own->files.begin(), added.files.begin(), added.files.end());
    }
}

const Listing::Joined *Listing::joinedWith(const metadata::IndexFile &file) const
{
    const auto isIn = [&](const Joined &joined) {
        const auto &files = joined.page->files;
        return !files.empty() && !std::less<>()(&file, files.data())
            && std::less<>()(&file, files.data() + files.size());
    };
    const auto found = std::ranges::find_if(m_joined, isIn);
    return found == m_joined.end() ? nullptr : &*found;
}

const metadata::IndexLocation &Listing::indexOf(const metadata::IndexFile &file) const
{
    const Joined *joined = joinedWith(file);
    return joined ? joined->index : index;
}

const std::shared_ptr<const metadata::IndexPage> &Listing::pageOf(const metadata::IndexFile &file) const
{
    const Joined *joined = joinedWith(file);
    return joined ? joined->page : page;
}

const Release *Listing::find(const versions::Version &version) const
{
    const auto found = std::ranges::lower_bound(releases, version, {}, &Release::version);
    return found != releases.end() && found->version == version ? &*found : nullptr;
}

} // namespace sconce::resolve
