// SPDX-License-Identifier: Apache-2.0
#include "net/local_files.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include "base/text.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 PieceSize = 1 << 20;

QByteArray typeOf(const QString &path)
{
    if (path.endsWith(".html"_L1))
        return "text/html";
    return path.endsWith(".json"_L1) ? "application/vnd.pypi.simple.v1+json" : "application/octet-stream";
}

Error unreadable(const QFile &file)
{
    return Error(file.error() == QFile::PermissionsError || !QFileInfo(file).isReadable() ? ErrorKind::Denied
                                                                                          : ErrorKind::Broken,
        QCoreApplication::translate("net", "“%1” cannot be read: %2")
            .arg(file.fileName(), file.errorString()));
}

} // namespace

Result<Reply> readLocal(const Request &request, const Sink &sink, const JobContext &context)
{
    QUrl url = request.url;
    QString path = url.toLocalFile();
    if (QFileInfo(path).isDir()) {
        if (!path.endsWith(u'/'))
            path += u'/';
        path += "index.html"_L1;
        url = QUrl::fromLocalFile(path);
    }
    QFile file(path);
    if (!file.exists())
        return Reply{.status = 404, .url = url};
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(unreadable(file));
    const qint64 size = file.size();
    const qint64 first = request.first.value_or(0);
    const qint64 end = std::min(size, request.last ? *request.last + 1 : size);
    Reply reply{.status = request.first ? 206 : 200, .url = url};
    if (request.first && first >= end)
        return Reply{.status = 416, .url = url};
    reply.headers = {{"content-type", typeOf(path)}, {"content-length", QByteArray::number(end - first)}};
    if (request.first)
        reply.headers["content-range"] = "bytes " + QByteArray::number(first) + '-'
            + QByteArray::number(end - 1) + '/' + QByteArray::number(size);
    if (request.method == Request::Method::Head)
        return reply;
    if (end - first > request.limit) {
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("net", "“%1” is larger than %2").arg(path, sizeText(request.limit))));
    }
    file.seek(first);
    for (qint64 place = first; place < end;) {
        SCONCE_TRY(context.goOn());
        const QByteArray piece = file.read(std::min(PieceSize, end - place));
        if (piece.isEmpty())
            return std::unexpected(unreadable(file));
        SCONCE_TRY(sink(piece));
        place += piece.size();
    }
    return reply;
}

Result<Reply> readLocal(const Request &request, const JobContext &context)
{
    QByteArray body;
    const Sink sink = [&body](QByteArrayView piece) -> Result<> {
        body += piece;
        return {};
    };
    Reply reply = SCONCE_TRY(readLocal(request, sink, context));
    reply.body = std::move(body);
    return reply;
}

} // namespace sconce::net
