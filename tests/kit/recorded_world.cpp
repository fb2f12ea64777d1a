// SPDX-License-Identifier: Apache-2.0
#include "kit/recorded_world.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sconce::kit {

using namespace Qt::StringLiterals;

namespace {

/// Files of the default index lie apart from its pages.
QString addressOf(const QString &index, const QJsonObject &file)
{
    if (file.contains("url"_L1))
        return file["url"_L1].toString();
    const QString path = QUrl(index).path();
    const QString folder = path == "/simple"_L1 ? u"/files/"_s : path + u'/';
    return folder + QString::fromLatin1(QUrl::toPercentEncoding(file["filename"_L1].toString()));
}

QByteArray jsonPage(const QString &index, const QString &name, const QJsonObject &page)
{
    QJsonArray files;
    for (const QJsonValue &value : page["files"_L1].toArray()) {
        QJsonObject file = value.toObject();
        file["url"_L1] = addressOf(index, file);
        files.append(file);
    }
    return QJsonDocument({{u"meta"_s, QJsonObject{{u"api-version"_s, u"1.1"_s}}}, {u"name"_s, name},
                             {u"versions"_s, QJsonArray()}, {u"files"_s, files}})
        .toJson(QJsonDocument::Compact);
}

QByteArray htmlPage(const QString &index, const QJsonObject &page)
{
    QString rows;
    for (const QJsonValue &value : page["files"_L1].toArray()) {
        const QJsonObject file = value.toObject();
        QString address = addressOf(index, file);
        const QJsonObject hashes = file["hashes"_L1].toObject();
        if (!hashes.isEmpty())
            address += u'#' + hashes.begin().key() + u'=' + hashes.begin()->toString();
        QString attributes;
        const auto add = [&](QStringView attribute, const QString &text) {
            attributes += u" %1=\"%2\""_s.arg(attribute, text.toHtmlEscaped());
        };
        if (file.contains("requires-python"_L1))
            add(u"data-requires-python", file["requires-python"_L1].toString());
        if (file["core-metadata"_L1].toBool())
            add(u"data-core-metadata", u"true"_s);
        if (const QJsonValue yanked = file["yanked"_L1]; yanked.isString() || yanked.toBool())
            add(u"data-yanked", yanked.toString());
        if (file.contains("upload-time"_L1))
            add(u"data-upload-time", file["upload-time"_L1].toString());
        rows += u"<a href=\"%1\"%2>%3</a>\n"_s.arg(
            address.toHtmlEscaped(), attributes, file["filename"_L1].toString().toHtmlEscaped());
    }
    return "<!DOCTYPE html>\n<html><body>\n" + rows.toUtf8() + "</body></html>\n";
}

net::Reply reply(const net::Request &request, int status, const QByteArray &body, const QByteArray &type)
{
    return {.status = status, .headers = {{"content-type", type}}, .body = body, .url = request.url};
}

} // namespace

Result<net::Reply> RecordedWorld::fetch(const net::Request &request, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    ++m_asked;
    QString address = request.url.toString(QUrl::FullyEncoded);
    if (address.endsWith(".metadata"_L1)) {
        address.chop(9);
        const QString wheel = request.url.fileName().chopped(9);
        const QJsonValue text = m_metadata[m_metadata.contains(address) ? address : wheel];
        if (!text.isString())
            return reply(request, 404, "no such file", "text/plain");
        return reply(request, 200, text.toString().toUtf8(), "text/plain");
    }
    while (address.endsWith(u'/'))
        address.chop(1);
    if (const QJsonValue status = m_statuses[address]; status.isDouble())
        return reply(request, status.toInt(), "as recorded", "text/plain");
    const QString index = address.section(u'/', 0, -2);
    const QString name = address.section(u'/', -1);
    const bool isTorch = request.url.host() == "torch.test"_L1;
    if (!m_indexes.contains(index))
        return reply(request, 404, "no such index", "text/plain");
    const QJsonObject packages = m_indexes[index].toObject();
    if (!packages.contains(name))
        return reply(request, isTorch ? 403 : 404, "no such project", "text/plain");
    const QJsonObject page = packages[name].toObject();
    if (isTorch)
        return reply(request, 200, htmlPage(index, page), "text/html; charset=utf-8");
    return reply(request, 200, jsonPage(index, name, page), "application/vnd.pypi.simple.v1+json");
}

Result<net::Reply> RecordedWorld::download(
    const net::Request &request, const net::Sink &sink, const JobContext &context)
{
    auto answer = SCONCE_TRY(fetch(request, context));
    if (answer.status == 200) {
        SCONCE_TRY(sink(answer.body));
        answer.body.clear();
    }
    return answer;
}

} // namespace sconce::kit
