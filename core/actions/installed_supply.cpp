// SPDX-License-Identifier: Apache-2.0
#include "actions/installed_supply.h"

#include "actions/supply.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView Scheme = u"sconce-installed";

/// What is installed, in the shape of a file that fits every Python and was always there.
metadata::IndexFile fileOf(const environment::Installed &installed)
{
    const QString fileName =
        u"%1-%2-py3-none-any.whl"_s.arg(installed.name.fileText(), installed.version.text());
    QUrl url;
    url.setScheme(Scheme.toString());
    url.setPath(installed.distInfo);
    return {.fileName = fileName,
        .address = url.toString(QUrl::FullyEncoded),
        .uploadTime = QDateTime::fromSecsSinceEpoch(0),
        .package = installed.name,
        .version = installed.version,
        .wheel = *metadata::WheelName::parse(fileName)};
}

/// Whether a file was made by fileOf().
bool isInstalled(const metadata::IndexFile &file)
{
    return file.address.startsWith(Scheme) && file.address.sliced(Scheme.size()).startsWith(u':');
}

} // namespace

InstalledSupply::InstalledSupply(
    resolve::Supply &next, const std::vector<environment::Installed> &installed, QUrl lastIndex)
    : m_next(next)
    , m_lastIndex(std::move(lastIndex))
{
    for (const environment::Installed &one : installed)
        m_installed.emplace(one.name, one);
}

metadata::PageAnswer InstalledSupply::withInstalled(metadata::PageAnswer answer,
    const metadata::IndexLocation &index, const names::PackageName &package) const
{
    const auto found = m_installed.find(package);
    const bool isFound = answer.kind == metadata::PageAnswer::Kind::Found;
    if (found == m_installed.end() || (!isFound && index.url != m_lastIndex))
        return answer;
    std::vector<metadata::IndexFile> files =
        isFound ? answer.page->allFiles() : std::vector<metadata::IndexFile>();
    // The index may list the same version; what is installed needs no download.
    std::erase_if(
        files, [&](const metadata::IndexFile &file) { return file.version == found->second.version; });
    files.push_back(fileOf(found->second));
    return answerWith(std::move(files));
}

Result<metadata::PageAnswer> InstalledSupply::page(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    return withInstalled(SCONCE_TRY(m_next.page(index, package, context)), index, package);
}

std::optional<metadata::PageAnswer> InstalledSupply::pageAtHand(
    const metadata::IndexLocation &index, const names::PackageName &package)
{
    std::optional<metadata::PageAnswer> answer = m_next.pageAtHand(index, package);
    return answer ? std::optional(withInstalled(*std::move(answer), index, package)) : std::nullopt;
}

Result<std::shared_ptr<const metadata::CoreMetadata>> InstalledSupply::metadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    if (!isInstalled(file))
        return m_next.metadata(file, context);
    return std::make_shared<const metadata::CoreMetadata>(
        SCONCE_TRY(environment::metadataOf(m_installed.at(file.package))));
}

void InstalledSupply::expectMetadata(const metadata::IndexFile &file)
{
    if (!isInstalled(file))
        m_next.expectMetadata(file);
}

} // namespace sconce::actions
