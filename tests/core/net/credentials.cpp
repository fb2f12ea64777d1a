// SPDX-License-Identifier: Apache-2.0
#include "net/credentials.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

#include "kit/golden.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::Asked;
using kit::HttpServer;
using kit::Told;

class CredentialsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsNetrc_data();
    void readsNetrc();
    void givesTheLoginOfTheLongestPath();
    void namesVariablesAfterTheIndex_data();
    void namesVariablesAfterTheIndex();
    void asksNetrcForTheExactHost();
    void takesThePasswordOfTheNameInTheUrl();
    void sendsWhatItLearnt();
    void asksTheKeyringAfterARefusal();
    void asksTheKeyringOnce();
    void tellsNoSecret();
};

namespace {

const QByteArray Wanted = "Basic " + QByteArray("me:canary").toBase64();

/// Answers 401 to everybody but "me:canary".
Told strict(const Asked &asked)
{
    if (asked.headers.value("authorization") == Wanted)
        return {.body = "welcome"};
    return {.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"x\""}}, .body = "who are you"};
}

} // namespace

void CredentialsCheck::readsNetrc_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("login");
    const auto row = [](const char *name, const char *text, const char *host, const char *login) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(host)
                            << QString::fromUtf8(login);
    };
    row("one line", "machine h login u password p", "h", "u:p");
    row("lines and tabs", "machine\th\n\tlogin u\n\tpassword p\n", "h", "u:p");
    row("second machine", "machine a login x password y machine h login u password p", "h", "u:p");
    row("host in capitals", "machine H.Example login u password p", "h.example", "u:p");
    row("quoted", "machine h login \"u v\" password \"p\\\"q\"", "h", "u v:p\"q");
    row("escaped", "machine h login u password p\\ q", "h", "u:p q");
    row("comment", "# machine h login no password no\nmachine h login u password p", "h", "u:p");
    row("hash inside a password", "machine h login u password p#q", "h", "u:p#q");
    row("account", "machine h login u account a password p", "h", "u:p");
    row("macro",
        "machine h login u password p\nmacdef init\nmachine h login evil\n\nmachine i login v password q",
        "h", "u:p");
    row("default is nobody", "default login u password p", "h", "-");
    row("default does not spill", "machine h login u password p default login x password y", "h", "u:p");
    row("another host", "machine h login u password p", "h.example", "-");
    row("cut off", "machine h login", "h", ":");
    row("empty", "", "h", "-");
}

void CredentialsCheck::readsNetrc()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(QString, login);
    const auto hosts = parseNetrc(text);
    const auto found = hosts.constFind(host);
    QCOMPARE(found == hosts.constEnd() ? u"-"_s : found->user + u':' + found->password, login);
}

void CredentialsCheck::givesTheLoginOfTheLongestPath()
{
    CredentialStore store({{u"HOME"_s, u"/nowhere"_s}});
    const auto user = [&](const char *url) {
        const auto login = store.find(QUrl(QString::fromLatin1(url)));
        return login ? login->user : u"-"_s;
    };
    store.learnIndex({}, QUrl(u"https://a:1@host/simple"_s));
    QCOMPARE(user("https://host/files/x.whl"), u"a"_s); // the origin's only login
    store.learnIndex({}, QUrl(u"https://b:2@host/other/simple/"_s));
    store.learnIndex({}, QUrl(u"https://c:3@host/simple/private"_s));
    QCOMPARE(user("https://host/simple/numpy/"), u"a"_s);
    QCOMPARE(user("https://host/simple/"), u"a"_s);
    QCOMPARE(user("https://host/simple/private/numpy/"), u"c"_s);
    QCOMPARE(user("https://host/other/simple/numpy/"), u"b"_s);
    QCOMPARE(user("https://host/simple-evil/numpy/"), u"-"_s); // ends at a "/"
    QCOMPARE(user("https://host/files/x.whl"), u"-"_s); // two that could be meant
    QCOMPARE(user("http://host/simple/numpy/"), u"-"_s);
    QCOMPARE(user("https://host:444/simple/numpy/"), u"-"_s);
    QCOMPARE(user("https://host:443/simple/numpy/"), u"a"_s);
    QCOMPARE(user("https://sub.host/simple/numpy/"), u"-"_s);
}

