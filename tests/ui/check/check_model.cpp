// SPDX-License-Identifier: Apache-2.0
#include "check/check_model.h"

#include <QAbstractItemModelTester>

#include "check/check_text.h"
#include "kit/golden.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "screenshots/staged.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using Outcome = actions::Rung::Outcome;

class CheckModelCheck : public kit::GuiCheck {
    Q_OBJECT

private Q_SLOTS:
    void showsTheRungs_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::newRow("passed") << int(Outcome::Passed);
        QTest::newRow("caveat") << int(Outcome::Caveat);
        QTest::newRow("failed") << int(Outcome::Failed);
    }
    void showsTheRungs()
    {
        QFETCH(int, outcome);
        const auto report = std::make_shared<const actions::CheckReport>(ui::stagedReport(Outcome(outcome)));
        ui::CheckModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(report);
        QCOMPARE(model.rowCount(), int(report->rungs.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString spoken = model.index(row).data(Qt::AccessibleTextRole).toString();
            QVERIFY2(spoken.startsWith(ui::outcomeText(report->rungs[std::size_t(row)].outcome)),
                qPrintable(spoken));
        }
        const QByteArray text = kit::asText(model) + '\n' + ui::checkMarkdown(*report, u"demo"_s).toUtf8();
        model.show(nullptr);
        QCOMPARE(model.rowCount(), 0);
        COMPARE_KEPT(text, QString::fromLatin1(QTest::currentDataTag()) + u".txt"_s);
    }
};

GUI_CHECK_MAIN(CheckModelCheck)
#include "check_model.moc"
