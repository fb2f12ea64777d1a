// SPDX-License-Identifier: Apache-2.0
#include "actions/sample.h"

#include <algorithm>

#include <QDir>
#include <QFile>

#include "actions/words.h"
#include "files/files.h"

// The resources lie in a static library, which links them in only when they are named; the macro works
// outside of namespaces alone.
static void loadSampleIndex()
{
    Q_INIT_RESOURCE(sample_index);
}

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

/// The resource behind an address: pages have no ending in addresses, and end in "/".
QString resourceOf(const QUrl &url)
{
    const QString path = u":/sample"_s + QDir::cleanPath(url.path(QUrl::FullyDecoded));
    for (const QString &ending : {QString(), u".json"_s, u".html"_s}) {
        if (QFile::exists(path + ending) && !QDir(path + ending).exists())
            return path + ending;
    }
    return {};
}

QByteArray contentType(const QString &resource)
{
    if (resource.endsWith(u".json"))
        return "application/vnd.pypi.simple.v1+json";
    if (resource.endsWith(u".html"))
        return "text/html";
    return "application/octet-stream";
}

class SampleFetcher final : public net::Fetcher {
public:
    explicit SampleFetcher(net::Fetcher &next)
        : m_next(next)
    {
        loadSampleIndex();
    }

    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override
    {
        return isOurs(request) ? answer(request, context) : m_next.fetch(request, context);
    }

    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override
    {
        if (!isOurs(request))
            return m_next.download(request, sink, context);
        net::Reply reply = SCONCE_TRY(answer(request, context));
        if (reply.status < 300)
            SCONCE_TRY(sink(reply.body));
        reply.body.clear();
        return reply;
    }

    void learnIndex(const QString &name, const QUrl &url) override { m_next.learnIndex(name, url); }

private:
    static bool isOurs(const net::Request &request) { return request.url.scheme() == u"sconce-sample"; }

    static Result<net::Reply> answer(const net::Request &request, const JobContext &context)
    {
        SCONCE_TRY(context.goOn());
        net::Reply reply{.status = 404, .headers = {}, .body = {}, .url = request.url};
        const QString resource = resourceOf(request.url);
        QFile file(resource);
        if (resource.isEmpty() || !file.open(QIODevice::ReadOnly))
            return reply;
        const QByteArray bytes = file.readAll();
        const qint64 first = std::min<qint64>(request.first.value_or(0), bytes.size());
        const qint64 last = std::min<qint64>(request.last.value_or(bytes.size() - 1), bytes.size() - 1);
        reply.status = request.first ? 206 : 200;
        reply.headers = {{"content-type", contentType(resource)},
            {"content-length", QByteArray::number(last - first + 1)}};
        if (request.first)
            reply.headers["content-range"] = "bytes " + QByteArray::number(first) + '-'
                + QByteArray::number(last) + '/' + QByteArray::number(bytes.size());
        if (request.method == net::Request::Method::Get)
            reply.body = bytes.mid(first, last - first + 1);
        return reply;
    }

    net::Fetcher &m_next;
};

} // namespace

Result<> makeSampleProject(const QString &folder)
{
    const QDir target(folder);
    const QStringList names = QDir(u":/sample/project"_s).entryList(QDir::Files);
    Q_ASSERT(!names.isEmpty());
    for (const QString &name : names) {
        if (target.exists(name)) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“%1” holds a file “%2” already, and the sample would replace it")
                    .arg(folder, name))
                    .hint(Words::tr("Choose an empty folder")));
        }
    }
    SCONCE_TRY(files::makeFolder(folder));
    for (const QString &name : names) {
        QFile file(u":/sample/project/"_s + name);
        if (!file.open(QIODevice::ReadOnly))
            return std::unexpected(
                Error(ErrorKind::Broken, Words::tr("The sample lacks its file “%1”").arg(name)));
        SCONCE_TRY(files::writeWhole(target.filePath(name), file.readAll()));
    }
    return {};
}

std::unique_ptr<net::Fetcher> sampleFetcher(net::Fetcher &next)
{
    return std::make_unique<SampleFetcher>(next);
}

} // namespace sconce::actions
