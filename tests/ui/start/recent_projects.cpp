// SPDX-License-Identifier: Apache-2.0
#include "start/recent_projects.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QTemporaryDir>
#include <QThreadPool>

#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using ui::RecentProjects;

class RecentProjectsCheck : public kit::GuiCheck {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    QThreadPool m_pool;

protected:
    void begin() override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_folder->filePath(u"window.ini"_s), QSettings::IniFormat);
    }

private Q_SLOTS:
    void keepsTheNewestTwelveOnceEach()
    {
        RecentProjects recents(*m_settings, m_pool);
        QAbstractItemModelTester tester(&recents, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 1; i <= 14; ++i)
            recents.add(u"/work/p%1"_s.arg(i), u"p%1"_s.arg(i));
        QCOMPARE(recents.rowCount(), 12);
        QCOMPARE(recents.index(0).data().toString(), u"p14"_s);
        QCOMPARE(recents.index(11).data().toString(), u"p3"_s);
        recents.add(u"/work/p5"_s, u"five"_s);
        QCOMPARE(recents.rowCount(), 12);
        QCOMPARE(recents.index(0).data().toString(), u"five"_s);
        // A later window finds the same.
        m_settings->sync();
        QSettings again(m_settings->fileName(), QSettings::IniFormat);
        const RecentProjects later(again, m_pool);
        QCOMPARE(kit::asText(later), kit::asText(recents));
    }

    void takenEntriesCanBePutBack()
    {
        RecentProjects recents(*m_settings, m_pool);
        QAbstractItemModelTester tester(&recents, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            recents.add(u"/work/"_s + name, name);
        const QByteArray before = kit::asText(recents);
        const RecentProjects::Entry taken = recents.take(1);
        QCOMPARE(taken.name, u"b"_s);
        QCOMPARE(kit::asText(recents), "c\na\n"_ba);
        recents.putBack(1, taken);
        QCOMPARE(kit::asText(recents), before);
        recents.putBack(7, {u"/work/d"_s, u"d"_s}); // the list became shorter meanwhile
        QCOMPARE(recents.index(3).data().toString(), u"d"_s);
    }

    void missingFoldersAreMarked()
    {
        RecentProjects recents(*m_settings, m_pool);
        QAbstractItemModelTester tester(&recents, QAbstractItemModelTester::FailureReportingMode::QtTest);
        recents.add(m_folder->path(), u"here"_s);
        recents.add(m_folder->filePath(u"gone"_s), u"gone"_s);
        recents.lookForMissing();
        QTRY_VERIFY(recents.index(0).data(RecentProjects::MissingRole).toBool());
        QVERIFY(!recents.index(1).data(RecentProjects::MissingRole).toBool());
        QVERIFY(recents.index(0).data(Qt::AccessibleTextRole).toString().contains(u"not found"));
        recents.relocate(0, m_folder->path());
        QVERIFY(!recents.index(0).data(RecentProjects::MissingRole).toBool());
    }
};

GUI_CHECK_MAIN(RecentProjectsCheck)
#include "recent_projects.moc"
