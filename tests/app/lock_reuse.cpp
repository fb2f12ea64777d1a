// SPDX-License-Identifier: Apache-2.0
// The verb lock where there is a lock already, as the reference was seen to do it: a lock is made for one
// text of a project, then the project says something else.
#include <QTest>

#include "lock/read.h"
#include "recorded_project.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// a and b, which needs a, each in versions 1 to 3.
QJsonObject world()
{
    QJsonObject packages;
    QJsonObject metadata;
    for (const QString &name : {u"a"_s, u"b"_s}) {
        QJsonArray files;
        for (int version = 1; version <= 3; ++version) {
            const QString file = u"%1-%2-py3-none-any.whl"_s.arg(name).arg(version);
            files.append(QJsonObject{{u"filename"_s, file}, {u"core-metadata"_s, true},
                {u"hashes"_s, QJsonObject{{u"sha256"_s, files::sha256Hex(file.toUtf8())}}},
                {u"upload-time"_s, u"2025-0%1-01T00:00:00Z"_s.arg(version)}});
            metadata[file] = u"Metadata-Version: 2.1\nName: %1\nVersion: %2\n"_s.arg(name).arg(version)
                + (name == u"b" ? u"Requires-Dist: a\n"_s : QString());
        }
        packages[name] = QJsonObject{{u"files"_s, files}};
    }
    return {{u"indexes"_s, QJsonObject{{u"http://pypi.test/simple"_s, packages}}}, {u"metadata"_s, metadata}};
}

} // namespace

class LockReuseCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void locksAgain_data();
    void locksAgain();
};

void LockReuseCheck::locksAgain_data()
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray rows = checks::readJson(QStringLiteral(CASES "/cases.json")).array();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows)
        QTest::newRow(qPrintable(row["title"_L1].toString())) << row.toObject();
}

void LockReuseCheck::locksAgain()
{
    QFETCH(const QJsonObject, row);
    const checks::RecordedProject project(world());
    project.write({{u"pyproject.toml"_s, row["before"_L1]}});
    QCOMPARE(project.run({u"lock"_s}), 0);
    const QByteArray before = project.lock();

    project.write({{u"pyproject.toml"_s, row["after"_L1]}});
    const auto runWith = [&](QJsonArray words) {
        for (const QJsonValue &word : row["arguments"_L1].toArray())
            words.append(word);
        return project.run(words);
    };
    QCOMPARE(runWith({u"lock"_s, u"--check"_s}), row["check_status"_L1].toInt());
    QCOMPARE(project.lock(), before);
    const int asked = project.asked();
    QCOMPARE(runWith({u"lock"_s}), 0);
    QCOMPARE(project.asked() > asked, row["pages_asked"_L1].toInt() > 0);
    QCOMPARE(project.lock() == before, row["file_unchanged"_L1].toBool());

    const auto lock = lock::parse(project.lock(), u"uv.lock"_s);
    QVERIFY(lock);
    QJsonObject versions;
    for (const lock::Package &package : lock->packages) {
        if (!package.source.isTree())
            versions[package.name.text()] = package.version->text();
    }
    QCOMPARE(versions, row["versions"_L1].toObject());
}

QTEST_GUILESS_MAIN(LockReuseCheck)
#include "lock_reuse.moc"
