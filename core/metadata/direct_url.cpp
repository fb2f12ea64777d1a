// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include "metadata/record.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

Result<DirectUrl> DirectUrl::parse(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const QString url = object[u"url"].toString();
    if (url.isEmpty())
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate(
                "metadata", "direct_url.json does not say where the package came from")));
    return DirectUrl{url, object.contains(u"archive_info"), object.contains(u"dir_info"),
        object[u"dir_info"][u"editable"].toBool()};
}

QByteArray DirectUrl::write() const
{
    // By hand, because QJsonDocument sorts: the reference has the URL first.
    const QByteArray quoted =
        QJsonDocument(QJsonObject{{u"url"_s, url}}).toJson(QJsonDocument::Compact).chopped(1);
    if (isDirectory)
        return quoted + ",\"dir_info\":{" + (isEditable ? "\"editable\":true" : "\"editable\":false") + "}}";
    return quoted + (isArchive ? ",\"archive_info\":{}}" : "}");
}

} // namespace sconce::metadata
