// SPDX-License-Identifier: Apache-2.0
#include "sync/wheel_cache.h"

#include <algorithm>
#include <ctime>

#include <QCoreApplication>
#include <QDir>

#include <sys/stat.h>

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

/// What changes whenever a file of this computer does; nothing where that cannot be told, because the clock
/// of the file system is coarser than the change may be recent.
std::optional<QByteArray> stampOf(const QString &path)
{
    constexpr qint64 Recent = 2;
    struct stat facts{};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0
        || std::max(facts.st_mtim.tv_sec, facts.st_ctim.tv_sec) + Recent > ::time(nullptr))
        return std::nullopt;
    QByteArray stamp;
    for (const qint64 part : {qint64(facts.st_size), qint64(facts.st_ino), qint64(facts.st_mtim.tv_sec),
             qint64(facts.st_mtim.tv_nsec), qint64(facts.st_ctim.tv_sec), qint64(facts.st_ctim.tv_nsec)})
        stamp += ' ' + QByteArray::number(part);
    return stamp;
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

QString WheelCache::addressKey(const metadata::IndexFile &file) const
{
    if (!file.sha256().isEmpty())
        return {};
    if (!file.url().isLocalFile())
        return keyOf(file);
    const std::optional<QByteArray> stamp = stampOf(file.url().toLocalFile());
    return stamp ? files::sha256Hex(keyOf(file).toLatin1() + *stamp) : QString();
}

QString WheelCache::knownDigest(const metadata::IndexFile &file) const
{
    if (const QString sha256 = file.sha256(); !sha256.isEmpty())
        return sha256;
    const QString key = addressKey(file);
    if (key.isEmpty())
        return {};
    const Result<QByteArray> remembered = files::read(m_folder + u"/addresses-1/"_s + key, 64);
    return remembered && remembered->size() == 64 ? QString::fromLatin1(*remembered) : QString();
}

Result<> WheelCache::rememberDigest(const QString &addressKey, const QString &sha256) const
{
    if (addressKey.isEmpty())
        return {};
    return files::writeWhole(m_folder + u"/addresses-1/"_s + addressKey, sha256.toLatin1());
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
