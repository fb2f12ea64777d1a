// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "metadata/index_page.h"

namespace sconce::index {

/// One link of a page, as the page has it.
struct ListedFile {
    QString fileName;
    /// Without the fragment; perhaps relative.
    QString url;
    /// As metadata::IndexFile has them.
    InlineList<QString, 1> hashes;
    /// -1 where the page says none.
    qint64 size = -1;
    /// Milliseconds since 1970, UTC; -1 where the page says none.
    qint64 uploadTime = -1;
    QString requiresPython;
    std::optional<QString> yanked;
    bool hasMetadataFile = false;
    QString metadataSha256;
    bool operator==(const ListedFile &) const = default;
};

/// What a page says, before anybody asked for a certain package.
struct Listing {
    /// What relative addresses count from.
    QUrl base;
    std::vector<ListedFile> files;
    bool operator==(const Listing &) const = default;
};

/// PEP 691: https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization
/// BadInput for what is no such page; single files that make no sense are left out.
Result<Listing> readJsonListing(const QByteArray &bytes, const QUrl &url);
/// PEP 503: https://packaging.python.org/en/latest/specifications/simple-repository-api/#base-html-api
/// Also takes data-size and data-upload-time, which some mirrors add.
Result<Listing> readHtmlListing(const QByteArray &bytes, const QUrl &url);
/// By Content-Type, or by the first character where there is none.
Result<Listing> readListing(const QByteArray &bytes, const QByteArray &contentType, const QUrl &url);

/// Makes what a page says into files of one package; remembers texts that come again and again on a page.
class FileReader {
public:
    FileReader(QUrl base, names::PackageName package);
    /// Nothing for a file of another package, a name that says no version (PEP 440), an address to which the
    /// page may not point, an unreadable requires-python.
    std::optional<metadata::IndexFile> file(const ListedFile &listed);

private:
    /// Nothing for an address to which the page may not point.
    std::optional<QString> addressOf(const QString &text);
    /// What stands before the path of an address of the web; empty for others.
    const QString &origin();
    /// Nothing inside for no text; nothing at all for a bad one.
    std::optional<std::optional<versions::SpecifierSet>> specifiers(const QString &text);

    const QUrl m_base;
    /// Worked out when a file needs it: most pages give whole addresses, or are never looked into.
    std::optional<QString> m_origin;
    const names::PackageName m_package;
    std::unordered_map<QString, std::optional<versions::SpecifierSet>> m_specifiers;
    metadata::WheelNameReader m_wheels;
};

using SharedPage = std::shared_ptr<const metadata::IndexPage>;
/// The files of one package that FileReader takes.
SharedPage pageOf(const Listing &listing, const names::PackageName &package,
    metadata::IndexPage::Order order = metadata::IndexPage::Order::ByName);
/// The same page in few bytes, made for quick reading.
QByteArray packPage(const metadata::IndexPage &page, const QUrl &base);
/// Only for bytes that packPage() made of a page of the package.
SharedPage unpackPage(const QByteArray &bytes, const names::PackageName &package);

/// To its own kind of address (a folder's, the sample's), or to the web: a page from elsewhere does not
/// choose files of this computer.
bool mayPointTo(const QUrl &page, const QUrl &target);
/// "2023-05-12T10:11:12.345Z" as ListedFile has it.
qint64 readTime(const QString &text);
/// "sha256=…" added to the file. BadInput for a known algorithm whose digest is none; others are passed over.
Result<> addHash(ListedFile &file, const QString &algorithm, const QString &digest);
/// The SHA-256 in lower case; empty for a text that is none, against which nothing could be checked.
QString readSha256(const QString &text);

} // namespace sconce::index
