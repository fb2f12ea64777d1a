// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <QTest>

#include "base/ids.h"
#include "base/result.h"
#include "base/safe_url.h"
#include "base/text.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

Result<int> halve(int number)
{
    if (number % 2)
        return std::unexpected(Error(ErrorKind::BadInput, u"%1 is odd"_s.arg(number)));
    return number / 2;
}

Result<int> quarter(int number)
{
    const int half = SCONCE_TRY(halve(number));
    return halve(half);
}

} // namespace

class ErrorCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tryLeavesWithTheFirstError()
    {
        QCOMPARE(*quarter(8), 2);
        QCOMPARE(quarter(6).error().summary(), u"3 is odd"_s);
        QVERIFY(!quarter(7));
    }

    void aPlaceDrawsItsCaret_data()
    {
        QTest::addColumn<Place>("place");
        QTest::addColumn<QString>("text");
        QTest::newRow("file only") << Place{u"a.toml"_s} << u"a.toml"_s;
        QTest::newRow("line") << Place{u"a.toml"_s, 3, 5} << u"a.toml:3:5"_s;
        QTest::newRow("caret") << Place{u"a.toml"_s, 1, 3, 2, u"x = y"_s} << u"a.toml:1:3\nx = y\n  ^^"_s;
        QTest::newRow("tabs stay") << Place{u"a"_s, 1, 3, 1, u"\tab"_s} << u"a:1:3\n\tab\n\t ^"_s;
        QTest::newRow("no length") << Place{u"a"_s, 1, 1, 0, u"q"_s} << u"a:1:1\nq\n^"_s;
    }
    void aPlaceDrawsItsCaret()
    {
        QFETCH(Place, place);
        QTEST(place.text(), "text");
    }

    void theLogTellsPlaceStepsAndDetail()
    {
        const Error error = Error(ErrorKind::BadInput, u"“x” is not a version"_s)
                                .at({u"a.toml"_s, 1, 5, 1, u"v = x"_s})
                                .during(u"while reading a.toml"_s)
                                .detail(u"unexpected letter"_s);
        QCOMPARE(error.forLog(),
            u"“x” is not a version\n  a.toml:1:5\n  v = x\n      ^\n  while reading a.toml\n  unexpected letter"_s);
    }

    void addressesHideTheirSecrets_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"https://a.test/simple/torch/"_s << u"https://a.test/simple/torch/"_s;
        QTest::newRow("user") << u"https://me:pass@a.test/x"_s << u"https://a.test/x"_s;
        QTest::newRow("signature") << u"https://a.test/x.whl?X-Sig=abc#sha256=1"_s
                                   << u"https://a.test/x.whl"_s;
    }
    void addressesHideTheirSecrets()
    {
        QFETCH(QString, url);
        QTEST(safeText(QUrl(url)), "shown");
    }

    void suggestsOnlyWhatIsClose()
    {
        const QStringList known = {u"cu128"_s, u"cu126"_s, u"cpu"_s, u"rocm7.2"_s};
        QCOMPARE(mostSimilar(u"cu129", known), u"cu128"_s);
        QCOMPARE(mostSimilar(u"rocm7.1", known), u"rocm7.2"_s);
        QCOMPARE(mostSimilar(u"vulkan", known), std::nullopt);
    }

    void listsReadAsSentences()
    {
        QCOMPARE(listText({}), QString());
        QCOMPARE(listText({u"a"_s}), u"a"_s);
        QCOMPARE(listText({u"a"_s, u"b"_s, u"c"_s}), u"a, b and c"_s);
        QCOMPARE(sizeText(-1), u"unknown size"_s);
        QCOMPARE(sizeText(2'900'000'000), u"2.9 GB"_s);
        QCOMPARE(sizeText(902'000'000), u"902 MB"_s);
    }

    void idsAreDense()
    {
        struct Tag;
        Interner<Tag, int> numbers;
        QCOMPARE(numbers.intern(7).value, 0u);
        QCOMPARE(numbers.intern(9).value, 1u);
        QCOMPARE(numbers.intern(7).value, 0u);
        IdMap<Tag, int> table;
        table[numbers.intern(9)] = 3;
        QCOMPARE(table.size(), 2u);
        QCOMPARE(table.at(numbers.intern(9)), 3);
    }
};
QTEST_GUILESS_MAIN(ErrorCheck)
#include "error.moc"