void CredentialsCheck::namesVariablesAfterTheIndex_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("variable");
    QTest::newRow("plain") << u"corp"_s << u"UV_INDEX_CORP"_s;
    QTest::newRow("dash") << u"my-corp.index"_s << u"UV_INDEX_MY_CORP_INDEX"_s;
    QTest::newRow("digits") << u"cu128"_s << u"UV_INDEX_CU128"_s;
}

void CredentialsCheck::namesVariablesAfterTheIndex()
{
    QFETCH(QString, name);
    QFETCH(QString, variable);
    CredentialStore store({{u"HOME"_s, u"/nowhere"_s}, {variable + u"_USERNAME"_s, u"u"_s},
        {variable + u"_PASSWORD"_s, u"p"_s}});
    store.learnIndex(name, QUrl(u"https://host/simple"_s));
    QCOMPARE(store.find(QUrl(u"https://host/simple/a/"_s)), (Login{u"u"_s, u"p"_s}));
    store.learnIndex(u"unrelated"_s, QUrl(u"https://elsewhere/simple"_s));
    QVERIFY(!store.find(QUrl(u"https://elsewhere/simple/a/"_s)));
}

void CredentialsCheck::asksNetrcForTheExactHost()
{
    QTemporaryDir home;
    kit::spill(home.filePath(u".netrc"_s), "machine pypi.test login u password p\n");
    kit::spill(home.filePath(u"other"_s), "machine pypi.test login v password q\n");
    CredentialStore store({{u"HOME"_s, home.path()}});
    QCOMPARE(store.find(QUrl(u"https://pypi.test/x"_s)), (Login{u"u"_s, u"p"_s}));
    QVERIFY(!store.find(QUrl(u"https://evil-pypi.test/x"_s)));
    QVERIFY(!store.find(QUrl(u"https://pypi.test.evil/x"_s)));
    // The host is what stands behind the last "@", whatever stands before.
    QVERIFY(!store.find(QUrl(u"https://pypi.test@evil.test/x"_s)));
    CredentialStore named({{u"HOME"_s, home.path()}, {u"NETRC"_s, home.filePath(u"other"_s)}});
    QCOMPARE(named.find(QUrl(u"https://pypi.test/x"_s)), (Login{u"v"_s, u"q"_s}));
}

void CredentialsCheck::takesThePasswordOfTheNameInTheUrl()
{
    QTemporaryDir home;
    kit::spill(home.filePath(u".netrc"_s), "machine pypi.test login u password p\n");
    CredentialStore store({{u"HOME"_s, home.path()}});
    QCOMPARE(loginFor(QUrl(u"https://u@pypi.test/x"_s), &store), (Login{u"u"_s, u"p"_s}));
    QCOMPARE(loginFor(QUrl(u"https://else@pypi.test/x"_s), &store), (Login{u"else"_s, {}}));
    QCOMPARE(loginFor(QUrl(u"https://a:b%40c@pypi.test/x"_s), &store), (Login{u"a"_s, u"b@c"_s}));
    QCOMPARE(loginFor(QUrl(u"https://pypi.test/x"_s), &store), (Login{u"u"_s, u"p"_s}));
    QVERIFY(!loginFor(QUrl(u"https://pypi.test/x"_s), nullptr));
}

void CredentialsCheck::sendsWhatItLearnt()
{
    HttpServer server;
    server.on("/simple/a/", strict);
    server.on("/files/a.whl", strict);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QUrl index = server.url(u"/simple"_s);
    index.setUserInfo(u"me:canary"_s);
    fetcher.learnIndex({}, index);
    for (const auto &path : {u"/simple/a/"_s, u"/files/a.whl"_s}) {
        const auto reply = fetcher.fetch({.url = server.url(path)}, JobContext::unwatched());
        VERIFY_RESULT(reply);
        QCOMPARE(reply->status, 200);
    }
    QCOMPARE(server.asked().size(), 2u); // at once, not after a refusal
}

