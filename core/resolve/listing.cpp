// SPDX-License-Identifier: Apache-2.0
#include "resolve/listing.h"

#include <algorithm>

namespace sconce::resolve {

using metadata::IndexFile;
using metadata::IndexPage;
using Tags = IndexPage::Release::Tags;

namespace {

bool holds(const IndexPage &page, const IndexFile &file)
{
    const auto &releases = page.releases();
    const auto release = std::ranges::lower_bound(releases, file.version, {}, &IndexPage::Release::version);
    if (release == releases.end() || release->version != file.version)
        return false;
    const auto &files = page.files(std::size_t(release - releases.begin()));
    return !std::less<>()(&file, files.data()) && std::less<>()(&file, files.data() + files.size());
}

} // namespace

const std::vector<const IndexFile *> &Release::files() const
{
    if (m_files.empty()) {
        for (const IndexFile &file : m_page->files(m_place)) {
            if (m_counting == Counting::Everything || file.hasKnownTags())
                m_files.push_back(&file);
        }
    }
    return m_files;
}

bool Release::isAllFrom(const QDateTime &time) const
{
    const IndexPage::Release &release = m_page->releases()[m_place];
    const bool areAllCounted = m_counting == Counting::Everything || release.tags == Tags::AllKnown;
    if (areAllCounted && m_files.empty())
        return release.firstUpload && *release.firstUpload >= time.toMSecsSinceEpoch();
    return std::ranges::all_of(
        files(), [&](const IndexFile *file) { return file->uploadTime && *file->uploadTime >= time; });
}

void Release::join(const Release &other)
{
    const auto &added = other.files();
    std::vector<const IndexFile *> all = added;
    for (const IndexFile *file : files()) {
        if (!std::ranges::contains(added, file->fileName, &IndexFile::fileName))
            all.push_back(file);
    }
    m_files = std::move(all);
}

Listing::Listing(names::PackageName itsPackage, metadata::IndexLocation itsIndex,
    std::shared_ptr<const IndexPage> itsPage, Counting counting)
    : package(std::move(itsPackage))
    , index(std::move(itsIndex))
    , page(std::move(itsPage))
{
    const auto &all = page->releases();
    releases.reserve(all.size());
    for (std::size_t place = 0; place < all.size(); ++place) {
        if (counting == Counting::Everything || all[place].tags != Tags::NoneKnown)
            releases.emplace_back(*page, place, counting);
    }
}

void Listing::join(const Listing &other)
{
    m_joined.push_back({other.index, other.page});
    for (const Release &added : other.releases) {
        auto own = std::ranges::lower_bound(releases, added.version, {}, &Release::version);
        if (own == releases.end() || own->version != added.version)
            releases.insert(own, added);
        else
            own->join(added);
    }
}

const Listing::Joined *Listing::joinedWith(const IndexFile &file) const
{
    const auto found =
        std::ranges::find_if(m_joined, [&](const Joined &joined) { return holds(*joined.page, file); });
    return found == m_joined.end() ? nullptr : &*found;
}

const metadata::IndexLocation &Listing::indexOf(const IndexFile &file) const
{
    const Joined *joined = joinedWith(file);
    return joined ? joined->index : index;
}

const std::shared_ptr<const IndexPage> &Listing::pageOf(const IndexFile &file) const
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
