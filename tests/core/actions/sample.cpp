// SPDX-License-Identifier: Apache-2.0
#include "actions/sample.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "files/digest.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// Nothing of the sample may come this way.
class Unreachable final : public net::Fetcher {
public:
    Result<net::Reply> fetch(const net::Request &, const JobContext &) override { return refuse(); }
    Result<net::Reply> download(const net::Request &, const net::Sink &, const JobContext &) override
    {
        return refuse();
    }
    int asked = 0;

private:
    Result<net::Reply> refuse()
    {
        ++asked;
        return std::unexpected(Error(ErrorKind::Offline, u"no network"_s));
    }
};

} // namespace

class SampleCheck : public QObject {
    Q_OBJECT

    Unreachable m_network;
    std::unique_ptr<net::Fetcher> m_sample = actions::sampleFetcher(m_network);

    net::Reply get(const QString &url, std::optional<qint64> first = {}, std::optional<qint64> last = {})
    {
        net::Request request{.url = QUrl(url)};
        request.first = first;
        request.last = last;
        return *m_sample->fetch(request, JobContext::unwatched());
    }

private Q_SLOTS:
    void everyListedFileIsThere()
    {
        const QStringList names = QDir(u":/sample/simple"_s).entryList(QDir::Files);
        QVERIFY(names.size() > 15);
        for (const QString &name : names) {
            const QUrl page(u"sconce-sample:/simple/%1/"_s.arg(name.chopped(5)));
            const net::Reply reply = get(page.toString());
            QCOMPARE(reply.status, 200);
            QCOMPARE(reply.headers["content-type"], "application/vnd.pypi.simple.v1+json");
            const QJsonArray files = QJsonDocument::fromJson(reply.body)[u"files"].toArray();
            QVERIFY(!files.isEmpty());
            for (const QJsonValue &file : files) {
                const QUrl url = page.resolved(QUrl(file[u"url"].toString()));
                const net::Reply wheel = get(url.toString(QUrl::FullyEncoded));
                QCOMPARE(wheel.body.size(), file[u"size"].toInteger());
                QCOMPARE(files::sha256Hex(wheel.body), file[u"hashes"][u"sha256"].toString());
                const net::Reply metadata = get(url.toString(QUrl::FullyEncoded) + u".metadata"_s);
                QCOMPARE(files::sha256Hex(metadata.body), file[u"core-metadata"][u"sha256"].toString());
            }
        }
        QCOMPARE(m_network.asked, 0);
    }

    void backendsServeHtml()
    {
        const net::Reply reply = get(u"sconce-sample:/whl/cu128/torch/"_s);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.headers["content-type"], "text/html");
        QVERIFY(reply.body.contains("torch-2.9.1%2Bcu128"));
        QCOMPARE(get(u"sconce-sample:/whl/cu118/torch/"_s).status, 404);
        QCOMPARE(get(u"sconce-sample:/simple/nothing/"_s).status, 404);
        QCOMPARE(get(u"sconce-sample:/simple/"_s).status, 404);
    }

    void answersRanges()
    {
        const QString url = u"sconce-sample:/files/filelock-3.20.0-py3-none-any.whl"_s;
        const QByteArray whole = get(url).body;
        const net::Reply part = get(url, 2, 5);
        QCOMPARE(part.status, 206);
        QCOMPARE(part.body, whole.mid(2, 4));
        QCOMPARE(part.headers["content-range"], "bytes 2-5/" + QByteArray::number(whole.size()));
    }

    void passesOtherAddressesOn()
    {
        m_network.asked = 0;
        QVERIFY(!m_sample->fetch({.url = QUrl(u"http://i.test/x"_s)}, JobContext::unwatched()));
        QCOMPARE(m_network.asked, 1);
    }

    void theProjectNeverReplacesAnything()
    {
        QTemporaryDir folder;
        const QString inside = folder.filePath(u"new"_s);
        QVERIFY(actions::makeSampleProject(inside));
        const QByteArray toml = kit::slurp(inside + u"/pyproject.toml"_s);
        QVERIFY(toml.contains("sconce-sample:/simple"));
        kit::spill(inside + u"/pyproject.toml"_s, "mine");
        const Result<> again = actions::makeSampleProject(inside);
        QCOMPARE(again.error().kind(), ErrorKind::BadInput);
        QVERIFY(!again.error().hints().isEmpty());
        QCOMPARE(kit::slurp(inside + u"/pyproject.toml"_s), "mine");
    }
};
QTEST_GUILESS_MAIN(SampleCheck)
#include "sample.moc"
