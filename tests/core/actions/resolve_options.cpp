// SPDX-License-Identifier: Apache-2.0
#include "actions/resolve_options.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace sconce;

class ResolveOptionsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsCutOffs_data();
    void readsCutOffs();
};

void ResolveOptionsCheck::readsCutOffs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::addRow("%s", text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("2026-01-31", "2026-02-01T00:00:00Z");
    row("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z");
    row("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z");
    row("7 days", "2026-06-08T12:00:00Z");
    row("1 week ago", "2026-06-08T12:00:00Z");
    row("36 hours", "2026-06-14T00:00:00Z");
    row("P7D", "2026-06-08T12:00:00Z");
    row("P1W", "2026-06-08T12:00:00Z");
    row("P1DT12H", "2026-06-14T00:00:00Z");
    row("2026-02-30", "");
    row("yesterday", "");
    row("P", "");
    row("7", "");
    row("3 months", "");
    row("", "");
}

void ResolveOptionsCheck::readsCutOffs()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const QDateTime now(QDate(2026, 6, 15), QTime(12, 0), QTimeZone::UTC);
    const Result<QDateTime> cutOff = actions::parseCutOff(text, now);
    QCOMPARE(cutOff ? cutOff->toString(Qt::ISODate) : QString(), expected);
}

QTEST_APPLESS_MAIN(ResolveOptionsCheck)
#include "resolve_options.moc"
