// SPDX-License-Identifier: Apache-2.0
#include "shell/action_registry.h"

#include <QAbstractItemModelTester>

#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "parts/action_button.h"
#include "shell/command_palette.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using Reporting = QAbstractItemModelTester::FailureReportingMode;

class ActionRegistryCheck : public kit::GuiCheck {
    Q_OBJECT

private Q_SLOTS:
    void holdsEveryCommandOnce()
    {
        ui::ActionRegistry registry;
        QAbstractItemModelTester tester(&registry, Reporting::QtTest);
        registry.add(u"file.open"_s, {}, u"&Open Folder…"_s, QKeySequence(u"Ctrl+O"_s));
        QAction foreign(u"Check &Now"_s);
        foreign.setObjectName(u"check"_s);
        registry.adopt(&foreign);
        QCOMPARE(kit::asText(registry), "Open Folder… | Ctrl+O\nCheck Now |\n"_ba);
        QCOMPARE(registry.find(u"check"), &foreign);
        QCOMPARE(registry.find(u"chec"), nullptr);
        ui::setReason(foreign, u"No project is open"_s);
        QCOMPARE(
            registry.index(1, 0).data(ui::ActionRegistry::ReasonRole).toString(), u"No project is open"_s);
    }

    void thePaletteFindsByLettersInOrder_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("found");
        QTest::newRow("everything, the usable first")
            << QString() << QByteArray("Copy Log\nOpen Folder…\nCopy Report\n");
        QTest::newRow("letters in order") << u"cpl"_s << QByteArray("Copy Log\n");
        QTest::newRow("any case") << u"OPEN"_s << QByteArray("Open Folder…\n");
        QTest::newRow("a beginning before letters")
            << u"o"_s << QByteArray("Open Folder…\nCopy Log\nCopy Report\n");
        QTest::newRow("nothing") << u"xyz"_s << QByteArray();
    }
    void thePaletteFindsByLettersInOrder()
    {
        QFETCH(QString, typed);
        ui::ActionRegistry registry;
        registry.add(u"log"_s, {}, u"Copy &Log"_s);
        registry.add(u"report"_s, {}, u"Copy &Report"_s);
        registry.add(u"open"_s, {}, u"&Open Folder…"_s);
        ui::setReason(*registry.find(u"report"), u"Nothing was checked yet"_s);
        ui::CommandFilter filter(registry);
        QAbstractItemModelTester tester(&filter, Reporting::QtTest);
        filter.setTyped(typed);
        QByteArray found;
        for (int row = 0; row < filter.rowCount(); ++row)
            found += filter.index(row, 0).data().toString().toUtf8() + '\n';
        QTEST(found, "found");
    }
};

GUI_CHECK_MAIN(ActionRegistryCheck)
#include "action_registry.moc"
