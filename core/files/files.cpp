// SPDX-License-Identifier: Apache-2.0
#include "files/files.h"

#include <cerrno>
#include <cstdlib>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "files/descriptor.h"
#include "files/new_file.h"
#include "files/system.h"

namespace sconce::files {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("files", text);
}

/// The current errno, told about `path`.
std::unexpected<Error> failed(const char *sentence, const QString &path)
{
    return std::unexpected(systemError(errno, tr(sentence).arg(path)));
}

QString newName()
{
    return QStringLiteral(".sconce-%1")
        .arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
}

QString beside(const QString &path, const QString &name)
{
    return QFileInfo(path).path() + u'/' + name;
}

/// Where a chain of links ends; `path` itself when it is none.
Result<QString> throughLinks(const QString &path)
{
    if (!QFileInfo(path).isSymLink())
        return path;
    char *real = ::realpath(QFile::encodeName(path).constData(), nullptr);
    if (!real)
        return failed("The link “%1” points to nothing that can be written", path);
    const QString target = QFile::decodeName(real);
    std::free(real); // NOLINT(cppcoreguidelines-no-malloc): realpath's own
    return target;
}

Place placeOfBadByte(const QString &path, const QByteArray &bytes, const QString &decoded)
{
    // Decoding put U+FFFD where a byte was none; one that was really written has its own three bytes.
    Place place{.file = path, .line = 1, .column = 1, .lineText = {}};
    qsizetype at = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    for (const QChar character : decoded) {
        const char16_t unit = character.unicode();
        if (unit == QChar::ReplacementCharacter
            && !QByteArrayView(bytes).sliced(at).startsWith("\xEF\xBF\xBD"))
            break;
        at += unit < 0x80 ? 1 : unit < 0x800 || character.isSurrogate() ? 2 : 3;
        place.column = unit == u'\n' ? 1 : place.column + 1;
        place.line += unit == u'\n';
    }
    place.lineText = decoded.section(u'\n', place.line - 1, place.line - 1);
    return place;
}

} // namespace

Result<QByteArray> read(const QString &path, qint64 limit)
{
    const Descriptor file = SCONCE_TRY(openForReading(path));
    struct stat facts{};
    if (::fstat(file.get(), &facts) != 0)
        return failed("“%1” cannot be read", path);
    QByteArray bytes;
    // One more than the file says it has, so that the end is seen without another round. Files of /proc say
    // 0.
    QByteArray chunk(std::min(std::max<qsizetype>(facts.st_size + 1, 4096), limit + 1), Qt::Uninitialized);
    for (;;) {
        const qsizetype size = SCONCE_TRY(readSome(file, chunk, path));
        if (size == 0)
            return bytes;
        if (bytes.isEmpty() && size == facts.st_size) {
            chunk.truncate(size);
            bytes.swap(chunk);
            chunk = QByteArray(4096, Qt::Uninitialized);
        } else {
            bytes.append(chunk.constData(), size);
        }
        if (bytes.size() > limit)
            return std::unexpected(
                Error(ErrorKind::BadInput, tr("“%1” is larger than %2 bytes").arg(path).arg(limit)));
    }
}

Result<QString> readText(const QString &path, qint64 limit)
{
    const QByteArray bytes = SCONCE_TRY(read(path, limit));
    const QString text = QString::fromUtf8(bytes);
    if (QUtf8StringView(bytes).isValidUtf8())
        return text;
    const bool isWide = bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
    return std::unexpected(Error(
        ErrorKind::BadInput, (isWide ? tr("“%1” is UTF-16, not UTF-8") : tr("“%1” is not UTF-8")).arg(path))
            .at(placeOfBadByte(path, bytes, text))
            .hint(tr("Save the file as UTF-8")));
}

Result<> writeWhole(const QString &path, const QByteArray &bytes, int mode)
{
    return writeWholeBy(newName(), path, bytes, mode);
}

Result<> removeTemporary(const QString &temporaryName, const QString &path)
{
    const QString target = SCONCE_TRY(throughLinks(path));
    return remove(beside(target, temporaryName));
}

