// SPDX-License-Identifier: Apache-2.0
#include "sync/file_changes.h"

#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/quick_fetcher.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// Files of a plan: all of them, or none.
class FileChangesCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keeps();
    void putsBack();
    void refusesWhatChangedMeanwhile();
    void putsBackWhatWasWrittenBeforeAFault();

private:
    QString at(const QString &name) const { return m_folder->filePath(name); }
    std::vector<wheel::FileChange> changes() const
    {
        return {{.path = at(u"old"_s), .before = "one"_ba, .after = "two"_ba},
            {.path = at(u"new"_s), .before = {}, .after = "three"_ba}};
    }
    std::optional<QTemporaryDir> m_folder;
};

void FileChangesCheck::init()
{
    m_folder.emplace();
    kit::spill(at(u"old"_s), "one");
}

void FileChangesCheck::keeps()
{
    const auto list = changes();
    {
        sync::FileChanges files(list);
        VERIFY_RESULT(files.write());
        files.keep();
    }
    QCOMPARE(kit::slurp(at(u"old"_s)), "two"_ba);
    QCOMPARE(kit::slurp(at(u"new"_s)), "three"_ba);
}

void FileChangesCheck::putsBack()
{
    const auto list = changes();
    {
        sync::FileChanges files(list);
        VERIFY_RESULT(files.write());
        QCOMPARE(kit::slurp(at(u"old"_s)), "two"_ba);
    }
    QCOMPARE(kit::slurp(at(u"old"_s)), "one"_ba);
    QVERIFY(!QFile::exists(at(u"new"_s)));
}

void FileChangesCheck::refusesWhatChangedMeanwhile()
{
    const auto list = changes();
    sync::FileChanges files(list);
    kit::spill(at(u"new"_s), "somebody else's");
    QVERIFY(!wheel::checkFiles(list));
    const Result<> written = files.write();
    QVERIFY(!written);
    QCOMPARE(written.error().kind(), ErrorKind::BadInput);
    QCOMPARE(kit::slurp(at(u"old"_s)), "one"_ba);
    QCOMPARE(kit::slurp(at(u"new"_s)), "somebody else's"_ba);
}

void FileChangesCheck::putsBackWhatWasWrittenBeforeAFault()
{
    auto list = changes();
    list[1].path = at(u"no/folder/new"_s);
    {
        sync::FileChanges files(list);
        QVERIFY(!files.write());
        QCOMPARE(kit::slurp(at(u"old"_s)), "two"_ba);
    }
    QCOMPARE(kit::slurp(at(u"old"_s)), "one"_ba);
}

QTEST_GUILESS_MAIN(FileChangesCheck)
#include "file_changes.moc"
