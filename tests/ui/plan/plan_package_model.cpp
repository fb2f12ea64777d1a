// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_package_model.h"

#include <QAbstractItemModelTester>

#include "kit/golden.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "plan/plan_filter.h"
#include "plan/plan_text.h"
#include "screenshots/staged.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using Reporting = QAbstractItemModelTester::FailureReportingMode;
using Kind = plan::Operation::Kind;

class PlanPackageModelCheck : public kit::GuiCheck {
    Q_OBJECT

    static std::shared_ptr<const ui::Proposal> proposal(bool careful)
    {
        return std::make_shared<const ui::Proposal>(
            ui::Proposal{ui::stagedPlan(careful), {u"uv pip install torch"_s}, -1});
    }

private Q_SLOTS:
    void showsEveryOperation_data()
    {
        QTest::addColumn<bool>("careful");
        QTest::newRow("plain") << false;
        QTest::newRow("careful") << true;
    }
    void showsEveryOperation()
    {
        QFETCH(bool, careful);
        const auto shown = proposal(careful);
        ui::PlanPackageModel model(shown);
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        QCOMPARE(model.rowCount(), int(shown->plan()->operations.size()));
        COMPARE_KEPT(kit::asText(model), QString::fromLatin1(QTest::currentDataTag()) + u".txt"_s);
    }

    void filtersByKindAndWord()
    {
        const auto shown = proposal(true);
        ui::PlanPackageModel model(shown);
        ui::PlanFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester tester(&filter, Reporting::QtTest);
        for (const Kind kind : {Kind::Add, Kind::Downgrade, Kind::SwitchBackend, Kind::Remove}) {
            filter.setKind(kind);
            QCOMPARE(filter.rowCount(), int(shown->plan()->count(kind)));
        }
        filter.setKind(std::nullopt);
        QCOMPARE(filter.rowCount(), model.rowCount());
        filter.setFilterFixedString(u"NUMPY"_s);
        QVERIFY(filter.rowCount() >= 1 && filter.rowCount() < model.rowCount());
        filter.setFilterFixedString({});
        for (int column = 0; column < filter.columnCount(); ++column)
            filter.sort(column, Qt::DescendingOrder);
        QCOMPARE(filter.rowCount(), model.rowCount());
    }

    void copiesAsMarkdown()
    {
        COMPARE_KEPT(ui::planMarkdown(*proposal(true), u"speech-demo"_s).toUtf8(), u"plan.md"_s);
    }
};

GUI_CHECK_MAIN(PlanPackageModelCheck)
#include "plan_package_model.moc"
