// SPDX-License-Identifier: Apache-2.0
#include "plan/from_lock.h"

#include <QCoreApplication>
#include <QDir>

namespace sconce::plan {

using namespace Qt::StringLiterals;
using Kind = lock::Source::Kind;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(plan)
};

/// Paths of a lock count from its folder unless they are absolute.
QUrl localUrl(const QString &folder, const QString &path)
{
    return QUrl::fromLocalFile(QDir::cleanPath(QDir(folder).absoluteFilePath(path)));
}

metadata::IndexLocation indexOf(const lock::Source &source, const QString &folder)
{
    metadata::IndexLocation index;
    if (source.kind == Kind::Registry)
        index.url = source.isFolderRegistry() ? localUrl(folder, source.location) : QUrl(source.location);
    return index;
}

/// Where the file is, for whoever downloads it.
QString addressOf(const lock::File &file, const lock::Source &source, const QString &folder)
{
    if (source.kind == Kind::Url)
        return source.location;
    if (source.kind == Kind::Path)
        return localUrl(folder, source.location).toString(QUrl::FullyEncoded);
    if (!file.url.isEmpty())
        return file.url;
    const QString registry = QDir(folder).absoluteFilePath(source.location);
    return localUrl(registry, file.path).toString(QUrl::FullyEncoded);
}

metadata::IndexFile fileOf(const lock::Package &package, const lock::File &wheel, const QString &folder)
{
    metadata::IndexFile file{.fileName = wheel.name(),
        .address = addressOf(wheel, package.source, folder),
        .size = wheel.size,
        .package = package.name,
        .version = package.version.value_or(versions::Version())};
    file.urlAsWritten = file.address;
    if (!wheel.hash.isEmpty())
        file.hashes.append(wheel.hash);
    // select() has chosen it by this name.
    if (auto name = metadata::WheelName::parse(file.fileName))
        file.wheel = *std::move(name);
    return file;
}

} // namespace

resolve::Resolution wantedFrom(
    const lock::Lock &lock, const lock::Selection &selection, const QString &folder)
{
    resolve::Resolution wanted;
    for (const lock::Selection::Item &item : selection.items) {
        const lock::Package &package = lock.packages[item.package];
        if (!item.wheel)
            continue;
        resolve::ResolvedPackage resolved{.name = package.name,
            .version = package.version.value_or(versions::Version()),
            .extras = item.extras,
            .index = indexOf(package.source, folder),
            .file = fileOf(package, package.wheels[*item.wheel], folder)};
        if (item.isDirect)
            resolved.wishedBy = {u"pyproject.toml"_s};
        for (const std::size_t parent : item.neededBy)
            resolved.neededBy.push_back(lock.packages[parent].name);
        wanted.packages.push_back(std::move(resolved));
    }
    return wanted;
}

std::vector<SourceFolder> foldersOf(
    const lock::Lock &lock, const lock::Selection &selection, const QString &folder)
{
    std::vector<SourceFolder> folders;
    for (const lock::Selection::Item &item : selection.items) {
        const lock::Package &package = lock.packages[item.package];
        if (item.wheel || (package.source.kind != Kind::Directory && package.source.kind != Kind::Editable))
            continue;
        folders.push_back({.name = package.name,
            .folder = QDir::cleanPath(QDir(folder).absoluteFilePath(package.source.location)),
            .editable = package.source.kind == Kind::Editable ? Editable::Yes : Editable::No,
            .isProject = item.isProject});
    }
    return folders;
}

std::vector<Warning> warningsFor(const lock::Lock &lock, const lock::Selection &selection)
{
    std::vector<Warning> warnings;
    for (const lock::Selection::Item &item : selection.items) {
        const lock::Package &package = lock.packages[item.package];
        if (item.wheel || item.isProject || package.source.kind == Kind::Virtual)
            continue;
        warnings.push_back({Words::tr("“%1” is a folder with sources (%2) and is left out: it would have to "
                                      "be built")
                                .arg(package.name.text(), package.source.location),
            package.name});
    }
    return warnings;
}

} // namespace sconce::plan
