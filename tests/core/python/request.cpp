// SPDX-License-Identifier: Apache-2.0
#include "python/request.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;
using python::Interpreter;
using python::Request;

namespace {

/// "cpython 3.12.1", "cpython 3.13.0 t".
Interpreter made(const QString &text)
{
    const QStringList words = text.split(u' ');
    Interpreter python;
    python.abi.implementation = words.at(0);
    python.environment.pythonFullVersion = words.at(1);
    python.abi.isFreeThreaded = words.size() > 2;
    return python;
}

} // namespace

class RequestCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesAsWritten_data();
    void choosesAsWritten();
    void tellsPathsFromNames_data();
    void tellsPathsFromNames();
    void refusesWhatNamesNothing();
    void rulesOutByName_data();
    void rulesOutByName();
};

void RequestCheck::choosesAsWritten_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("python");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *request, const char *python, bool matches) {
        QTest::addRow("“%s” and %s", request, python)
            << QString::fromLatin1(request) << QString::fromLatin1(python) << matches;
    };
    row("", "cpython 3.12.1", true);
    row("any", "pypy 3.10.14", true);
    row("3", "cpython 3.12.1", true);
    row("3.12", "cpython 3.12.1", true);
    row("3.12", "cpython 3.13.0", false);
    row("3.1", "cpython 3.12.1", false);
    row("312", "cpython 3.12.1", true);
    row("310", "cpython 3.1.0", false);
    row("3.12.1", "cpython 3.12.1", true);
    row("3.12.1", "cpython 3.12.10", false);
    row(">=3.11,<3.13", "cpython 3.12.1", true);
    row(">=3.11, <3.13", "cpython 3.13.0", false);
    row("~=3.11", "cpython 3.13.0", true);
    row("!=3.12.*", "cpython 3.12.4", false);
    row("python3.12", "cpython 3.12.1", true);
    row("python", "pypy 3.10.14", true);
    row("cpython", "pypy 3.10.14", false);
    row("cpython3.12", "cpython 3.12.1", true);
    row("cpython@3.12", "cpython 3.12.1", true);
    row("cpython@3.12", "pypy 3.12.1", false);
    row("cp312", "cpython 3.12.1", true);
    row("CPython3.12", "cpython 3.12.1", true);
    row("cpython>=3.12", "cpython 3.13.0", true);
    row("cpython-3.12.1-linux-x86_64-gnu", "cpython 3.12.1", true);
    row("cpython-3.12.1-linux-x86_64-gnu", "cpython 3.12.2", false);
    row("pypy", "pypy 3.10.14", true);
    row("pypy3.10", "pypy 3.10.14", true);
    row("pp310", "pypy 3.10.14", true);
    row("pypy@3.9", "pypy 3.10.14", false);
    row("graalpy", "graalpy 3.11.7", true);
    row("3.13t", "cpython 3.13.0 t", true);
    row("3.13t", "cpython 3.13.0", false);
    row("3.13", "cpython 3.13.0 t", true); // but it comes last
    row("3.14", "cpython 3.14.0rc1", true);
    row("3.14rc1", "cpython 3.14.0rc1", true);
    row("3.14rc1", "cpython 3.14.0rc2", false);
    row("3.14rc1", "cpython 3.14.0", false);
}

void RequestCheck::choosesAsWritten()
{
    QFETCH(const QString, request);
    QFETCH(const QString, python);
    const auto parsed = Request::parse(request);
    QVERIFY(parsed);
    QVERIFY(parsed->kind == Request::Kind::Any || parsed->kind == Request::Kind::Version);
    QTEST(parsed->matches(made(python)), "matches");
}

void RequestCheck::tellsPathsFromNames_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<Request::Kind>("kind");
    QTest::newRow("absolute") << u"/usr/bin/python3"_s << Request::Kind::Path;
    QTest::newRow("relative") << u"env/bin/python"_s << Request::Kind::Path;
    QTest::newRow("a path that is not there") << u"./nothing"_s << Request::Kind::Path;
    QTest::newRow("a folder here") << u"."_s << Request::Kind::Path;
    QTest::newRow("a program") << u"python-special"_s << Request::Kind::Name;
    QTest::newRow("a debug build") << u"python3.12-dbg"_s << Request::Kind::Name;
    QTest::newRow("four numbers") << u"3.12.1.2"_s << Request::Kind::Name;
}

void RequestCheck::tellsPathsFromNames()
{
    QFETCH(const QString, request);
    const auto parsed = Request::parse(request);
    QVERIFY(parsed);
    QTEST(parsed->kind, "kind");
}

void RequestCheck::refusesWhatNamesNothing()
{
    const auto parsed = Request::parse(u">=three"_s);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind(), ErrorKind::BadInput);
    QCOMPARE(parsed.error().summary(), u"“>=three” names no Python"_s);
}

void RequestCheck::rulesOutByName_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<int>("minor");
    QTest::addColumn<bool>("mayBe");
    QTest::newRow("same") << u"3.12"_s << 12 << true;
    QTest::newRow("other") << u"3.12"_s << 11 << false;
    QTest::newRow("exact") << u"3.12.1"_s << 12 << true;
    QTest::newRow("major only") << u"3"_s << 9 << true;
    QTest::newRow("range") << u">=3.12"_s << 11 << true; // the range itself decides after asking
    QTest::newRow("none") << QString() << 9 << true;
}

void RequestCheck::rulesOutByName()
{
    QFETCH(const QString, request);
    QFETCH(const int, minor);
    QTEST(Request::parse(request)->mayBe(3, minor), "mayBe");
}

QTEST_GUILESS_MAIN(RequestCheck)
#include "request.moc"
