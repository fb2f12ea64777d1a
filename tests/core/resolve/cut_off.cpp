// SPDX-License-Identifier: Apache-2.0
#include "resolve/cut_off.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace sconce;

class CutOffCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void theNearestCounts();
};

void CutOffCheck::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *text, const char *time, const char *written) {
        QTest::addRow("%s", text) << QString::fromLatin1(text) << QString::fromLatin1(time)
                                  << QString::fromLatin1(written);
    };
    row("2026-01-31", "2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00Z");
    row("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00Z");
    row("2026-01-31t12:00:00z", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00Z");
    row("2026-01-31 12:00:00Z", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00Z");
    row("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z", "2026-01-31T10:00:00Z");
    row("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z", "2026-01-31T12:00:00.5Z");
    row("2026-01-31T12:00:00.123456700Z", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00.1234567Z");
    row("2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00Z");
    row("7 days", "2026-06-08T12:00:00.000Z", "P7D");
    row("7days", "2026-06-08T12:00:00.000Z", "P7D");
    row("1 week ago", "2026-06-08T12:00:00.000Z", "P1W");
    row("1w 2d", "2026-06-06T12:00:00.000Z", "P1W2D");
    row("1 day, 12 hours", "2026-06-14T00:00:00.000Z", "P1DT12H");
    row("24 hours", "2026-06-14T12:00:00.000Z", "PT24H");
    row("90 minutes", "2026-06-15T10:30:00.000Z", "PT90M");
    row("30 Seconds", "2026-06-15T11:59:30.000Z", "PT30S");
    row("P7D", "2026-06-08T12:00:00.000Z", "P7D");
    row("p1w", "2026-06-08T12:00:00.000Z", "P1W");
    row("P1DT12H", "2026-06-14T00:00:00.000Z", "P1DT12H");
    row("0 days", "2026-06-15T12:00:00.000Z", "P0D");
    for (const char *wrong : {"", " ", "2026-02-30", "2026-1-1", "yesterday", "P", "PT", "P1DT", "7", "days",
             "ago", "3 months", "1 year", "P1M", "P1Y", "2 days 1 week", "7 dayz", "-7 days", "9999999 days",
             "2026-01-31T12:00:00", "2026-01-31T25:00:00Z"})
        row(wrong, "", "");
}

void CutOffCheck::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, time);
    QFETCH(QString, written);
    const QDateTime now(QDate(2026, 6, 15), QTime(12, 0), QTimeZone::UTC);
    const auto cutOff = resolve::CutOff::parse(text, now);
    QCOMPARE(cutOff ? cutOff->time.toString(Qt::ISODateWithMs) : QString(), time);
    if (!cutOff)
        return;
    QCOMPARE(cutOff->written.time + cutOff->written.span, written);
    QCOMPARE(cutOff->written.span.isEmpty(), written.contains(u'Z'));
}

void CutOffCheck::theNearestCounts()
{
    const auto at = [](const QString &day) {
        return *resolve::CutOff::parse(day + u"T00:00:00Z"_s, QDateTime());
    };
    const auto name = [](QStringView text) { return *names::PackageName::parse(text); };
    const metadata::IndexLocation one{.url = QUrl(u"https://one.test/simple/"_s)};
    const metadata::IndexLocation two{.url = QUrl(u"https://two.test/simple"_s)};
    const metadata::IndexLocation three{.url = QUrl(u"https://name:word@three.test/simple"_s)};
    const resolve::CutOffs cutOffs{.everywhere = at(u"2026-01-01"_s),
        .indexes = {{resolve::CutOffs::keyOf(QUrl(u"https://one.test/simple"_s)), at(u"2026-01-02"_s)},
            {resolve::CutOffs::keyOf(three.url), std::nullopt}},
        .packages = {{name(u"a"), at(u"2026-01-03"_s)}, {name(u"b"), std::nullopt}}};
    const auto day = [&](QStringView package, const metadata::IndexLocation &index) {
        const auto cutOff = cutOffs.of(name(package), index);
        return cutOff ? cutOff->date().day() : 0;
    };
    QCOMPARE(day(u"a", one), 3);
    QCOMPARE(day(u"b", one), 0);
    QCOMPARE(day(u"c", one), 2);
    QCOMPARE(day(u"c", two), 1);
    QCOMPARE(day(u"c", three), 0);
    QVERIFY(!resolve::CutOffs().of(name(u"c"), one));
}

QTEST_APPLESS_MAIN(CutOffCheck)
#include "cut_off.moc"
