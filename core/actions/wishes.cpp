// SPDX-License-Identifier: Apache-2.0
#include "actions/wishes.h"

#include <algorithm>
#include <array>

#include <QDir>
#include <QFileInfo>
#include <QUrlQuery>

#include "actions/words.h"
#include "base/safe_url.h"
#include "base/text.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

template <class Map>
Error unknownName(const QString &sentence, const names::Name &name, const Map &known)
{
    QStringList words;
    for (const auto &[one, list] : known)
        words.append(one.text());
    Error error(ErrorKind::NotFound, sentence.arg(name.text()));
    if (const std::optional<QString> similar = mostSimilar(name.text(), words))
        return std::move(error).hint(Words::tr("Write “%1”").arg(*similar));
    return words.isEmpty() ? error
                           : std::move(error).hint(Words::tr("Choose one of %1").arg(listText(words)));
}

Error cannotBuild(const QString &what)
{
    return Error(ErrorKind::BadInput,
        Words::tr("“%1” would have to be built, and only wheels can be installed").arg(what))
        .hint(Words::tr("Name the file of a wheel (.whl)"));
}

/// What installers unpack as sources, wherever it comes from.
constexpr std::array SourceSuffixes{".tar.gz"_L1, ".tgz"_L1, ".zip"_L1};

Result<metadata::IndexFile> withAddress(metadata::IndexFile file, const QUrl &url)
{
    file.fileName = url.fileName(QUrl::FullyDecoded);
    file.address = url.toString(QUrl::FullyEncoded | QUrl::RemoveFragment);
    file.urlAsWritten = url.toString(QUrl::FullyEncoded);
    // A digest in the fragment is what the person expects to get.
    const QUrlQuery expected(url.fragment(QUrl::FullyEncoded));
    if (const QString sha256 = expected.queryItemValue(u"sha256"_s); !sha256.isEmpty())
        file.hashes.append(u"sha256:"_s + sha256.toLower());
    if (url.isLocalFile()) {
        const QFileInfo info(url.toLocalFile());
        if (!info.isFile()) {
            return std::unexpected(
                Error(ErrorKind::NotFound, Words::tr("“%1” does not exist").arg(info.filePath())));
        }
        file.size = info.size();
    }
    return file;
}

bool isAddress(const QString &location)
{
    static const QStringList schemes{u"http"_s, u"https"_s, u"file"_s};
    return schemes.contains(location.section(u':', 0, 0).toLower());
}

} // namespace

Result<metadata::IndexFile> fileAt(const QUrl &url)
{
    const QString fileName = url.fileName(QUrl::FullyDecoded);
    if (!fileName.endsWith(u".whl"))
        return std::unexpected(cannotBuild(safeText(url)));
    const metadata::WheelName wheel = SCONCE_TRY(metadata::WheelName::parse(fileName));
    metadata::IndexFile file{.package = wheel.name, .version = wheel.version, .wheel = wheel};
    return withAddress(std::move(file), url);
}

Result<metadata::IndexFile> archiveAt(const QUrl &url, const names::PackageName &package)
{
    const QString fileName = url.fileName(QUrl::FullyDecoded);
    if (fileName.endsWith(u".whl"))
        return fileAt(url);
    const bool isArchive = std::ranges::any_of(
        SourceSuffixes, [&](QLatin1StringView suffix) { return fileName.endsWith(suffix); });
    if (!isArchive) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is to come from %2, which is neither a wheel nor an archive of sources")
                .arg(package.text(), safeText(url)))
                .hint(Words::tr("Name a file that ends in %1").arg(u".whl, .tar.gz, .tgz, .zip"_s)));
    }
    metadata::IndexFile file{.isVersionKnown = false, .package = package, .version = {}};
    // The name of a file on the web promises nothing.
    if (const auto name = metadata::SdistName::parse(fileName, package); name && url.isLocalFile()) {
        file.version = name->version;
        file.isVersionKnown = true;
    }
    return withAddress(std::move(file), url);
}

Result<> WishList::add(requirements::Requirement requirement, const QString &origin)
{
    std::optional<metadata::IndexFile> file;
    if (requirement.url)
        file = SCONCE_TRY(fileAt(*requirement.url));
    if (file && file->package != requirement.name) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” asks for %2, and “%3” is %4")
                .arg(origin, requirement.name.text(), file->fileName, file->package.text())));
    }
    m_wishes.push_back({std::move(requirement), origin, std::nullopt, std::move(file)});
    return {};
}

/// Where requirements of a project stand.
struct WishList::Position {
    const project::Project &project;
    project::Lowering::Position in;
    QString origin;
};

Result<> WishList::addSourced(const project::SourcedRequirement &sourced, const Position &position)
{
    using Kind = project::RequirementSource::Kind;
    requirements::Requirement requirement{.name = sourced.name,
        .extras = sourced.extras,
        .specifiers = sourced.specifiers,
        .marker = sourced.marker};
    switch (sourced.source.kind) {
    case Kind::Registry: {
        if (sourced.source.location.isEmpty())
            return add(std::move(requirement), position.origin);
        const auto isMeant = [&](const metadata::IndexLocation &index) {
            return index.url.matches(QUrl(sourced.source.location), QUrl::RemoveUserInfo);
        };
        const auto found = std::ranges::find_if(m_indexes.named, isMeant);
        if (found == m_indexes.named.end()) {
            return std::unexpected(Error(ErrorKind::NotFound,
                Words::tr("%1 is to come from an index that is switched off").arg(sourced.name.text())));
        }
        m_wishes.push_back({std::move(requirement), position.origin, *found, std::nullopt});
        return {};
    }
    case Kind::Url: requirement.url = QUrl(sourced.source.location); break;
    case Kind::Path:
        requirement.url = QUrl::fromLocalFile(
            QDir::cleanPath(QDir(position.project.folder).absoluteFilePath(sourced.source.location)));
        break;
    case Kind::Git:
    case Kind::Directory:
    case Kind::Editable:
    case Kind::Virtual: return std::unexpected(cannotBuild(sourced.name.text()));
    }
    return add(std::move(requirement), position.origin);
}