void CredentialsCheck::asksTheKeyringAfterARefusal()
{
    HttpServer server;
    server.on("/page", strict);
    QList<QString> askedFor;
    FetcherSettings settings = kit::quickSettings();
    settings.credentials =
        std::make_shared<CredentialStore>(QHash<QString, QString>{{u"HOME"_s, u"/nowhere"_s}},
            [&](const QUrl &url, const QString &user) -> std::optional<Login> {
                askedFor.append(user + u' ' + url.toString());
                return Login{u"me"_s, u"canary"_s};
            });
    auto fetcher = kit::wholeFetcher(settings);
    QUrl url = server.url(u"/page"_s);
    url.setUserName(u"me"_s);
    const auto reply = fetcher.fetch({.url = url}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "welcome");
    QCOMPARE(askedFor, QList<QString>{u"me "_s + server.url(u"/page"_s).toString()});
    // Remembered: neither the server nor the keyring is asked in vain again.
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
    QCOMPARE(askedFor.size(), 1);
    QCOMPARE(server.asked().size(), 3u);
}

void CredentialsCheck::asksTheKeyringOnce()
{
    HttpServer server;
    server.on("/page", strict);
    int times = 0;
    FetcherSettings settings = kit::quickSettings();
    settings.credentials =
        std::make_shared<CredentialStore>(QHash<QString, QString>{{u"HOME"_s, u"/nowhere"_s}},
            [&](const QUrl &, const QString &) -> std::optional<Login> {
                ++times;
                return Login{u"me"_s, u"wrong"_s};
            });
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 401);
    QCOMPARE(times, 1);
    QCOMPARE(server.asked().size(), 2u);
}

namespace {

QString logged;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &line)
{
    logged += line + u'\n';
}

} // namespace

/// The word "canary" stands in every place a secret can be in, and must come out nowhere.
void CredentialsCheck::tellsNoSecret()
{
    QTemporaryDir folder;
    kit::spill(folder.filePath(u".netrc"_s), "machine 127.0.0.1 login canary password canary\n");
    HttpServer other;
    HttpServer server;
    // Under another name: what netrc has for a machine goes to all of its ports.
    QUrl far = other.url(u"/far?signature=canary#canary"_s);
    far.setHost(u"localhost"_s);
    const QByteArray there = far.toEncoded();
    server.tell("/cut?token=canary", {.body = "abc", .cutAfter = 30});
    server.tell("/loop?token=canary", {.status = 302, .headers = {{"Location", "/loop?token=canary"}}});
    server.tell(
        "/file?token=canary", {.status = 302, .headers = {{"Location", "file:///etc/passwd?token=canary"}}});
    server.tell("/away?token=canary", {.status = 302, .headers = {{"Location", there}}});
    server.tell("/big?token=canary", {.body = QByteArray(5000, 'x')});
    server.tell("/401?token=canary", {.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"x\""}}});
    FetcherSettings settings = kit::quickSettings({{u"NETRC"_s, folder.filePath(u".netrc"_s)}});
    settings.retries = 0;
    settings.cacheFolder = folder.filePath(u"cache"_s);
    settings.httpsProxy = u"http://canary:canary@127.0.0.1:9"_s;
    QLoggingCategory::setFilterRules(u"sconce.*=true"_s);
    const auto before = qInstallMessageHandler(keepLog);
    QString told;
    {
        auto fetcher = kit::wholeFetcher(settings);
        QStringList addresses{
            u"https://canary:canary@pypi.test/simple/?token=canary"_s, u"ftp://canary:canary@pypi.test/x"_s};
        for (const char *path : {"cut", "loop", "file", "away", "big", "401", "404"})
            addresses.append(u"http://canary:canary@127.0.0.1:%1/%2?token=canary"_s.arg(server.port())
                    .arg(QString::fromLatin1(path)));
        for (const QString &address : addresses) {
            const auto reply = fetcher.fetch({.url = QUrl(address), .limit = 1000}, JobContext::unwatched());
            if (!reply)
                told += reply.error().forLog() + reply.error().hints().join(u'\n') + u'\n';
            else
                told += reply->url.toString(QUrl::RemoveQuery);
        }
    }
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QVERIFY(told.size() > 500);
    QVERIFY2(!told.contains(u"canary"_s), qPrintable(told));
    QVERIFY2(!logged.contains(u"canary"_s), qPrintable(logged));
    for (const Asked &asked : other.asked())
        QVERIFY(!asked.headers.contains("authorization"));
}

QTEST_GUILESS_MAIN(CredentialsCheck)
#include "credentials.moc"
