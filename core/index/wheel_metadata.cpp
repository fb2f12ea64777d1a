// SPDX-License-Identifier: Apache-2.0
#include "index/wheel_metadata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QUrlQuery>

#include "archive/source_archive.h"
#include "archive/zip_index.h"
#include "base/safe_url.h"
#include "files/digest.h"
#include "files/files.h"
#include "project/source_metadata.h"

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(indexLog, "sconce.index", QtInfoMsg)

constexpr qint64 MetadataLimit = 16 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("index", text);
}

Error statusError(const metadata::IndexFile &file, int status)
{
    const ErrorKind kind = status == 404 || status == 410 ? ErrorKind::NotFound
        : status == 401 || status == 403                  ? ErrorKind::Denied
                                                          : ErrorKind::Broken;
    return Error(
        kind, tr("“%1” cannot be had from “%2”: status %3").arg(file.fileName, file.url().host()).arg(status))
        .detail(safeText(file.url()));
}

/// The one folder name-version.dist-info whose name and version are the wheel's.
Result<QByteArray> readFrom(const archive::ZipIndex &zip, const metadata::IndexFile &file)
{
    const archive::ZipEntry *found = nullptr;
    for (const archive::ZipEntry &entry : zip.entries()) {
        if (!entry.name.endsWith(".dist-info/METADATA"_L1) || entry.name.count(u'/') != 1)
            continue;
        const QString stem = entry.name.first(entry.name.indexOf(".dist-info/"_L1));
        const auto name = names::PackageName::parse(stem.first(std::max<qsizetype>(0, stem.indexOf(u'-'))));
        if (!name || *name != file.package)
            continue;
        if (found)
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("“%1” has more than one METADATA: “%2” and “%3”")
                    .arg(file.fileName, found->name, entry.name)));
        found = &entry;
    }
    if (!found)
        return std::unexpected(Error(ErrorKind::BadInput, tr("“%1” has no METADATA").arg(file.fileName))
                .detail(safeText(file.url())));
    return zip.read(*found, MetadataLimit);
}

/// "sub/" for sources that do not lie at the top of their archive (…#subdirectory=sub).
QString subfolderOf(const metadata::IndexFile &file)
{
    const qsizetype fragment = file.wheel ? -1 : file.urlAsWritten.indexOf(u'#');
    if (fragment < 0)
        return {};
    const QUrlQuery query(file.urlAsWritten.sliced(fragment + 1));
    const QString folder = query.queryItemValue(u"subdirectory"_s, QUrl::FullyDecoded);
    return folder.isEmpty() ? QString() : QDir::cleanPath(folder) + u'/';
}

/// Under which key the fields are kept; empty where nothing promises that they stay the same.
QByteArray keyOf(const metadata::IndexFile &file)
{
    if (!file.metadataSha256.isEmpty())
        return "metadata " + file.metadataSha256.toLatin1();
    if (!file.sha256().isEmpty())
        return "wheel " + file.sha256().toLatin1() + subfolderOf(file).toUtf8();
    // torch-backends.md § 9: their files never change, whatever their headers say.
    const QUrl url = file.url();
    if (url.host() == "download.pytorch.org"_L1 || url.host() == "pypi.nvidia.com"_L1)
        return "url " + url.toEncoded();
    return {};
}

/// The fields without the long description behind them.
QByteArray fieldsOf(QByteArray bytes)
{
    bytes.replace("\r\n", "\n");
    const qsizetype end = bytes.indexOf("\n\n");
    return end < 0 ? bytes : bytes.first(end + 1);
}

/// A local label may stand in the file's name alone: builds are renamed that way after the fact.
bool isOf(const metadata::IndexFile &file, const metadata::CoreMetadata &metadata)
{
    return metadata.name == file.package
        && (!file.isVersionKnown || metadata.version == file.version
            || metadata.version == file.version.withoutLocal());
}

Result<metadata::CoreMetadata> parseFor(const metadata::IndexFile &file, const QByteArray &bytes)
{
    Result<metadata::CoreMetadata> parsed = metadata::CoreMetadata::parse(bytes);
    if (!parsed)
        return std::unexpected(
            std::move(parsed.error()).during(tr("Reading the metadata of “%1”").arg(file.fileName)));
    if (!isOf(file, *parsed)) {
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The metadata of “%1” is that of %2 %3")
                .arg(file.fileName, parsed->name.text(), parsed->version.text())));
    }
    return parsed;
}

/// PEP 643: what is not called dynamic is the same in every wheel that is built of these sources.
bool isStatic(const metadata::CoreMetadata &metadata)
{
    const auto oldest = versions::Version::parse(u"2.2");
    const auto version = versions::Version::parse(metadata.metadataVersion);
    const auto isDynamic = [&](const QString &field) { return metadata.dynamic.contains(field); };
    return version && *version >= *oldest && !isDynamic(u"requires-dist"_s)
        && !isDynamic(u"requires-python"_s) && !isDynamic(u"provides-extra"_s);
}

} // namespace

