// SPDX-License-Identifier: Apache-2.0
// Markers on their whole way from a project into its lock, as the reference wrote them: the requirement, the
// edge, and the forks. The rows are those of core/markers/text.
#include <QTest>

#include "lock/read.h"
#include "recorded_project.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// dep in one version, with one wheel for everything.
QJsonObject world()
{
    const QString file = u"dep-1-py3-none-any.whl"_s;
    const QJsonArray files{QJsonObject{{u"filename"_s, file}, {u"core-metadata"_s, true},
        {u"hashes"_s, QJsonObject{{u"sha256"_s, files::sha256Hex("dep")}}}}};
    return {{u"indexes"_s,
                QJsonObject{{u"http://pypi.test/simple"_s,
                    QJsonObject{{u"dep"_s, QJsonObject{{u"files"_s, files}}}}}}},
        {u"metadata"_s, QJsonObject{{file, u"Metadata-Version: 2.1\nName: dep\nVersion: 1\n"_s}}}};
}

QJsonValue valueOf(const QString &marker)
{
    return marker.isEmpty() ? QJsonValue() : QJsonValue(marker);
}

} // namespace

class LockMarkersCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAsRecorded_data();
    void writesAsRecorded();
};

void LockMarkersCheck::writesAsRecorded_data()
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray rows =
        checks::readJson(QStringLiteral(CASES "/../../core/markers/text/markers.json"))[u"rows"].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows)
        QTest::newRow(qPrintable(row["requires_python"_L1].toString() + u' ' + row["marker"_L1].toString()))
            << row.toObject();
}

void LockMarkersCheck::writesAsRecorded()
{
    QFETCH(const QJsonObject, row);
    const checks::RecordedProject project(world());
    const QJsonArray needs{u"dep ; "_s + row["marker"_L1].toString()};
    project.write({{u"pyproject.toml"_s,
        u"[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \"%1\"\ndependencies = %2\n"_s.arg(
            row["requires_python"_L1].toString(),
            QString::fromUtf8(QJsonDocument(needs).toJson(QJsonDocument::Compact)))}});
    QCOMPARE(project.run({u"lock"_s}), 0);
    const auto lock = lock::parse(project.lock(), u"uv.lock"_s);
    QVERIFY(lock);

    QJsonArray forks;
    for (const lock::LockedMarker &fork : lock->resolutionMarkers)
        forks.append(fork.text);
    QCOMPARE(forks, row["resolution_markers"_L1].toArray());
    const lock::Package &demo = lock->packages[lock->named(*names::PackageName::parse(u"demo")).front()];
    QCOMPARE(valueOf(demo.metadata.requiresDist.front().marker.text), row["declared"_L1]);
    QCOMPARE(demo.dependencies.empty(), !row.contains("edge"_L1) || row["edge"_L1] == "absent"_L1);
    if (!demo.dependencies.empty())
        QCOMPARE(valueOf(demo.dependencies.front().marker.text), row["edge"_L1]);
}

QTEST_GUILESS_MAIN(LockMarkersCheck)
#include "lock_markers.moc"
