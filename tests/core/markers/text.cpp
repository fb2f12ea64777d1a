// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include "kit/golden.h"
#include "markers/extras.h"
#include "markers/marker.h"
#include "markers/simplify.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Marker;

namespace {

QJsonObject cases(const QString &file)
{
    return QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/") + file)).object();
}

/// Null in the files: no text.
QString textOf(const QJsonValue &value)
{
    return value.isNull() ? QString() : value.toString();
}

/// As read back, '3.12.0' is '3.12': only lists of versions keep needless zeros.
QString withoutZeros(QString text)
{
    static const QRegularExpression zeros(u"(_version [<>=!]+ '[0-9.]*?)(\\.0)+'"_s);
    return text.replace(zeros, u"\\1'"_s);
}

/// The text on the edge to a dependency of a project that has no extras in use.
QString edgeText(const Marker &declared, const QString &requiresPython)
{
    const auto range = versions::ReleaseRange::of(*versions::SpecifierSet::parse(requiresPython));
    const markers::PythonBounds bounds{range.lower(), range.upper()};
    const Marker known = markers::withNoExtras(declared) & markers::pythonWithin(bounds);
    return known.isDisjointFrom(Marker()) ? u"absent"_s : markers::simplified(known, bounds).text();
}

} // namespace

/// Texts that the reference wrote.
class TextCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The reference wrote each text in a process of its own.
    void init() { markers::forgetSpellings(); }

    void declared_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("expected");
        std::set<QString> known;
        const auto add = [&known](const QString &marker, const QString &expected) {
            if (known.insert(marker).second)
                QTest::newRow(qPrintable(marker)) << marker << expected;
        };
        const QJsonObject plain = cases(u"markers.json"_s);
        const QJsonObject factored = cases(u"marker-text.json"_s);
        const QJsonArray rows = plain[u"rows"].toArray();
        const QJsonArray declaredOnly = plain[u"declared_only"].toArray();
        const QJsonArray declared = factored[u"declared"].toArray();
        QVERIFY(rows.size() > 300 && declaredOnly.size() > 500 && declared.size() > 200);
        for (const QJsonValue row : rows)
            add(row[u"marker"].toString(), textOf(row[u"declared"]));
        for (const QJsonValue row : declaredOnly)
            row.isArray() ? add(row[0].toString(), textOf(row[1]))
                          : add(row[u"marker"].toString(), textOf(row[u"declared"]));
        for (const QJsonValue row : declared)
            add(row[0].toString(), textOf(row[1]));
    }

    void declared()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, expected);
        const auto parsed = Marker::parse(marker);
        QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().forLog()));
        QCOMPARE(parsed->text(), expected);
    }

    void factored_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("expected");
        const QJsonArray pairs = cases(u"marker-text.json"_s)[u"pairs"].toArray();
        QVERIFY(pairs.size() > 1600);
        for (const QJsonValue row : pairs)
            QTest::newRow(qPrintable(row[0].toString())) << row[0].toString() << textOf(row[1]);
    }

    void factored()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, expected);
        const auto parsed = Marker::parse(marker);
        QVERIFY(parsed);
        QCOMPARE(parsed->text(), withoutZeros(expected));
    }

    void edges_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("requiresPython");
        QTest::addColumn<QString>("expected");
        for (const QJsonValue row : cases(u"markers.json"_s)[u"rows"].toArray()) {
            const QString marker = row[u"marker"].toString();
            const QString name = row[u"requires_python"].toString() + u' ' + marker;
            QTest::newRow(qPrintable(name))
                << marker << row[u"requires_python"].toString() << textOf(row[u"edge"]);
        }
    }

    void edges()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, requiresPython);
        QFETCH(const QString, expected);
        const auto parsed = Marker::parse(marker);
        QVERIFY(parsed);
        QCOMPARE(edgeText(*parsed, requiresPython), expected);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("marker");
        for (const QJsonValue marker : cases(u"markers.json"_s)[u"refused"].toArray())
            QTest::newRow(qPrintable(marker.toString())) << marker.toString();
    }

    void refused()
    {
        QFETCH(const QString, marker);
        QVERIFY(!Marker::parse(marker));
    }

    void theFirstSpellingStays()
    {
        const QString zeros = u"python_full_version == '3.11.4' or python_full_version == '3.12.0'"_s;
        const QString none = u"python_full_version == '3.11.4' or python_full_version == '3.12'"_s;
        const Marker written = *Marker::parse(u"python_full_version in '3.12.0 3.11.4'");
        const Marker same = *Marker::parse(none);
        QCOMPARE(written, same);
        QCOMPARE(written.text(), zeros);
        QCOMPARE(same.text(), zeros);
        const Marker linux = *Marker::parse(u"sys_platform == 'linux'");
        QCOMPARE(((!written) & linux).text(),
            u"python_full_version != '3.11.4' and python_full_version != '3.12.0' and sys_platform == "
            u"'linux'");
        QVERIFY((written & !same).isNever());

        markers::forgetSpellings();
        const Marker plain = *Marker::parse(none);
        QCOMPARE(plain.text(), none);
        QCOMPARE(plain, written);
        QCOMPARE(written.text(), zeros);
        QCOMPARE((plain & linux).text(),
            u"(python_full_version == '3.11.4' or python_full_version == '3.12') and sys_platform == 'linux'"_s);
        QCOMPARE((written & linux), (plain & linux));
    }

    void quotes()
    {
        QCOMPARE(Marker::parse(u"platform_version == \"it's\"")->text(), u"platform_version == \"it's\""_s);
        QCOMPARE(
            Marker::parse(u"platform_version == 'say \"x\"'")->text(), u"platform_version == 'say \"x\"'"_s);
    }
};

QTEST_GUILESS_MAIN(TextCheck)
#include "text.moc"
