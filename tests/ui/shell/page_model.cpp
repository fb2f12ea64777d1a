// SPDX-License-Identifier: Apache-2.0
#include "shell/page_model.h"

#include <QAbstractItemModelTester>

#include "kit/window/gui_check.h"
#include "screenshots/staged.h"
#include "session/session.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using ui::Page;
using ui::Status;

class PageModelCheck : public kit::GuiCheck {
    Q_OBJECT

    static QVariant statusOf(const ui::PageModel &model, Page page)
    {
        return model.index(int(page)).data(ui::PageModel::StatusRole);
    }

private Q_SLOTS:
    void followsTheSession()
    {
        ui::Stage stage;
        QThreadPool pool;
        ui::Session session(stage.work(), pool);
        ui::PageModel model(session);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), ui::PageCount);
        QVERIFY(!statusOf(model, Page::SetUp).isValid());

        stage.hold(ui::Stage::Step::Propose);
        session.lookAtComputer();
        session.openProject(u"/home/ada/demo"_s);
        QTRY_VERIFY(session.proposal().isRunning());
        QCOMPARE(statusOf(model, Page::SetUp).toInt(), int(Status::Running));
        stage.release();
        QTRY_VERIFY(session.proposal().value && !session.proposal().isRunning());
        QVERIFY(!statusOf(model, Page::SetUp).isValid());
        session.applyPlan();
        QTRY_VERIFY(session.check().value && !session.proposal().isRunning());
        QTRY_COMPARE(statusOf(model, Page::SetUp).toInt(), int(Status::Done));
        QCOMPARE(statusOf(model, Page::Check).toInt(), int(Status::Done));
        QVERIFY(model.index(int(Page::Check))
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(ui::statusText(Status::Done)));
        session.stopEverything();
        pool.waitForDone();
    }
};

GUI_CHECK_MAIN(PageModelCheck)
#include "page_model.moc"
