// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "base/safe_url.h"
#include "index/index_client.h"
#include "index/listing.h"

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

constexpr int DeepestNesting = 64;

Error badPage(const QUrl &url, const QString &why)
{
    return Error(ErrorKind::BadInput,
        QCoreApplication::translate("index", "The page %1 cannot be read: %2").arg(safeText(url), why));
}

/// Qt's parser allows 1024 levels; a page needs five.
bool isTooDeep(const QByteArray &bytes)
{
    int depth = 0;
    bool inText = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else
                inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DeepestNesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

/// Digests of a file; false when one of them is none.
bool readHashes(const QJsonObject &from, ListedFile &file)
{
    for (auto hash = from.begin(); hash != from.end(); ++hash) {
        if (!addHash(file, hash.key(), hash.value().toString()))
            return false;
    }
    return true;
}

/// PEP 658, PEP 714: the newer name wins; true, or the digests of the metadata file.
void readMetadataFile(const QJsonObject &from, ListedFile &file)
{
    for (const auto &key : {"core-metadata"_L1, "data-dist-info-metadata"_L1, "dist-info-metadata"_L1}) {
        const QJsonValue value = from.value(key);
        if (value.isUndefined())
            continue;
        file.hasMetadataFile = value.toBool() || value.isObject();
        file.metadataSha256 = readSha256(value.toObject().value("sha256"_L1).toString());
        return;
    }
}

std::optional<ListedFile> readFile(const QJsonObject &from)
{
    ListedFile file{.fileName = from.value("filename"_L1).toString(), .url = from.value("url"_L1).toString()};
    if (file.fileName.isEmpty() || file.url.isEmpty()
        || !readHashes(from.value("hashes"_L1).toObject(), file))
        return std::nullopt;
    file.url.truncate(file.url.indexOf(u'#') < 0 ? file.url.size() : file.url.indexOf(u'#'));
    // 1e999 and 3.5 are no sizes; the file is still good without one.
    file.size = std::max<qint64>(-1, from.value("size"_L1).toInteger(-1));
    file.uploadTime = readTime(from.value("upload-time"_L1).toString());
    file.requiresPython = from.value("requires-python"_L1).toString();
    const QJsonValue yanked = from.value("yanked"_L1);
    if (yanked.isString() || yanked.toBool())
        file.yanked = yanked.toString();
    readMetadataFile(from, file);
    return file;
}

} // namespace

Result<Listing> readJsonListing(const QByteArray &bytes, const QUrl &url)
{
    const QString notOne =
        QCoreApplication::translate("index", "it is not a page of a package index in JSON");
    if (isTooDeep(bytes))
        return std::unexpected(badPage(url,
            QCoreApplication::translate("index", "it is nested deeper than %1 levels").arg(DeepestNesting)));
    QJsonParseError fault;
    const QJsonDocument document =
        QJsonDocument::fromJson(bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes, &fault);
    if (fault.error != QJsonParseError::NoError) {
        return std::unexpected(badPage(url,
            QCoreApplication::translate("index", "%1 at byte %2")
                .arg(fault.errorString())
                .arg(fault.offset)));
    }
    const QJsonObject page = document.object();
    const QString version = page.value("meta"_L1).toObject().value("api-version"_L1).toString();
    if (!page.value("files"_L1).isArray())
        return std::unexpected(badPage(url, notOne));
    if (!version.isEmpty() && !version.startsWith("1."_L1))
        return std::unexpected(badPage(url,
            QCoreApplication::translate("index", "it speaks version %1 of the interface, and only 1 is known")
                .arg(version)));
    Listing listing{.base = url, .files = {}};
    const QJsonArray files = page.value("files"_L1).toArray();
    listing.files.reserve(std::size_t(files.size()));
    for (const auto &value : files) {
        if (std::optional<ListedFile> file = readFile(value.toObject()))
            listing.files.push_back(std::move(*file));
    }
    return listing;
}

} // namespace sconce::index
