// SPDX-License-Identifier: Apache-2.0
#include "index/listing.h"

#include <algorithm>
#include <unordered_map>

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTimeZone>

#include "base/safe_url.h"
#include "metadata/lenient.h"

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(indexLog, "sconce.index", QtInfoMsg)

/// Lengths of the digests in hex (PEP 503 names what hashlib guarantees; these are in use).
constexpr std::pair<QLatin1StringView, qsizetype> Algorithms[] = {{"md5"_L1, 32}, {"sha1"_L1, 40},
    {"sha224"_L1, 56}, {"sha256"_L1, 64}, {"sha384"_L1, 96}, {"sha512"_L1, 128}, {"blake2b"_L1, 128}};

bool isHex(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

bool isLowerOrDigit(QChar unit)
{
    return (unit >= u'a' && unit <= u'z') || (unit >= u'0' && unit <= u'9');
}

/// A path that QUrl would write just so: most are, and making a QUrl of each takes long.
bool isPlainPath(QStringView path)
{
    for (qsizetype at = 0; at < path.size(); ++at) {
        const QChar unit = path[at];
        if (isLowerOrDigit(unit) || (unit >= u'A' && unit <= u'Z') || unit == u'-' || unit == u'_'
            || unit == u'+' || unit == u'~')
            continue;
        if (unit == u'.' && at > 0 && path[at - 1] != u'/')
            continue;
        if (unit == u'/' && (at == 0 || path[at - 1] != u'/'))
            continue;
        if (unit != u'%' || !path.sliced(at).startsWith("%2B"_L1)) // "+", as indexes write it
            return false;
    }
    return true;
}

/// A host that QUrl would write just so: names that may exist (RFC 1123) and are no numbers.
bool isPlainHost(QStringView host)
{
    constexpr qsizetype Longest = 253;
    constexpr qsizetype LongestLabel = 63;
    if (host.isEmpty() || host.size() > Longest || !isLowerOrDigit(host.back()))
        return false;
    qsizetype label = 0; // where it begins
    for (qsizetype at = 0; at < host.size(); ++at) {
        const QChar unit = host[at];
        const bool isFirst = at == label;
        if (unit == u'.' && !isFirst && host[at - 1] != u'-')
            label = at + 1;
        else if (!isLowerOrDigit(unit) && (unit != u'-' || isFirst || host[at - 1] == u'-'))
            return false;
        else if (at - label >= LongestLabel)
            return false;
    }
    return host[label] >= u'a'; // a digit may begin an IPv4 address, which has many spellings
}

/// The same for a whole address of the web.
bool isPlainAddress(QStringView text)
{
    const QStringView rest = text.startsWith("https://"_L1) ? text.sliced(8)
        : text.startsWith("http://"_L1)                     ? text.sliced(7)
                                                            : QStringView();
    const qsizetype path = rest.indexOf(u'/');
    return path > 0 && isPlainHost(rest.first(path)) && isPlainPath(rest.sliced(path));
}

} // namespace

Result<Listing> readListing(const QByteArray &bytes, const QByteArray &contentType, const QUrl &url)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (type == "application/vnd.pypi.simple.v1+json" || type == "application/json")
        return readJsonListing(bytes, url);
    if (type == "application/vnd.pypi.simple.v1+html" || type == "text/html")
        return readHtmlListing(bytes, url);
    if (type.isEmpty()) {
        const QByteArray start = bytes.left(256).trimmed();
        if (start.startsWith('{'))
            return readJsonListing(bytes, url);
        if (start.startsWith('<'))
            return readHtmlListing(bytes, url);
    }
    return std::unexpected(Error(ErrorKind::BadInput,
        QCoreApplication::translate("index", "%1 is not a page of a package index: its type is “%2”")
            .arg(safeText(url), QString::fromLatin1(type.left(100))))
            .hint(QCoreApplication::translate("index", "Check the address of the index")));
}

FileReader::FileReader(QUrl base, names::PackageName package)
    : m_base(std::move(base))
    , m_package(std::move(package))
{}

