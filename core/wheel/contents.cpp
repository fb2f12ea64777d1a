// SPDX-License-Identifier: Apache-2.0
#include "wheel/contents.h"

#include <QCoreApplication>

#include "archive/entry_name.h"
#include "environment/virtual_environment.h"
#include "metadata/core_metadata.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr int KnownWheelMajor = 1;
constexpr int KnownWheelMinor = 0;
constexpr int KnownMetadataMajor = 2;
constexpr int KnownMetadataMinor = 5;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

std::unexpected<Error> bad(const QString &sentence)
{
    return std::unexpected(Error(ErrorKind::BadInput, sentence));
}

/// Whether a top-level folder "NAME-VERSION<suffix>" is one of the wheel's own, of another project, or no
/// such folder.
enum class Whose { Ours, Others, Nobodys };

Whose ownerOf(QStringView folder, QStringView suffix, const metadata::WheelName &name)
{
    if (!folder.endsWith(suffix))
        return Whose::Nobodys;
    const QStringView stem = folder.chopped(suffix.size());
    const qsizetype dash = stem.lastIndexOf(u'-');
    const auto project = names::PackageName::parse(stem.first(std::max<qsizetype>(dash, 0)));
    const auto version = versions::Version::parse(stem.sliced(dash + 1));
    if (dash < 0 || !project || !version)
        return Whose::Nobodys;
    return *project == name.name && *version == name.version ? Whose::Ours : Whose::Others;
}

QStringList topFolders(const QStringList &members)
{
    QStringList folders;
    for (const QString &member : members) {
        const qsizetype slash = member.indexOf(u'/');
        if (slash > 0 && (folders.isEmpty() || folders.last() != QStringView(member).first(slash)))
            folders.append(member.first(slash));
    }
    folders.removeDuplicates();
    return folders;
}

Result<> findFolders(Contents &contents, const metadata::WheelName &name, const QStringList &members)
{
    const QString wanted = u"%1-%2"_s.arg(name.name.fileText(), name.version.text());
    for (const QString &folder : topFolders(members)) {
        if (folder.endsWith(u".dist-info"_s)) {
            if (ownerOf(folder, u".dist-info", name) != Whose::Ours)
                return bad(tr("“%1” does not belong to %2").arg(archive::escapedName(folder), wanted));
            if (!contents.distInfo.isEmpty())
                return bad(
                    tr("The wheel has two .dist-info folders: “%1” and “%2”").arg(contents.distInfo, folder));
            contents.distInfo = folder;
        }
        const Whose owner = ownerOf(folder, u".data", name);
        if (owner == Whose::Others)
            return bad(tr("“%1” does not belong to %2").arg(archive::escapedName(folder), wanted));
        if (owner == Whose::Ours && !contents.dataFolder.isEmpty())
            return bad(tr("The wheel has two .data folders: “%1” and “%2”").arg(contents.dataFolder, folder));
        if (owner == Whose::Ours)
            contents.dataFolder = folder;
    }
    if (contents.distInfo.isEmpty())
        return bad(tr("The wheel has no folder “%1.dist-info”").arg(wanted));
    return {};
}

std::optional<Scheme> schemeOf(QStringView folder)
{
    if (folder == u"purelib")
        return Scheme::Purelib;
    if (folder == u"platlib")
        return Scheme::Platlib;
    if (folder == u"headers")
        return Scheme::Headers;
    if (folder == u"scripts")
        return Scheme::Scripts;
    if (folder == u"data")
        return Scheme::Data;
    return std::nullopt;
}

