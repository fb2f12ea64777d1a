// SPDX-License-Identifier: Apache-2.0
#include "kit/tiny_index.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "kit/zip_writer.h"

namespace sconce::kit {

using namespace Qt::StringLiterals;

namespace {

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QString normalName(const QString &name)
{
    QString normal = name.toLower();
    normal.replace(u'_', u'-').replace(u'.', u'-');
    return normal;
}

QString fileText(const QString &name)
{
    return normalName(name).replace(u'-', u'_');
}

QByteArray recordLine(const QByteArray &path, const QByteArray &bytes)
{
    return path + ",sha256="
        + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        + ',' + QByteArray::number(bytes.size()) + '\n';
}

} // namespace

QString TinyWheel::fileName() const
{
    return fileText(name) + u'-' + version + u'-' + tag + ".whl"_L1;
}

QByteArray TinyWheel::metadata() const
{
    QByteArray text =
        "Metadata-Version: 2.1\nName: " + name.toUtf8() + "\nVersion: " + version.toUtf8() + '\n';
    if (!requiresPython.isEmpty())
        text += "Requires-Python: " + requiresPython.toUtf8() + '\n';
    for (const QString &extra : extras)
        text += "Provides-Extra: " + extra.toUtf8() + '\n';
    for (const QString &requirement : requiresDist)
        text += "Requires-Dist: " + requirement.toUtf8() + '\n';
    return text + moreFields + "\nA wheel for checks.\n";
}

QByteArray TinyWheel::bytes() const
{
    const QByteArray information = (fileText(name) + u'-' + version).toUtf8() + ".dist-info/";
    std::vector<std::pair<QByteArray, QByteArray>> contents;
    for (const auto &[path, data] : files)
        contents.emplace_back(path.toUtf8(), data);
    if (files.empty())
        contents.emplace_back(fileText(name).toUtf8() + ".py", "version = '" + version.toUtf8() + "'\n");
    contents.emplace_back(information + "METADATA", metadata());
    contents.emplace_back(information + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: checks\nRoot-Is-Purelib: true\nTag: " + tag.toUtf8() + '\n');
    if (!entryPoints.isEmpty())
        contents.emplace_back(information + "entry_points.txt", entryPoints);
    QByteArray record;
    ZipArchive zip;
    for (const auto &[path, data] : contents) {
        record += recordLine(path, data);
        zip.members.push_back({.name = path, .data = data});
    }
    record += information + "RECORD,,\n";
    zip.members.push_back({.name = information + "RECORD", .data = record});
    return zip.bytes();
}

void TinyIndex::add(const TinyWheel &wheel, const TinyListing &listing)
{
    m_rows.push_back({wheel, listing});
}

std::map<QByteArray, TinyIndex::Document> TinyIndex::documents(const QByteArray &base) const
{
    std::map<QByteArray, Document> all;
    std::map<QString, std::vector<const Row *>> byName;
    for (const Row &row : m_rows) {
        byName[normalName(row.wheel.name)].push_back(&row);
        const QByteArray path = "/files/" + row.wheel.fileName().toUtf8().toPercentEncoding();
        all[path] = {"application/octet-stream", row.wheel.bytes()};
        if (row.listing.hasMetadataFile)
            all[path + ".metadata"] = {"application/octet-stream", row.wheel.metadata()};
    }
    for (const auto &[name, rows] : byName) {
        all["/simple/" + name.toUtf8() + '/'] = m_format == Format::Json
            ? Document{"application/vnd.pypi.simple.v1+json", jsonPage(name, rows, base)}
            : Document{"text/html; charset=utf-8", htmlPage(name, rows, base)};
    }
    return all;
}

QByteArray TinyIndex::jsonPage(
    const QString &name, const std::vector<const Row *> &rows, const QByteArray &base) const
{
    QJsonArray files;
    for (const Row *row : rows) {
        const QByteArray bytes = row->wheel.bytes();
        QJsonObject file{{u"filename"_s, row->wheel.fileName()},
            {u"url"_s,
                QString::fromLatin1(base + "/files/" + row->wheel.fileName().toUtf8().toPercentEncoding())}};
        QJsonObject hashes;
        if (row->listing.hasDigest)
            hashes[u"sha256"_s] = QString::fromLatin1(sha256Hex(bytes));
        file[u"hashes"_s] = hashes;
        if (row->listing.hasSize)
            file[u"size"_s] = bytes.size();
        if (!row->listing.uploadTime.isEmpty())
            file[u"upload-time"_s] = row->listing.uploadTime;
        if (!row->wheel.requiresPython.isEmpty())
            file[u"requires-python"_s] = row->wheel.requiresPython;
        if (row->listing.yanked)
            file[u"yanked"_s] =
                row->listing.yanked->isEmpty() ? QJsonValue(true) : QJsonValue(*row->listing.yanked);
        if (row->listing.hasMetadataFile)
            file[u"core-metadata"_s] =
                QJsonObject{{u"sha256"_s, QString::fromLatin1(sha256Hex(row->wheel.metadata()))}};
        files.append(file);
    }
    const QJsonObject page{
        {u"meta"_s, QJsonObject{{u"api-version"_s, u"1.1"_s}}}, {u"name"_s, name}, {u"files"_s, files}};
    return QJsonDocument(page).toJson(QJsonDocument::Compact);
}

QByteArray TinyIndex::htmlPage(
    const QString &name, const std::vector<const Row *> &rows, const QByteArray &base) const
{
    QByteArray page = "<!DOCTYPE html>\n<html><body><h1>Links for " + name.toUtf8() + "</h1>\n";
    for (const Row *row : rows) {
        page += "<a href=\"" + base + "/files/" + row->wheel.fileName().toUtf8().toPercentEncoding();
        if (row->listing.hasDigest)
            page += "#sha256=" + sha256Hex(row->wheel.bytes());
        page += '"';
        if (!row->wheel.requiresPython.isEmpty())
            page += " data-requires-python=\"" + row->wheel.requiresPython.toHtmlEscaped().toUtf8() + '"';
        if (row->listing.yanked)
            page += " data-yanked=\"" + row->listing.yanked->toHtmlEscaped().toUtf8() + '"';
        if (row->listing.hasMetadataFile)
            page += " data-core-metadata=\"sha256=" + sha256Hex(row->wheel.metadata()) + '"';
        page += '>' + row->wheel.fileName().toHtmlEscaped().toUtf8() + "</a><br/>\n";
    }
    return page + "</body></html>\n";
}

} // namespace sconce::kit
