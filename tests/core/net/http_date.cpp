// SPDX-License-Identifier: Apache-2.0
#include "net/http_date.h"

#include <QTest>

using namespace Qt::StringLiterals;

class HttpDateCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheThreeForms_data();
    void readsTheThreeForms();
};

void HttpDateCheck::readsTheThreeForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("iso");
    const QString usual = u"1994-11-06T08:49:37Z"_s;
    QTest::newRow("usual") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << usual;
    QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << usual;
    QTest::newRow("RFC 850 in this century")
        << QByteArray("Thursday, 01-Jan-26 00:00:00 GMT") << u"2026-01-01T00:00:00Z"_s;
    QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:49:37 1994") << usual;
    for (const char *text : {"", "0", "-1", "tomorrow", "Sun, 06 Nov 1994 08:49:37",
             "Sun, 06 Nov 1994 25:00:00 GMT", "06 Nov 1994", "\xFF\xFE"})
        QTest::newRow(text) << QByteArray(text) << QString();
}

void HttpDateCheck::readsTheThreeForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, iso);
    QCOMPARE(sconce::net::httpDate(text).toString(Qt::ISODate), iso);
}

QTEST_GUILESS_MAIN(HttpDateCheck)
#include "http_date.moc"