Result<> WishList::addDeclared(
    const project::Declared &declared, const project::Lowering &lowering, const Position &position)
{
    // "demo[other]" in an extra of demo stands for what the other extra asks for (resolver.md § 2.4).
    if (declared.requirement.name == position.project.name) {
        for (const names::ExtraName &extra : declared.requirement.extras)
            SCONCE_TRY(addExtra(position.project, extra));
        return {};
    }
    const auto rows = SCONCE_TRY(lowering.lower(declared, position.in));
    for (const project::SourcedRequirement &sourced : rows)
        SCONCE_TRY(addSourced(sourced, position));
    return {};
}

QString WishList::originOf(const project::Project &project, const QString &part) const
{
    const QString file = QDir(m_folder).relativeFilePath(project.file) + part;
    const bool isNamed = project.name && m_origins == Origins::WithProject;
    return isNamed ? u"%1 (%2)"_s.arg(project.name->text(), file) : file;
}

Result<> WishList::addAll(const std::vector<project::Declared> &list, const Position &position)
{
    project::Workspace alone{.root = position.project};
    // A source may name an index of the command line as well.
    for (const metadata::IndexLocation &index : m_indexes.named)
        alone.root.uv.indexes.push_back({.name = index.name, .url = index.url});
    const project::Lowering lowering(alone, alone.root, u"."_s);
    for (const project::Declared &declared : list) {
        if (Result<> added = addDeclared(declared, lowering, position); !added)
            return std::unexpected(
                added.error().place() ? added.error() : Error(added.error()).at(declared.place));
    }
    return {};
}

Result<> WishList::addProject(const project::Project &project)
{
    if (project.requirementsFile) {
        requirements::RequirementsFile file = *project.requirementsFile;
        for (requirements::RequirementsFile::Entry &entry : file.requirements)
            entry.origin = QDir(m_folder).relativeFilePath(entry.place.file);
        return addFile(file);
    }
    return addAll(project.dependencies, {project, {}, originOf(project)});
}

Result<> WishList::addExtra(const project::Project &project, const names::ExtraName &extra)
{
    if (std::ranges::contains(m_extrasSeen, extra))
        return {};
    const auto found = project.extras.find(extra);
    if (found == project.extras.end())
        return std::unexpected(
            unknownName(Words::tr("The project has no extra “%1”"), extra, project.extras));
    m_extrasSeen.push_back(extra);
    return addAll(found->second, {project, {.extra = extra, .group = {}}, originOf(project)});
}

Result<> WishList::addGroup(const project::Project &project, const names::GroupName &group)
{
    if (!project.groups.contains(group))
        return std::unexpected(
            unknownName(Words::tr("The project has no group “%1”"), group, project.groups));
    const std::vector<project::Declared> list = SCONCE_TRY(project::groupRequirements(project, group));
    return addAll(list, {project, {.extra = {}, .group = group}, originOf(project, u':' + group.text())});
}

Result<> WishList::addEntry(const requirements::RequirementsFile::Entry &entry)
{
    if (entry.isEditable)
        return std::unexpected(cannotBuild(entry.location));
    const QDir folder(QDir(m_folder).absoluteFilePath(QFileInfo(entry.place.file).path()));
    const auto absolute = [&](const QUrl &url) {
        return url.isRelative() ? QUrl::fromLocalFile(QDir::cleanPath(folder.absoluteFilePath(url.path())))
                                : url;
    };
    if (entry.requirement) {
        requirements::Requirement requirement = *entry.requirement;
        if (requirement.url)
            requirement.url = absolute(*requirement.url);
        return add(std::move(requirement), entry.origin);
    }
    const QUrl url = isAddress(entry.location)
        ? QUrl(entry.location)
        : QUrl::fromLocalFile(QDir::cleanPath(folder.absoluteFilePath(entry.location)));
    const metadata::IndexFile file = SCONCE_TRY(fileAt(url));
    return add(
        {.name = file.package, .extras = entry.extras, .specifiers = {}, .url = url, .marker = entry.marker},
        entry.origin);
}

Result<> WishList::addFile(const requirements::RequirementsFile &file)
{
    for (const requirements::RequirementsFile::Entry &entry : file.requirements) {
        if (Result<> added = addEntry(entry); !added)
            return std::unexpected(Error(added.error()).at(entry.place));
    }
    return {};
}

Result<> WishList::addWritten(const QString &text)
{
    // What may be typed is what may stand on a line of a requirements file.
    const QString place = Words::tr("command line");
    requirements::RequirementsFile file = SCONCE_TRY(requirements::RequirementsFile::read(
        place, [&](const QString &) -> Result<QString> { return text; }));
    for (requirements::RequirementsFile::Entry &entry : file.requirements)
        entry.origin = place;
    return addFile(file);
}

} // namespace sconce::actions