/// Members of .data: known schemes, nothing beside them, nothing that replaces a file of the environment
/// itself.
Result<> checkData(const Contents &contents, const QStringList &members)
{
    const QString prefix = contents.dataFolder + u'/';
    for (const QString &member : members) {
        if (contents.dataFolder.isEmpty() || !member.startsWith(prefix))
            continue;
        const QStringView rest = QStringView(member).sliced(prefix.size());
        const qsizetype slash = rest.indexOf(u'/');
        if (slash < 0 && !rest.isEmpty())
            return bad(
                tr("“%1” lies in no folder of “%2”").arg(archive::escapedName(member), contents.dataFolder));
        if (!rest.isEmpty() && !schemeOf(rest.first(slash)))
            return bad(
                tr("“%1” is for an unknown place: purelib, platlib, headers, scripts and data are known")
                    .arg(archive::escapedName(member)));
        const std::optional<Placed> placed = contents.placeOf(member);
        const QString target = !placed          ? QString()
            : placed->scheme == Scheme::Scripts ? u"bin/"_s + placed->path
                                                : placed->path;
        if (placed && (placed->scheme == Scheme::Scripts || placed->scheme == Scheme::Data)
            && environment::isOwnFile(target))
            return bad(
                tr("“%1” would replace “%2” of the environment").arg(archive::escapedName(member), target));
        if (placed && QStringView(placed->path).contains(u".dist-info/"))
            return bad(
                tr("“%1” would be part of another .dist-info folder").arg(archive::escapedName(member)));
    }
    return {};
}

/// "Key: value" lines up to an empty one; keys in lower case, the first of each.
QHash<QString, QString> headersOf(const QByteArray &text)
{
    QHash<QString, QString> headers;
    const QString decoded = QString::fromUtf8(text);
    for (const QStringView line : QStringView(decoded).split(u'\n')) {
        const qsizetype colon = line.indexOf(u':');
        if (line.trimmed().isEmpty())
            break;
        if (colon <= 0 || line.front().isSpace())
            continue;
        const QString key = line.first(colon).trimmed().toString().toLower();
        if (!headers.contains(key))
            headers.insert(key, line.sliced(colon + 1).trimmed().toString());
    }
    return headers;
}

struct FormatVersion {
    int major = 0;
    int minor = 0;
};

std::optional<FormatVersion> formatVersion(QStringView text)
{
    const auto parts = text.split(u'.');
    bool isMajor = false;
    bool isMinor = false;
    if (parts.size() != 2)
        return std::nullopt;
    const FormatVersion version{parts[0].toInt(&isMajor), parts[1].toInt(&isMinor)};
    return isMajor && isMinor ? std::optional(version) : std::nullopt;
}

/// The first "Tag:" line that the file name's tags do not hold.
std::optional<QString> foreignTag(const QByteArray &text, const metadata::WheelName &name)
{
    for (const QByteArray &line : text.split('\n')) {
        if (!line.toLower().startsWith("tag:"))
            continue;
        const QString written = QString::fromUtf8(line.sliced(4)).trimmed();
        const QStringList parts = written.split(u'-');
        if (parts.size() != 3 || !name.tags.pythons().contains(parts[0])
            || !name.tags.abis().contains(parts[1]) || !name.tags.platforms().contains(parts[2]))
            return written;
    }
    return std::nullopt;
}

Result<> checkWheelFile(
    Contents &contents, const metadata::WheelName &name, const QByteArray &text, const JobContext &context)
{
    const QHash<QString, QString> headers = headersOf(text);
    const QString written = headers.value(u"wheel-version"_s);
    const std::optional<FormatVersion> version = formatVersion(written);
    if (!version)
        return bad(tr("“%1/WHEEL” does not say which version of the wheel format it follows")
                .arg(contents.distInfo));
    if (version->major != KnownWheelMajor)
        return bad(tr("The wheel follows version %1 of the wheel format; 1 is known").arg(written));
    if (version->minor > KnownWheelMinor)
        context.progress().log(tr("“%1” follows version %2 of the wheel format, newer than what is known")
                .arg(contents.distInfo, written));
    if (const std::optional<QString> tag = foreignTag(text, name))
        context.progress().log(tr("WHEEL names the tag “%1”, which the file name does not").arg(*tag));
    contents.isPure = headers.value(u"root-is-purelib"_s).compare(u"false", Qt::CaseInsensitive) != 0;
    return {};
}

