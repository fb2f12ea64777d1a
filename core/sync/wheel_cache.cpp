// SPDX-License-Identifier: Apache-2.0
#include "sync/wheel_cache.h"

#include <QCoreApplication>
#include <QDir>

#include "files/digest.h"
#include "files/files.h"

namespace sconce::sync {

using namespace Qt::StringLiterals;

namespace {

/// Names the file in the cache, whatever stands in its address. Without a SHA-256 by what is said of it, so
/// that what was compared with another digest is not taken.
QString keyOf(const metadata::IndexFile &file)
{
    if (const QString sha256 = file.sha256(); !sha256.isEmpty())
        return sha256;
    QByteArray said = file.url().toEncoded();
    for (const QString &hash : file.hashes)
        said += '\n' + hash.toLatin1();
    return files::sha256Hex(said);
}

} // namespace

Result<> WheelCache::prepare() const
{
    for (const QString &name : {u"/wheels-2"_s, u"/addresses-1"_s, u"/downloads"_s})
        SCONCE_TRY(files::makeFolder(m_folder + name));
    const QString tag = m_folder + u"/CACHEDIR.TAG"_s; // https://bford.info/cachedir/
    if (!files::exists(tag))
        SCONCE_TRY(files::writeWhole(tag, "Signature: 8a477f597d28d172789f06886806bc55\n"));
    return {};
}

QString WheelCache::knownDigest(const metadata::IndexFile &file) const
{
    if (const QString sha256 = file.sha256(); !sha256.isEmpty())
        return sha256;
    // What lies on this computer may change at any time.
    if (file.url().isLocalFile())
        return {};
    const Result<QByteArray> remembered = files::read(m_folder + u"/addresses-1/"_s + keyOf(file), 64);
    return remembered && remembered->size() == 64 ? QString::fromLatin1(*remembered) : QString();
}

Result<> WheelCache::rememberDigest(const metadata::IndexFile &file, const QString &sha256) const
{
    if (!file.sha256().isEmpty() || file.url().isLocalFile())
        return {};
    return files::writeWhole(m_folder + u"/addresses-1/"_s + keyOf(file), sha256.toLatin1());
}

QString WheelCache::unpackedFolder(const metadata::IndexFile &file, const QString &sha256) const
{
    return m_folder + u"/wheels-2/"_s + sha256 + u'/' + file.fileName;
}

bool WheelCache::contains(const metadata::IndexFile &file) const
{
    const QString sha256 = knownDigest(file);
    return !sha256.isEmpty() && files::exists(unpackedFolder(file, sha256));
}

Result<std::optional<wheel::UnpackedWheel>> WheelCache::find(
    const metadata::IndexFile &file, const JobContext &context) const
{
    if (!file.wheel || !contains(file))
        return std::nullopt;
    const QString folder = unpackedFolder(file, knownDigest(file));
    Result<wheel::UnpackedWheel> opened = wheel::openUnpacked(folder, *file.wheel, context);
    if (opened)
        return *std::move(opened);
    if (opened.error().kind() != ErrorKind::BadHash)
        return std::unexpected(std::move(opened).error());
    context.progress().log(
        QCoreApplication::translate("sync", "%1 is damaged in the cache and is fetched again: %2")
            .arg(file.fileName, opened.error().summary()));
    SCONCE_TRY(files::remove(folder));
    return std::nullopt;
}

Result<bool> WheelCache::isWhole(const metadata::IndexFile &file, const JobContext &context) const
{
    if (!contains(file))
        return false;
    const Result<> checked = wheel::checkUnpacked(unpackedFolder(file, knownDigest(file)), context);
    if (checked)
        return true;
    if (checked.error().kind() == ErrorKind::BadHash || checked.error().kind() == ErrorKind::NotFound)
        return false;
    return std::unexpected(checked.error());
}

Result<> WheelCache::drop(const metadata::IndexFile &file, const JobContext &context) const
{
    const QString sha256 = knownDigest(file);
    if (sha256.isEmpty())
        return {};
    const files::LockFile lock = SCONCE_TRY(files::LockFile::acquire(lockFile(file), context));
    return files::remove(unpackedFolder(file, sha256));
}

std::vector<metadata::IndexFile> WheelCache::unpackedOf(
    const names::PackageName &name, const versions::Version &version) const
{
    std::vector<metadata::IndexFile> found;
    const QDir wheels(m_folder + u"/wheels-2"_s);
    for (const QString &digest : wheels.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &fileName : QDir(wheels.filePath(digest)).entryList({u"*.whl"_s}, QDir::Dirs)) {
            const auto wheel = metadata::WheelName::parse(fileName);
            if (wheel && wheel->name == name && wheel->version == version) {
                found.push_back({.fileName = fileName,
                    .hashes = {u"sha256:"_s + digest},
                    .package = name,
                    .version = version,
                    .wheel = *wheel});
            }
        }
    }
    return found;
}

QString WheelCache::partialFile(const metadata::IndexFile &file) const
{
    return m_folder + u"/downloads/"_s + keyOf(file) + u".part"_s;
}

QString WheelCache::lockFile(const metadata::IndexFile &file) const
{
    return m_folder + u"/downloads/"_s + keyOf(file) + u".lock"_s;
}

} // namespace sconce::sync
