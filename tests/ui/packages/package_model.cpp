// SPDX-License-Identifier: Apache-2.0
#include "packages/package_model.h"

#include <QAbstractItemModelTester>

#include "kit/golden.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "packages/package_filter.h"
#include "screenshots/staged.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using Reporting = QAbstractItemModelTester::FailureReportingMode;

class PackageModelCheck : public kit::GuiCheck {
    Q_OBJECT

    ui::PackageModel m_model;
    ui::PackageFilter m_filter;

    static std::shared_ptr<const actions::Overview> overview(bool isInstalled)
    {
        return std::make_shared<const actions::Overview>(
            ui::stagedOverview(u"/home/ada/demo"_s, true, isInstalled));
    }
    static std::shared_ptr<const ui::Proposal> proposal(bool careful)
    {
        return std::make_shared<const ui::Proposal>(ui::Proposal{ui::stagedPlan(careful), {}, -1});
    }

protected:
    void begin() override
    {
        m_model.show(nullptr, nullptr);
        m_filter.setFilterFixedString({});
        m_filter.setOnlyAskedFor(false);
        m_filter.sort(-1);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_filter.setSourceModel(&m_model);
        new QAbstractItemModelTester(&m_model, Reporting::QtTest, this);
        new QAbstractItemModelTester(&m_filter, Reporting::QtTest, this);
    }

    void showsWhatIsInstalledAndWanted_data()
    {
        QTest::addColumn<bool>("isInstalled");
        QTest::addColumn<bool>("isPlanned");
        QTest::newRow("nothing") << false << false;
        QTest::newRow("wanted") << false << true;
        QTest::newRow("installed") << true << false;
        QTest::newRow("both") << true << true;
    }
    void showsWhatIsInstalledAndWanted()
    {
        QFETCH(bool, isInstalled);
        QFETCH(bool, isPlanned);
        m_model.show(overview(isInstalled), isPlanned ? proposal(false) : nullptr);
        COMPARE_KEPT(kit::asText(m_model), QString::fromLatin1(QTest::currentDataTag()) + u".txt"_s);
    }

    void filtersAndSorts()
    {
        m_model.show(overview(true), proposal(false));
        const int all = m_filter.rowCount();
        m_filter.setFilterFixedString(u"torch"_s);
        QVERIFY(m_filter.rowCount() > 0 && m_filter.rowCount() < all);
        m_filter.setOnlyAskedFor(true);
        for (int row = 0; row < m_filter.rowCount(); ++row)
            QVERIFY(m_filter.index(row, 0).data(ui::PackageModel::AskedForRole).toBool());
        m_filter.setFilterFixedString(u"no such thing"_s);
        QCOMPARE(m_filter.rowCount(), 0);
        m_filter.setFilterFixedString({});
        m_filter.setOnlyAskedFor(false);
        for (int column = 0; column < m_filter.columnCount(); ++column) {
            m_filter.sort(column, Qt::DescendingOrder);
            m_filter.sort(column, Qt::AscendingOrder);
            QCOMPARE(m_filter.rowCount(), all);
        }
        m_filter.sort(ui::PackageModel::SizeColumn, Qt::DescendingOrder);
        QVERIFY(m_filter.index(0, 0).data(ui::PackageModel::SortRole).isValid());
        QCOMPARE(m_filter.index(0, ui::PackageModel::NameColumn).data().toString(), u"torch"_s);
        m_model.show(overview(false), nullptr);
        QCOMPARE(m_filter.rowCount(), 0);
    }
};

GUI_CHECK_MAIN(PackageModelCheck)
#include "package_model.moc"