Result<> checkMetadata(const Contents &contents, const metadata::WheelName &name, const QByteArray &text,
    const JobContext &context)
{
    const auto metadata = SCONCE_TRY(metadata::CoreMetadata::parse(text));
    if (metadata.name != name.name || metadata.version != name.version)
        return bad(tr("The wheel's METADATA is for %1 %2, its file name for %3 %4")
                .arg(metadata.name.text(), metadata.version.text(), name.name.text(), name.version.text()));
    const std::optional<FormatVersion> version = formatVersion(metadata.metadataVersion);
    if (!version || version->major > KnownMetadataMajor)
        return bad(tr("“%1/METADATA” follows version “%2” of the metadata format; 1 and 2 are known")
                .arg(contents.distInfo, metadata.metadataVersion));
    if (version->major == KnownMetadataMajor && version->minor > KnownMetadataMinor)
        context.progress().log(tr("“%1” follows version %2 of the metadata format, newer than what is known")
                .arg(contents.distInfo, metadata.metadataVersion));
    return {};
}

Result<> checkRecord(Contents &contents, const QByteArray &text)
{
    contents.record = SCONCE_TRY(metadata::parseRecord(text));
    for (metadata::RecordRow &row : contents.record) {
        // Some tools on Windows wrote backslashes here, while the archive itself has none.
        Result<QString> plain = archive::plainEntryName(row.path.replace(u'\\', u'/'));
        if (!plain)
            return std::unexpected(
                std::move(plain).error().during(tr("in “%1/RECORD”").arg(contents.distInfo)));
        row.path = *plain;
    }
    return {};
}

Result<> checkEntryPoints(Contents &contents, const QByteArray &text)
{
    contents.entryPoints = SCONCE_TRY(metadata::parseEntryPoints(text));
    for (const auto *points : {&contents.entryPoints.consoleScripts, &contents.entryPoints.guiScripts}) {
        for (const metadata::EntryPoint &point : *points) {
            SCONCE_TRY(archive::checkEntryName(point.name));
            if (environment::isOwnFile(u"bin/"_s + point.name))
                return bad(tr("The script “%1” would replace “bin/%1” of the environment").arg(point.name));
        }
    }
    return {};
}

} // namespace

std::optional<Placed> Contents::placeOf(QStringView path) const
{
    if (dataFolder.isEmpty() || !path.startsWith(dataFolder)
        || !path.sliced(dataFolder.size()).startsWith(u'/'))
        return Placed{Scheme::Library, path.toString()};
    const QStringView rest = path.sliced(dataFolder.size() + 1);
    const qsizetype slash = rest.indexOf(u'/');
    const std::optional<Scheme> scheme = slash < 0 ? std::nullopt : schemeOf(rest.first(slash));
    if (!scheme || rest.size() == slash + 1)
        return std::nullopt;
    return Placed{*scheme, rest.sliced(slash + 1).toString()};
}

Result<Contents> checkContents(const metadata::WheelName &name, const QStringList &members,
    const ReadFile &read, const JobContext &context)
{
    Contents contents;
    SCONCE_TRY(findFolders(contents, name, members));
    SCONCE_TRY(checkData(contents, members));
    const auto readInfo = [&](const QString &file) -> Result<QByteArray> {
        const QString path = contents.distInfo + u'/' + file;
        if (!members.contains(path))
            return bad(tr("The wheel has no “%1”").arg(path));
        return read(path);
    };
    const QByteArray wheel = SCONCE_TRY(readInfo(u"WHEEL"_s));
    SCONCE_TRY(checkWheelFile(contents, name, wheel, context));
    const QByteArray metadata = SCONCE_TRY(readInfo(u"METADATA"_s));
    SCONCE_TRY(checkMetadata(contents, name, metadata, context));
    const QByteArray record = SCONCE_TRY(readInfo(u"RECORD"_s));
    SCONCE_TRY(checkRecord(contents, record));
    if (members.contains(contents.distInfo + u"/entry_points.txt"_s)) {
        const QByteArray points = SCONCE_TRY(readInfo(u"entry_points.txt"_s));
        SCONCE_TRY(checkEntryPoints(contents, points));
    }
    return contents;
}

} // namespace sconce::wheel
