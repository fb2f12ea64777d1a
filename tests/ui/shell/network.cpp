// SPDX-License-Identifier: Apache-2.0
// The window on a real network: a server of the check's own, good and bad.
#include <QTableView>

#include "kit/http_server.h"
#include "kit/tree_text.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "net/fetcher_qt.h"
#include "ui/shell/driven_window.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class NetworkCheck : public kit::GuiCheck {
    Q_OBJECT

protected:
    void begin() override;
    void end() override;

private Q_SLOTS:
    void fiveWheelsFromAServer();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();

private:
    struct Trouble {
        QString sentence;
        QStringList hints;
        QString forLog;
    };
    kit::Told answerOf(const QString &fault) const;
    std::optional<Trouble> trouble();
    ui::Session &session() { return m_driven->session(); }

    std::unique_ptr<kit::HttpServer> m_server;
    std::unique_ptr<kit::HttpServer> m_other;
    kit::TinyIndex m_index;
    std::optional<checks::World> m_world;
    std::unique_ptr<net::QtFetcher> m_fetcher;
    std::optional<checks::DrivenWindow> m_driven;
};

void NetworkCheck::begin()
{
    m_server = std::make_unique<kit::HttpServer>();
    m_other = std::make_unique<kit::HttpServer>();
    m_index = kit::TinyIndex();
    m_index.add({.name = u"alpha"_s,
        .version = u"1.2"_s,
        .requiresDist = {u"beta>=2"_s, u"gamma; python_version >= '3'"_s}});
    m_index.add({.name = u"beta"_s, .version = u"2.0"_s});
    m_index.add({.name = u"beta"_s, .version = u"1.0"_s});
    m_index.add({.name = u"gamma"_s, .version = u"0.5"_s});
    m_index.add({.name = u"delta"_s, .version = u"4.0"_s, .requiresDist = {u"epsilon"_s}});
    m_index.add({.name = u"epsilon"_s,
        .version = u"5.0"_s,
        .files = {{u"epsilon/__init__.py"_s, QByteArray(200'000, '#')}}});
    m_index.serveFrom(*m_server);
    m_world.emplace();
    m_fetcher = std::make_unique<net::QtFetcher>(kit::quickSettings());
    m_world->tools().fetcher = m_fetcher.get();
    m_world->tools().variables[u"UV_DEFAULT_INDEX"_s] = m_server->url(u"/simple"_s).toString();
    m_world->write(u"requirements.txt"_s, "alpha>=1\ndelta==4.*\n");
}

void NetworkCheck::end()
{
    m_driven.reset();
    m_fetcher.reset();
    m_world.reset();
    m_server.reset();
    m_other.reset();
}

void NetworkCheck::fiveWheelsFromAServer()
{
    m_driven.emplace(*m_world);
    QVERIFY(m_driven->opens(m_world->folder()));
    QVERIFY2(session().proposal().value, qPrintable(m_driven->text()));
    QVERIFY(m_driven->text().contains(u"5 package"));
    QVERIFY(m_driven->applies());
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
    QCOMPARE(m_world->installedText(), u"alpha==1.2 beta==2.0 delta==4.0 epsilon==5.0 gamma==0.5"_s);

    // There is no torch here: what was installed is imported instead, and that is said.
    QCOMPARE(session().check().value->outcome, actions::Rung::Outcome::Passed);
    QVERIFY(m_driven->becomesActive());
    m_driven->hands().press(Qt::Key_4, Qt::AltModifier);
    for (const actions::Rung &rung : session().check().value->rungs)
        QVERIFY2(m_driven->text().contains(rung.sentence), qPrintable(rung.sentence));

    m_driven->hands().press(Qt::Key_3, Qt::AltModifier);
    auto *table = qobject_cast<QTableView *>(m_driven->hands().find(u"packages.table"_s));
    QVERIFY(table);
    COMPARE_KEPT(kit::asText(*table->model()), u"packages.txt"_s);
}

kit::Told NetworkCheck::answerOf(const QString &fault) const
{
    const QByteArray body(4000, 'x');
    if (fault == u"reset")
        return {.body = body, .cutAfter = 200};
    if (fault == u"short body")
        return {.headers = {{"Content-Length", "5000"}}, .body = body, .closes = true};
    if (fault == u"other bytes")
        return {.body = body};
    if (fault == u"404")
        return {.status = 404};
    if (fault == u"500")
        return {.status = 500};
    if (fault == u"login")
        return {.status = 401};
    if (fault == u"redirect")
        return {.status = 302, .headers = {{"Location", m_other->url(u"/elsewhere"_s).toEncoded()}}};
    return {};
}

/// What stands in the way, wherever it came up.
std::optional<NetworkCheck::Trouble> NetworkCheck::trouble()
{
    for (const std::optional<Error> *error : {&session().applied().error, &session().proposal().error}) {
        if (*error)
            return Trouble{(*error)->summary(), (*error)->hints(), (*error)->forLog()};
    }
    const resolve::Conflict *conflict =
        session().proposal().value ? session().proposal().value->conflict() : nullptr;
    if (!conflict)
        return {};
    Trouble found{.sentence = conflict->sentence, .hints = {}, .forLog = conflict->sentence};
    for (const resolve::Hint &hint : conflict->hints)
        found.hints.append(hint.text);
    return found;
}

void NetworkCheck::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("says");
    const QByteArray page = "/simple/beta/";
    const QByteArray wheel = "/files/beta-2.0-py3-none-any.whl";
    const auto row = [](const char *name, const QByteArray &target, const QString &fault,
                         const QString &says) { QTest::newRow(name) << target << fault << says; };
    row("the index resets", page, u"reset"_s, u"ended the connection in the middle"_s);
    row("a page comes short", page, u"short body"_s, u"ended the connection in the middle"_s);
    row("the index is broken", page, u"500"_s, u"answered with status 500"_s);
    row("the index wants a login", page, u"login"_s, u"it answered with status 401"_s);
    row("the server resets", wheel, u"reset"_s, u"ended the connection in the middle"_s);
    row("a wheel comes short", wheel, u"short body"_s, u"ended the connection in the middle"_s);
    row("a wheel is another", wheel, u"other bytes"_s, u"is not the file that is listed"_s);
    row("a wheel is gone", wheel, u"404"_s, u"but does not have it (404)"_s);
    row("a wheel breaks the server", wheel, u"500"_s, u"answered 500"_s);
    row("a wheel needs a login", wheel, u"login"_s, u"does not hand out"_s);
    row("a wheel from elsewhere is another", wheel, u"redirect"_s, u"is not the file that is listed"_s);
}

void NetworkCheck::tellsWhatIsWrong()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, fault);
    QFETCH(QString, says);
    // Credentials stand in the address of the index: they must reach nobody else, and no sentence.
    QUrl index = m_server->url(u"/simple"_s);
    index.setUserName(u"ada"_s);
    index.setPassword(u"s3cret"_s);
    m_world->tools().variables[u"UV_DEFAULT_INDEX"_s] = index.toString();
    m_server->tell(target, answerOf(fault));
    m_other->tell("/elsewhere", {.body = QByteArray(4000, 'y')});
    const QString before = kit::treeText(m_world->folder());

    m_driven.emplace(*m_world);
    QVERIFY(m_driven->opens(m_world->folder()));
    if (const auto &proposal = session().proposal().value; proposal && proposal->plan()) {
        QVERIFY(m_driven->applies());
        QVERIFY(m_driven->comes([this] { return session().applied().error && m_driven->isIdle(); }));
    }
    QCOMPARE(session().applied().error.has_value(), target.startsWith("/files/"));
    const std::optional<Trouble> told = trouble();
    QVERIFY(told);
    const QString text = m_driven->text();
    QVERIFY2((told->sentence + told->hints.join(u'\n')).contains(says), qPrintable(told->forLog));
    QVERIFY2(text.contains(told->sentence), qPrintable(text));
    QVERIFY2(!told->hints.isEmpty(), qPrintable(told->forLog));
    for (const QString &hint : told->hints)
        QVERIFY2(text.contains(hint), qPrintable(hint));
    QVERIFY2(!text.contains(u"s3cret") && !told->forLog.contains(u"s3cret"), qPrintable(text));
    for (const kit::Asked &asked : m_other->asked())
        QVERIFY(!asked.headers.contains("authorization"));
    QCOMPARE(kit::treeText(m_world->folder()), before);
    // It can be tried again.
    QVERIFY(m_driven->becomesReady());
}

GUI_CHECK_MAIN(NetworkCheck)
#include "network.moc"
