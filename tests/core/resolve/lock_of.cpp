// SPDX-License-Identifier: Apache-2.0
#include "resolve/lock_of.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "core/resolve/universal_request.h"
#include "lock/read.h"
#include "lock/write.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class LockOfCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesLocks_data();
    void writesLocks();
};

void LockOfCheck::writesLocks_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(CASES)).entryList({u"*.json"_s}, QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(5);
}

void LockOfCheck::writesLocks()
{
    QFETCH(const QString, name);
    const QJsonObject file =
        QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/") + name + u".json"_s)).object();
    const auto universe = kit::Universe::read(file);
    QVERIFY2(universe, universe ? "" : qPrintable(universe.error().forLog()));
    const QTemporaryDir folder;
    const auto request = readUniversalRequest(file, **universe, folder.path());
    QVERIFY2(request, request ? "" : qPrintable(request.error().forLog()));
    const auto outcome = resolveUniversal(*request, **universe, JobContext::unwatched());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().forLog()));
    const auto *resolution = std::get_if<resolve::UniversalResolution>(&*outcome);
    QVERIFY(resolution);
    const lock::Lock lock = resolve::lockOf(*request, *resolution);
    const QByteArray bytes = lock::bytes(lock);
    const auto read = lock::parse(bytes, u"uv.lock"_s);
    QVERIFY2(read, read ? "" : qPrintable(read.error().forLog()));
    QCOMPARE(lock::bytes(*read), bytes);
    COMPARE_KEPT(bytes, name + u".lock"_s);
}

QTEST_GUILESS_MAIN(LockOfCheck)
#include "lock_of.moc"