WheelMetadata::WheelMetadata(net::Fetcher &fetcher, const QString &cacheFolder, Refresh refresh)
    : m_fetcher(fetcher)
    , m_store(cacheFolder.isEmpty() ? QString() : cacheFolder + "/metadata-1"_L1)
    , m_temporaryFolder(cacheFolder.isEmpty() ? QDir::tempPath() : cacheFolder)
    , m_refresh(std::move(refresh))
{}

Result<std::shared_ptr<const metadata::CoreMetadata>> WheelMetadata::read(
    const metadata::IndexFile &file, const JobContext &context)
{
    const QByteArray key = keyOf(file);
    // What goes by a digest is the same for ever.
    const bool isAskedAgain = key.startsWith("url ") && m_refresh.covers(file.package);
    if (!key.isEmpty() && !isAskedAgain) {
        if (const std::optional<files::EntryStore::Entry> kept = m_store.read(key)) {
            if (auto parsed = parseFor(file, kept->body))
                return std::make_shared<const metadata::CoreMetadata>(std::move(*parsed));
        }
    }
    const QByteArray bytes = fieldsOf(SCONCE_TRY(fetch(file, context)));
    metadata::CoreMetadata parsed = SCONCE_TRY(parseFor(file, bytes));
    if (!key.isEmpty())
        m_store.write(key, {}, bytes);
    return std::make_shared<const metadata::CoreMetadata>(std::move(parsed));
}

Result<QByteArray> WheelMetadata::fetch(const metadata::IndexFile &file, const JobContext &context)
{
    if (!file.wheel)
        return fromSources(file, context);
    if (file.hasMetadataFile) {
        if (std::optional<QByteArray> bytes = SCONCE_TRY(fromSidecar(file, context)))
            return std::move(*bytes);
    }
    if (std::optional<QByteArray> bytes = SCONCE_TRY(fromRanges(file, context)))
        return std::move(*bytes);
    return fromWheel(file, context);
}

Result<std::optional<QByteArray>> WheelMetadata::fromSidecar(
    const metadata::IndexFile &file, const JobContext &context)
{
    net::Request request{.url = file.url(), .limit = MetadataLimit};
    request.url.setPath(request.url.path(QUrl::FullyEncoded) + ".metadata"_L1, QUrl::TolerantMode);
    QString found;
    using Cache = net::Request::Cache;
    const Cache first = m_refresh.covers(file.package) ? Cache::Revalidate : Cache::Use;
    for (const Cache cache : {first, Cache::Bypass}) {
        request.cache = cache;
        net::Reply reply = SCONCE_TRY(m_fetcher.fetch(request, context));
        if (reply.status != 200) {
            qCInfo(indexLog).noquote()
                << safeText(request.url) << "is promised by its index, status" << reply.status;
            return std::nullopt;
        }
        if (file.metadataSha256.isEmpty()) {
            // A page of HTML, or something else that was put in its place, is passed over.
            if (metadata::CoreMetadata::parse(reply.body))
                return std::move(reply.body);
            return std::nullopt;
        }
        found = files::sha256Hex(reply.body);
        if (found == file.metadataSha256)
            return std::move(reply.body);
    }
    return std::unexpected(
        Error(ErrorKind::BadHash, tr("The metadata of “%1” is not what its index says").arg(file.fileName))
            .detail(QStringLiteral("%1: sha256 %2, expected %3")
                    .arg(safeText(request.url), found, file.metadataSha256)));
}

Result<std::optional<qint64>> WheelMetadata::size(const metadata::IndexFile &file, const JobContext &context)
{
    const net::Reply reply =
        SCONCE_TRY(m_fetcher.fetch({.url = file.url(), .method = net::Request::Method::Head}, context));
    if (reply.status == 404 || reply.status == 410 || reply.status == 401 || reply.status == 403)
        return std::unexpected(statusError(file, reply.status));
    bool isNumber = false;
    const qint64 size = reply.headers.value("content-length").toLongLong(&isNumber);
    return reply.status == 200 && isNumber && size > 0 ? std::optional(size) : std::nullopt;
}

Result<std::optional<QByteArray>> WheelMetadata::fromRanges(
    const metadata::IndexFile &file, const JobContext &context)
{
    const QString server = file.url().authority();
    {
        const std::lock_guard guard(m_lock);
        if (m_withoutRanges.contains(server))
            return std::nullopt;
    }
    const std::optional<qint64> size = file.size ? file.size : SCONCE_TRY(this->size(file, context));
    if (!size)
        return std::nullopt;
    bool servesRanges = true;
    const auto readRange = [&](qint64 first, qint64 length) -> Result<QByteArray> {
        net::Request request{.url = file.url(), .first = first, .last = first + length - 1, .limit = length};
        net::Reply reply = SCONCE_TRY(m_fetcher.fetch(request, context));
        if (reply.status == 206 && reply.body.size() == length)
            return std::move(reply.body);
        // 200: it cannot do ranges. 416 or a short piece: the index was wrong about the size, the whole wheel
        // will tell.
        servesRanges = false;
        return std::unexpected(statusError(file, reply.status));
    };
    Result<QByteArray> bytes = [&]() -> Result<QByteArray> {
        const archive::ZipIndex zip = SCONCE_TRY(archive::ZipIndex::open(*size, readRange));
        return readFrom(zip, file);
    }();
    if (bytes)
        return std::move(*bytes);
    const ErrorKind kind = bytes.error().kind();
    if (servesRanges || kind == ErrorKind::NotFound || kind == ErrorKind::Denied)
        return std::unexpected(std::move(bytes.error()));
    const std::lock_guard guard(m_lock);
    m_withoutRanges.insert(server);
    return std::nullopt;
}

