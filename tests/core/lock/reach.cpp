// SPDX-License-Identifier: Apache-2.0
#include "lock/reach.h"

#include <QTest>

#include "kit/golden.h"
#include "lock/read.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Marker;

class ReachCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ways_data()
    {
        QTest::addColumn<QString>("package");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *package, const char *expected) {
            QTest::newRow(package) << QString::fromUtf8(package) << QString::fromUtf8(expected);
        };
        row("demo", "");
        row("always", "");
        row("linux", "sys_platform == 'linux'");
        row("below-linux", "platform_machine == 'x86_64' and sys_platform == 'linux'");
        row("both", "sys_platform == 'linux' or extra == 'extra-4-demo-plot'");
        row("cycle", "");
        row("grouped", "extra == 'group-4-demo-dev'");
        row("fast", "sys_platform == 'win32'"); // the extra of a dependency
        row("plotted", "extra == 'extra-4-demo-plot'");
    }

    void ways()
    {
        QFETCH(const QString, package);
        QFETCH(const QString, expected);
        const auto lock = lock::parse(kit::slurp(QStringLiteral(CASES "/ways.lock")), u"uv.lock"_s);
        QVERIFY2(lock, qPrintable(lock ? QString() : lock.error().forLog()));
        const auto index = lock->named(*names::PackageName::parse(package)).at(0);
        QCOMPARE(lock::reach(*lock)[index].text(), expected);
    }

    void worlds()
    {
        lock::Lock lock = *lock::parse(kit::slurp(QStringLiteral(CASES "/ways.lock")), u"uv.lock"_s);
        QVERIFY(lock::environment(lock).isAlways());
        lock.resolutionMarkers = {
            lock::LockedMarker::of(*Marker::parse(u"sys_platform == 'linux' and extra == 'x'")),
            lock::LockedMarker::of(*Marker::parse(u"sys_platform == 'darwin'"))};
        const names::PackageName demo = *names::PackageName::parse(u"demo");
        lock.conflicts = {
            {{demo, *names::ExtraName::parse(u"a"), {}}, {demo, *names::ExtraName::parse(u"b"), {}}}};
        QCOMPARE(lock::environment(lock),
            *Marker::parse(u"(sys_platform == 'linux' and extra == 'x') or sys_platform == 'darwin'"));
        QCOMPARE(lock::world(lock),
            *Marker::parse(
                u"(sys_platform == 'linux' or sys_platform == 'darwin') and python_version >= '3.11'"
                " and python_version < '3.14' and (extra != 'extra-4-demo-a' or extra != 'extra-4-demo-b')"));
    }
};

QTEST_GUILESS_MAIN(ReachCheck)
#include "reach.moc"
