// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "core/resolve/universal_request.h"
#include "resolve/fixes.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// A line a fork: its marker, then what it chose.
QString asText(const resolve::UniversalResolution &resolution)
{
    QStringList lines;
    for (const auto &part : resolution.parts) {
        QStringList chosen;
        for (const auto node : part.nodes) {
            const auto &[distribution, extra, group] = resolution.nodes[node.value];
            const auto &known = resolution.distributions[distribution.value];
            QString text = known.name.text();
            if (extra)
                text += u'[' + extra->text() + u']';
            if (group)
                text += u':' + group->text();
            if (known.source.kind == project::RequirementSource::Kind::Registry)
                text += u' ' + known.version.text();
            chosen.append(text);
        }
        chosen.sort();
        lines.append(part.fork.full().text() + u": "_s + chosen.join(u", "_s));
    }
    return lines.join(u'\n');
}

} // namespace

class UniversalCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void solvesAsTheFileSays_data();
    void solvesAsTheFileSays();
};

void UniversalCheck::solvesAsTheFileSays_data()
{
    QTest::addColumn<QJsonObject>("file");
    const QDir folder(QStringLiteral(CASES));
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        const auto document = QJsonDocument::fromJson(kit::slurp(folder.filePath(name)));
        QVERIFY2(document.isObject(), qPrintable(name + u" is not JSON"_s));
        QTest::newRow(qPrintable(name.chopped(5))) << document.object();
    }
}

void UniversalCheck::solvesAsTheFileSays()
{
    QFETCH(const QJsonObject, file);
    const auto universe = kit::Universe::read(file);
    QVERIFY2(universe, universe ? "" : qPrintable(universe.error().forLog()));
    const QTemporaryDir folder;
    const auto request = readUniversalRequest(file, **universe, folder.path());
    QVERIFY2(request, request ? "" : qPrintable(request.error().forLog()));
    const auto outcome = resolveUniversal(*request, **universe, JobContext::unwatched());
    if (file.contains("error"_L1)) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind(), ErrorKind::BadInput);
        QCOMPARE(outcome.error().summary(), file["error"_L1].toString());
        return;
    }
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().forLog()));
    if (const auto *conflict = std::get_if<resolve::Conflict>(&*outcome)) {
        QCOMPARE(conflict->sentence, file["conflict"_L1].toString());
        const auto fixes =
            workingFixes(*request, *conflict, **universe, JobContext::unwatched(), [] { return false; });
        QVERIFY(fixes);
        QStringList found;
        for (const resolve::Fix &fix : *fixes)
            found.append(fix.outcome.isEmpty() ? fix.text : fix.text + u" → "_s + fix.outcome);
        QCOMPARE(found.join(u'\n'), joined(file["fixes"_L1]));
        return;
    }
    QCOMPARE(asText(std::get<resolve::UniversalResolution>(*outcome)), joined(file["forks"_L1]));
}

QTEST_GUILESS_MAIN(UniversalCheck)
#include "universal.moc"