Result<QByteArray> WheelMetadata::fromSources(const metadata::IndexFile &file, const JobContext &context)
{
    SCONCE_TRY(files::makeFolder(m_temporaryFolder));
    const auto folder = SCONCE_TRY(files::TemporaryFolder::make(m_temporaryFolder, u"sources-"_s));
    const QString archive = SCONCE_TRY(download(file, folder.path(), context));
    const QString inside = subfolderOf(file);
    const archive::Contents found = SCONCE_TRY(archive::readFromSources(
        archive, {inside + "pyproject.toml"_L1, inside + "PKG-INFO"_L1}, MetadataLimit, context));
    // The order of the reference; what speaks of another package or version is passed over.
    if (found[0]) {
        const auto known = file.isVersionKnown ? std::optional(file.version) : std::nullopt;
        const auto stated = SCONCE_TRY(project::sourceMetadata(
            *found[0], QString(file.fileName + u'/' + inside + "pyproject.toml"_L1), known));
        if (stated && isOf(file, *stated))
            return stated->bytes();
    }
    if (found[1]) {
        const auto parsed = metadata::CoreMetadata::parse(*found[1]);
        if (parsed && isStatic(*parsed) && isOf(file, *parsed))
            return *found[1];
    }
    return std::unexpected(Error(ErrorKind::NotFound,
        tr("“%1” holds sources that do not say for sure what they need: only a build could tell, and nothing "
           "is built yet")
            .arg(file.fileName))
            .detail(safeText(file.url()))
            .hint(tr("Write what it needs into [[tool.uv.dependency-metadata]] of pyproject.toml"))
            .hint(tr("Ask for a version that has a wheel")));
}

Result<QByteArray> WheelMetadata::fromWheel(const metadata::IndexFile &file, const JobContext &context)
{
    SCONCE_TRY(files::makeFolder(m_temporaryFolder));
    const auto folder = SCONCE_TRY(files::TemporaryFolder::make(m_temporaryFolder, u"wheel-"_s));
    const QString wheel = SCONCE_TRY(download(file, folder.path(), context));
    const archive::ZipIndex zip = SCONCE_TRY(archive::ZipIndex::open(wheel));
    return readFrom(zip, file);
}

Result<QString> WheelMetadata::download(
    const metadata::IndexFile &file, const QString &folder, const JobContext &context)
{
    qCInfo(indexLog).noquote() << "reading all of" << safeText(file.url()) << "for its metadata";
    QFile wheel(folder + "/archive"_L1);
    if (!wheel.open(QIODevice::WriteOnly))
        return std::unexpected(Error(
            ErrorKind::Broken, tr("“%1” cannot be written: %2").arg(wheel.fileName(), wheel.errorString())));
    files::Sha256 digest;
    net::Request request{.url = file.url(), .limit = std::numeric_limits<qint64>::max()};
    request.restart = [&]() -> Result<> {
        digest = files::Sha256();
        if (!wheel.resize(0) || !wheel.seek(0))
            return std::unexpected(Error(ErrorKind::Broken,
                tr("“%1” cannot be written: %2").arg(wheel.fileName(), wheel.errorString())));
        return {};
    };
    const net::Sink sink = [&](QByteArrayView piece) -> Result<> {
        digest.add(piece);
        if (wheel.write(piece.data(), piece.size()) == piece.size())
            return {};
        return std::unexpected(
            Error(wheel.error() == QFile::ResourceError ? ErrorKind::DiskFull : ErrorKind::Broken,
                tr("“%1” cannot be written: %2").arg(wheel.fileName(), wheel.errorString())));
    };
    const net::Reply reply = SCONCE_TRY(m_fetcher.download(request, sink, context));
    wheel.close();
    if (reply.status != 200)
        return std::unexpected(statusError(file, reply.status));
    const QString found = QString::fromLatin1(digest.finish().toHex());
    if (!file.sha256().isEmpty() && found != file.sha256()) {
        return std::unexpected(
            Error(ErrorKind::BadHash, tr("“%1” is not the file its index lists").arg(file.fileName))
                .detail(QStringLiteral("%1: sha256 %2, expected %3")
                        .arg(safeText(file.url()), found, file.sha256())));
    }
    return wheel.fileName();
}

} // namespace sconce::index