Result<> writeWholeBy(const QString &temporaryName, const QString &path, const QByteArray &bytes, int mode)
{
    const QString target = SCONCE_TRY(throughLinks(path));
    const QByteArray name = QFile::encodeName(target);
    const QByteArray temporary = QFile::encodeName(beside(target, temporaryName));
    struct stat old{};
    const bool isOld = ::lstat(name.constData(), &old) == 0;
    if (isOld && ::access(name.constData(), W_OK) != 0)
        return failed("“%1” cannot be written", path);

    const auto create = [&] {
        return Descriptor(
            system::create(temporary.constData(), O_WRONLY | O_EXCL | O_NOFOLLOW, mode_t(mode)));
    };
    Descriptor file = create();
    if (!file.isOpen() && errno == EEXIST && system::unlink(AT_FDCWD, temporary.constData(), 0) == 0)
        file = create();
    if (!file.isOpen())
        return failed("“%1” cannot be written", path);
    const auto write = [&] {
        // The owner is kept where the system lets us; the file is no less whole without.
        if (isOld && ::fchown(file.get(), old.st_uid, old.st_gid) != 0)
            errno = 0;
        return (!isOld || system::changeMode(file.get(), old.st_mode & 07777) == 0)
            && system::write(file.get(), bytes.constData(), std::size_t(bytes.size())) == 0
            && system::sync(file.get()) == 0 && file.close()
            && system::rename(temporary.constData(), name.constData()) == 0;
    };
    if (!write()) {
        const int number = errno;
        system::unlink(AT_FDCWD, temporary.constData(), 0);
        errno = number;
        return failed("“%1” cannot be written", path);
    }
    return makeDurable(QFileInfo(target).path());
}

Result<> writeNew(const QString &path, QByteArrayView bytes, int mode)
{
    NewFile file = SCONCE_TRY(NewFile::create(path, mode));
    SCONCE_TRY(file.write(bytes));
    return file.close();
}

Result<> makeFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (system::makeFolder(name.constData(), 0777) == 0)
        return {};
    if (errno == ENOENT && QFileInfo(path).path() != path) {
        SCONCE_TRY(makeFolder(QFileInfo(path).path()));
        if (system::makeFolder(name.constData(), 0777) == 0)
            return {};
    }
    const int number = errno;
    if (number == EEXIST && QFileInfo(path).isDir())
        return {};
    errno = number;
    return failed("The folder “%1” cannot be made", path);
}

Result<> makeLink(const QString &target, const QString &path)
{
    if (system::symlink(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()) != 0)
        return failed("The link “%1” cannot be made", path);
    return {};
}

Result<> rename(const QString &from, const QString &to)
{
    if (system::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return std::unexpected(systemError(errno, tr("“%1” cannot be moved to “%2”").arg(from, to)));
    return {};
}

Result<> exchange(const QString &first, const QString &second)
{
    if (system::exchange(QFile::encodeName(first).constData(), QFile::encodeName(second).constData()) != 0)
        return std::unexpected(
            systemError(errno, tr("“%1” cannot be exchanged for “%2”").arg(first, second)));
    return {};
}

bool exists(const QString &path)
{
    struct stat facts{};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0;
}

Result<> makeDurable(const QString &path)
{
    const Descriptor entry(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    // EINVAL: a file system that has nothing to flush for folders.
    if (!entry.isOpen() || (system::sync(entry.get()) != 0 && errno != EINVAL))
        return failed("“%1” cannot be written to the disk for good", path);
    return {};
}

qint64 freeBytes(const QString &path)
{
    struct statvfs facts{};
    if (::statvfs(QFile::encodeName(path).constData(), &facts) != 0)
        return -1;
    return qint64(facts.f_bavail) * qint64(facts.f_frsize);
}

Result<TemporaryFolder> TemporaryFolder::make(const QString &parent, const QString &prefix)
{
    SCONCE_TRY(makeFolder(parent));
    const QString path = QStringLiteral("%1/%2%3")
                             .arg(parent, prefix)
                             .arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
    if (system::makeFolder(QFile::encodeName(path).constData(), 0777) != 0)
        return failed("The folder “%1” cannot be made", path);
    return TemporaryFolder(path);
}

TemporaryFolder::~TemporaryFolder()
{
    // What cannot be removed now is found and removed by whoever cleans up next.
    if (!m_path.isEmpty())
        (void)remove(m_path);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder &&other) noexcept
    : m_path(std::exchange(other.m_path, QString()))
{}

TemporaryFolder &TemporaryFolder::operator=(TemporaryFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    return *this;
}

} // namespace sconce::files
