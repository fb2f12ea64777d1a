// SPDX-License-Identifier: Apache-2.0
#include "wheel/manifest.h"

#include <cerrno>

#include <QCoreApplication>
#include <QFile>

#include <sys/stat.h>

#include "files/descriptor.h"
#include "files/digest.h"
#include "files/files.h"
#include "work/each.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView FirstLine = "sconce wheel 1\n";
constexpr qsizetype FieldsOfFile = 5;

std::unexpected<Error> damaged(const QString &path)
{
    return std::unexpected(Error(
        ErrorKind::BadHash, QCoreApplication::translate("wheel", "“%1” is not as it was unpacked").arg(path))
            .hint(QCoreApplication::translate("wheel", "Download the package again")));
}

qint64 nanoseconds(const struct stat &facts)
{
    return qint64(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec;
}

/// One line; names hold no line ends, so they come last and as they are.
std::optional<Contents::File> fileFrom(QByteArrayView line)
{
    const QList<QByteArray> fields = line.toByteArray().split(' ');
    if (fields.size() < FieldsOfFile)
        return std::nullopt;
    bool isSize = false;
    bool isTime = false;
    Contents::File file{.path = {},
        .size = fields[0].toLongLong(&isSize),
        .digest = QByteArray::fromHex(fields[3]),
        .isExecutable = fields[2] == "x",
        .changed = fields[1].toLongLong(&isTime)};
    file.path = QString::fromUtf8(fields.sliced(FieldsOfFile - 1).join(' '));
    return isSize && isTime ? std::optional(file) : std::nullopt;
}

} // namespace

Result<> writeManifest(const QString &path, const Contents &contents)
{
    QByteArray text = FirstLine.toByteArray();
    for (const QString &folder : contents.folders)
        text += "folder " + folder.toUtf8() + '\n';
    for (const Contents::File &file : contents.files)
        text += QByteArray::number(file.size) + ' ' + QByteArray::number(file.changed)
            + (file.isExecutable ? " x " : " - ") + file.digest.toHex() + ' ' + file.path.toUtf8() + '\n';
    text += "sum " + files::sha256(text).toHex() + '\n';
    return files::writeNew(path, text);
}

Result<Contents> readManifest(const QString &path)
{
    const QByteArray text = SCONCE_TRY(files::read(path));
    const qsizetype sumAt = text.lastIndexOf("sum ");
    if (!text.startsWith(FirstLine) || sumAt < 0
        || QByteArrayView(text).sliced(sumAt)
            != QByteArray("sum " + files::sha256(QByteArrayView(text).first(sumAt)).toHex() + '\n'))
        return damaged(path);
    Contents contents;
    qsizetype at = FirstLine.size();
    while (at < sumAt) {
        const qsizetype end = text.indexOf('\n', at);
        const QByteArrayView line = QByteArrayView(text).sliced(at, end - at);
        at = end + 1;
        if (line.startsWith("folder ")) {
            contents.folders.append(QString::fromUtf8(line.sliced(7)));
        } else if (std::optional<Contents::File> file = fileFrom(line)) {
            contents.files.push_back(std::move(*file));
        } else {
            return damaged(path);
        }
    }
    return contents;
}

Result<> compareWithManifest(const QString &folder, const Contents &contents, const JobContext &context)
{
    for (const Contents::File &file : contents.files) {
        SCONCE_TRY(context.goOn());
        const QString path = folder + u'/' + file.path;
        struct stat facts{};
        if (::lstat(QFile::encodeName(path).constData(), &facts) != 0 || !S_ISREG(facts.st_mode)
            || facts.st_size != file.size || nanoseconds(facts) != file.changed)
            return damaged(path);
    }
    return {};
}

Result<> compareDigests(const QString &folder, const Contents &contents, const JobContext &context)
{
    const auto compare = [&](std::size_t i) -> Result<> {
        const QString path = folder + u'/' + contents.files[i].path;
        const Result<QByteArray> digest = files::sha256OfFile(path, context);
        if (!digest && digest.error().kind() == ErrorKind::Stopped)
            return std::unexpected(digest.error());
        if (!digest || *digest != contents.files[i].digest)
            return damaged(path);
        return {};
    };
    return each(contents.files.size(), processors(), compare, context);
}

Result<> noteTimes(const QString &folder, Contents &contents)
{
    for (Contents::File &file : contents.files) {
        const QString path = folder + u'/' + file.path;
        struct stat facts{};
        if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
            return std::unexpected(files::systemError(errno, path));
        file.changed = nanoseconds(facts);
    }
    return {};
}

} // namespace sconce::wheel
