// SPDX-License-Identifier: Apache-2.0
#include "metadata/index_page.h"

#include <algorithm>

#include "metadata/wheel_order.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

// Names that a page takes are ASCII, so the order of units is that of bytes.
void sortByName(std::vector<IndexFile> &files)
{
    if (!std::ranges::is_sorted(files, {}, &IndexFile::fileName))
        std::ranges::stable_sort(files, {}, &IndexFile::fileName);
}

void sortByTags(std::vector<IndexFile> &files)
{
    const auto orderOf = [](const IndexFile &file) {
        return file.wheel ? std::optional(WheelOrder::of(*file.wheel)) : std::nullopt;
    };
    std::ranges::stable_sort(files, {}, orderOf);
}

IndexPage::Release releaseOf(const std::vector<IndexFile> &files)
{
    IndexPage::Release release{.version = files.front().version, .firstUpload = {}};
    const auto known =
        std::size_t(std::ranges::count_if(files, [](const IndexFile &file) { return file.hasKnownTags(); }));
    if (known < files.size())
        release.tags = known > 0 ? IndexPage::Release::Tags::SomeKnown : IndexPage::Release::Tags::NoneKnown;
    if (std::ranges::all_of(files, [](const IndexFile &file) { return file.uploadTime.has_value(); })) {
        const auto time = [](const IndexFile &file) { return file.uploadTime->toMSecsSinceEpoch(); };
        release.firstUpload = time(std::ranges::min(files, {}, time));
    }
    return release;
}

} // namespace

QString IndexFile::sha256() const
{
    static constexpr auto Algorithm = "sha256:"_L1;
    const auto found =
        std::ranges::find_if(hashes, [](const QString &hash) { return hash.startsWith(Algorithm); });
    return found == hashes.end() ? QString() : found->sliced(Algorithm.size());
}

bool IndexFile::hasKnownTags() const
{
    return !wheel || wheel->tags.areKnown();
}

IndexPage::IndexPage(std::vector<IndexFile> files, Order order)
{
    sortByName(files);
    if (order == Order::ByTags)
        sortByTags(files);
    std::ranges::stable_sort(files, {}, &IndexFile::version);
    for (auto rest = files.begin(); rest != files.end();) {
        const auto end = std::find_if(
            rest, files.end(), [&](const IndexFile &file) { return file.version != rest->version; });
        const auto &made =
            m_files.emplace_back(std::in_place, std::make_move_iterator(rest), std::make_move_iterator(end));
        m_releases.push_back(releaseOf(*made));
        rest = end;
    }
}

IndexPage::IndexPage(std::vector<Release> releases, Read read)
    : m_releases(std::move(releases))
    , m_read(std::move(read))
    , m_files(m_releases.size())
{}

const std::vector<IndexFile> &IndexPage::files(std::size_t release) const
{
    const std::lock_guard guard(m_lock);
    auto &files = m_files[release];
    if (!files)
        files = m_read(release);
    return *files;
}

void IndexPage::readAhead() const
{
    const auto isLikely = [](const Release &release) {
        return !release.version.isPreRelease() && release.tags != Release::Tags::NoneKnown;
    };
    const auto newest = std::ranges::find_last_if(m_releases, isLikely);
    if (!newest.empty())
        files(std::size_t(newest.begin() - m_releases.begin()));
}

std::vector<IndexFile> IndexPage::allFiles() const
{
    std::vector<IndexFile> all;
    for (std::size_t release = 0; release < m_releases.size(); ++release) {
        const std::vector<IndexFile> &some = files(release);
        all.insert(all.end(), some.begin(), some.end());
    }
    sortByName(all);
    return all;
}

} // namespace sconce::metadata
