// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QStringDecoder>

#include "base/safe_url.h"
#include "index/html_tokens.h"
#include "index/index_client.h"
#include "index/listing.h"

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

Error badPage(const QUrl &url, const QString &why)
{
    return Error(ErrorKind::BadInput,
        QCoreApplication::translate("index", "The page %1 cannot be read: %2").arg(safeText(url), why));
}

/// The last part of the path, decoded.
QString fileNameOf(QStringView href)
{
    const qsizetype end =
        std::ranges::find_if(href, [](QChar c) { return c == u'?' || c == u'#'; }) - href.begin();
    const QStringView path = href.first(end);
    return QUrl::fromPercentEncoding(path.sliced(path.lastIndexOf(u'/') + 1).toUtf8());
}

/// PEP 658, PEP 714: "true", or the digest of the metadata file.
void readMetadataFile(const HtmlTag &anchor, ListedFile &file)
{
    QString value = anchor.attribute(u"data-core-metadata");
    if (value.isNull())
        value = anchor.attribute(u"data-dist-info-metadata");
    if (value.isNull() || value == "false"_L1)
        return;
    file.hasMetadataFile = true;
    if (value.startsWith("sha256="_L1))
        file.metadataSha256 = readSha256(value.sliced(7));
}

/// Nothing for a link that leads to no file.
Result<std::optional<ListedFile>> readAnchor(const HtmlTag &anchor)
{
    const QString href = anchor.attribute(u"href").trimmed();
    ListedFile file{.fileName = fileNameOf(href)};
    if (file.fileName.isEmpty())
        return std::nullopt;
    const qsizetype hash = href.indexOf(u'#');
    file.url = hash < 0 ? href : href.first(hash);
    if (hash >= 0) {
        const QString fragment = href.sliced(hash + 1);
        const qsizetype equals = fragment.indexOf(u'=');
        if (equals > 0)
            SCONCE_TRY(addHash(file, fragment.first(equals), fragment.sliced(equals + 1)));
    }
    file.requiresPython = anchor.attribute(u"data-requires-python");
    if (const QString yanked = anchor.attribute(u"data-yanked"); !yanked.isNull())
        file.yanked = yanked;
    bool isNumber = false;
    const qint64 size = anchor.attribute(u"data-size").toLongLong(&isNumber);
    if (isNumber && size >= 0)
        file.size = size;
    file.uploadTime = readTime(anchor.attribute(u"data-upload-time"));
    readMetadataFile(anchor, file);
    return file;
}

bool isFileName(const QString &name)
{
    return std::ranges::any_of(std::initializer_list<QLatin1StringView>{".whl"_L1, ".tar.gz"_L1, ".zip"_L1,
                                   ".tar.bz2"_L1, ".egg"_L1, ".exe"_L1, ".tgz"_L1},
        [&](QLatin1StringView end) { return name.endsWith(end); });
}

} // namespace

Result<Listing> readHtmlListing(const QByteArray &bytes, const QUrl &url)
{
    QStringDecoder decoder(QStringDecoder::Utf8); // passes over a byte order mark
    const QString page = decoder.decode(bytes);
    if (decoder.hasError() || page.contains(QChar(u'\0')))
        return std::unexpected(badPage(url, QCoreApplication::translate("index", "it is not text in UTF-8")));
    Listing listing{.base = url, .files = {}};
    bool hasForm = false;
    bool hasBase = false;
    HtmlTokens tokens(page);
    while (const std::optional<HtmlTag> tag = tokens.next()) {
        if (tag->name == "a"_L1) {
            Result<std::optional<ListedFile>> file = readAnchor(*tag);
            if (!file)
                return std::unexpected(badPage(url, file.error().summary()));
            if (*file)
                listing.files.push_back(std::move(**file));
        } else if (tag->name == "base"_L1 && !hasBase && !tag->attribute(u"href").isNull()) {
            hasBase = true;
            if (const QUrl base = url.resolved(QUrl(tag->attribute(u"href"))); mayPointTo(url, base))
                listing.base = base;
        } else if (tag->name == "meta"_L1 && tag->attribute(u"name") == "pypi:repository-version"_L1) {
            const QString version = tag->attribute(u"content");
            if (!version.startsWith("1."_L1))
                return std::unexpected(badPage(url,
                    QCoreApplication::translate(
                        "index", "it speaks version %1 of the interface, and only 1 is known")
                        .arg(version)));
        } else if (tag->name == "form"_L1 || tag->name == "input"_L1) {
            hasForm = true;
        }
    }
    // The page of a hotel's network, or a login, instead of the index: taking it for a list without files
    // would hide that.
    if (hasForm && std::ranges::none_of(listing.files, isFileName, &ListedFile::fileName)) {
        return std::unexpected(
            badPage(url, QCoreApplication::translate("index", "it asks for input instead of listing files"))
                .hint(QCoreApplication::translate(
                    "index", "Open the address in a browser: the network may want a login")));
    }
    return listing;
}

} // namespace sconce::index
