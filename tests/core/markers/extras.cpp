// SPDX-License-Identifier: Apache-2.0
#include "markers/extras.h"

#include <QTest>

#include "random_marker.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Marker;

namespace {

names::ExtraName extra(QStringView name)
{
    return *names::ExtraName::parse(name);
}

Marker parsed(QStringView text)
{
    return *Marker::parse(text);
}

} // namespace

class ExtrasCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneExtraKnown()
    {
        const Marker marker =
            parsed(u"extra == 'cpu' and sys_platform == 'linux' or extra == 'cu128' and extra != 'cpu'");
        QCOMPARE(markers::withExtra(marker, extra(u"CPU")), parsed(u"sys_platform == 'linux'"));
        QCOMPARE(markers::withoutExtra(marker, extra(u"cpu")), parsed(u"extra == 'cu128'"));
        QCOMPARE(markers::withExtra(marker, extra(u"other")), marker);
    }

    void allExtrasGone()
    {
        const Marker marker =
            parsed(u"extra == 'cpu' and sys_platform == 'linux' or extra != 'cpu' and os_name == 'java'");
        QCOMPARE(markers::withSomeExtras(marker), parsed(u"sys_platform == 'linux' or os_name == 'java'"));
        QCOMPARE(markers::withNoExtras(marker), parsed(u"os_name == 'java'"));
        QCOMPARE(markers::withNoExtras(parsed(u"extra == 'a'")), Marker::never());
        QCOMPARE(markers::withNoExtras(parsed(u"extra != 'a'")), Marker::always());
    }

    void names()
    {
        const Marker marker =
            parsed(u"extra == 'b' and sys_platform == 'linux' or extra != 'a' and 'c' in extras");
        QCOMPARE(markers::extrasOf(marker), (std::set{extra(u"a"), extra(u"b")}));
        QCOMPARE(markers::extrasOf(Marker()), std::set<names::ExtraName>());
    }

    void extrasAlone()
    {
        const Marker marker = parsed(u"extra == 'a' or sys_platform == 'linux'");
        QVERIFY(markers::holdsByExtras(marker, {extra(u"a")}));
        QVERIFY(!markers::holdsByExtras(marker, {}));
        QVERIFY(!markers::holdsByExtras(marker, {extra(u"b")}));
        QVERIFY(!markers::holdsByExtras(parsed(u"extra == 'a' and sys_platform == 'linux'"), {extra(u"a")}));
        QVERIFY(markers::holdsByExtras(parsed(u"extra != 'a'"), {}));
    }

    void agreesWithEvaluation()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 1000; ++round) {
            const QString text = random.text();
            const Marker marker = parsed(text);
            const auto environment = random.environment();
            const auto extras = random.extras();
            Marker assumed = marker;
            for (const QStringView name : {u"a", u"b", u"c"}) {
                const auto each = extra(name);
                assumed = extras.contains(each) ? markers::withExtra(assumed, each)
                                                : markers::withoutExtra(assumed, each);
            }
            const bool expected = marker.evaluate(environment, extras);
            QVERIFY2(assumed.evaluate(environment) == expected, qPrintable(text));
            QVERIFY2(markers::withNoExtras(marker).evaluate(environment) == marker.evaluate(environment),
                qPrintable(text));
            QVERIFY2(!expected || markers::withSomeExtras(marker).evaluate(environment), qPrintable(text));
            QVERIFY2(!markers::holdsByExtras(marker, extras) || expected, qPrintable(text));
            QVERIFY2(markers::extrasOf(markers::withSomeExtras(marker)).empty(), qPrintable(text));
        }
    }
};

QTEST_GUILESS_MAIN(ExtrasCheck)
#include "extras.moc"