std::optional<metadata::IndexFile> FileReader::file(const ListedFile &listed)
{
    metadata::IndexFile file{.package = m_package, .version = {}};
    if (listed.fileName.endsWith(".whl"_L1)) {
        Result<metadata::WheelName> wheel = m_wheels.read(listed.fileName);
        if (!wheel || wheel->name != m_package)
            return std::nullopt;
        file.version = wheel->version;
        file.wheel = std::move(*wheel);
    } else {
        Result<metadata::SdistName> sdist = metadata::SdistName::parse(listed.fileName, m_package);
        if (!sdist)
            return std::nullopt;
        file.version = sdist->version;
    }
    std::optional<QString> address = addressOf(listed.url);
    if (!address)
        return std::nullopt;
    const std::optional<std::optional<versions::SpecifierSet>> requiresPython =
        specifiers(listed.requiresPython);
    if (!requiresPython)
        return std::nullopt;
    file.fileName = listed.fileName;
    file.address = *std::move(address);
    file.urlAsWritten = listed.url;
    file.hashes = listed.hashes;
    if (listed.size >= 0)
        file.size = listed.size;
    if (listed.uploadTime >= 0)
        file.uploadTime = QDateTime::fromMSecsSinceEpoch(listed.uploadTime, QTimeZone::UTC);
    file.requiresPython = *requiresPython;
    file.yanked = listed.yanked;
    file.hasMetadataFile = listed.hasMetadataFile;
    file.metadataSha256 = listed.metadataSha256;
    return file;
}

const QString &FileReader::origin()
{
    if (!m_origin) {
        const QString root = m_base.resolved(QUrl(u"/"_s)).toString(QUrl::FullyEncoded);
        m_origin = root.startsWith("http"_L1) && root.endsWith(u'/') ? root.chopped(1) : QString();
    }
    return *m_origin;
}

std::optional<QString> FileReader::addressOf(const QString &text)
{
    if (isPlainAddress(text))
        return text;
    if (text.startsWith(u'/') && isPlainPath(text) && !origin().isEmpty())
        return origin() + text;
    QUrl url(text);
    const bool isFinal = !url.isRelative() && !text.contains("/."_L1);
    if (url.isValid() && !isFinal)
        url = m_base.resolved(url);
    if (!mayPointTo(m_base, url))
        return std::nullopt;
    return url.toString(QUrl::FullyEncoded);
}

std::optional<std::optional<versions::SpecifierSet>> FileReader::specifiers(const QString &text)
{
    if (text.isEmpty())
        return std::optional<versions::SpecifierSet>();
    auto [place, isNew] = m_specifiers.try_emplace(text);
    if (isNew) {
        if (auto parsed = metadata::lenientSpecifiers(text))
            place->second = std::move(*parsed);
    }
    if (!place->second)
        return std::nullopt;
    return place->second;
}

SharedPage pageOf(const Listing &listing, const names::PackageName &package, metadata::IndexPage::Order order)
{
    std::vector<metadata::IndexFile> files;
    files.reserve(listing.files.size());
    FileReader reader(listing.base, package);
    for (const ListedFile &listed : listing.files) {
        if (std::optional<metadata::IndexFile> file = reader.file(listed))
            files.push_back(std::move(*file));
        else
            qCDebug(indexLog).noquote() << "left out:" << listed.fileName << "of" << package.text();
    }
    return std::make_shared<const metadata::IndexPage>(std::move(files), order);
}

bool mayPointTo(const QUrl &page, const QUrl &target)
{
    const QString scheme = target.scheme();
    return target.isValid() && (scheme == page.scheme() || scheme == "https"_L1 || scheme == "http"_L1);
}

qint64 readTime(const QString &text)
{
    if (text.isEmpty())
        return -1;
    // Finer than milliseconds it is cut off, as the reference does; Qt would round it.
    const qsizetype point = text.indexOf(u'.') + 1;
    qsizetype end = point;
    while (point > 0 && end < text.size() && text[end].isDigit())
        ++end;
    const qsizetype kept = std::min(end, point + 3);
    QDateTime time =
        QDateTime::fromString(end == kept ? text : text.first(kept) + text.sliced(end), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(QTimeZone::UTC); // without a zone it is UTC (PEP 700)
    return time.isValid() ? std::max<qint64>(-1, time.toMSecsSinceEpoch()) : -1;
}

Result<> addHash(ListedFile &file, const QString &algorithm, const QString &digest)
{
    const auto *known =
        std::ranges::find(Algorithms, algorithm.toLower(), &std::pair<QLatin1StringView, qsizetype>::first);
    if (known == std::end(Algorithms))
        return {};
    if (digest.size() != known->second || !isHex(digest)) {
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("index", "The %1 digest of “%2” is not one")
                .arg(known->first, file.fileName)));
    }
    file.hashes.append(known->first + u':' + digest.toLower());
    return {};
}

QString readSha256(const QString &text)
{
    constexpr qsizetype Length = 64;
    return text.size() == Length && isHex(text) ? text.toLower() : QString();
}

} // namespace sconce::index
