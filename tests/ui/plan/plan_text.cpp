// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_text.h"

#include "kit/window/gui_check.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class PlanTextCheck : public kit::GuiCheck {
    Q_OBJECT

private Q_SLOTS:
    void namesSources_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("text");
        QTest::newRow("PyPI") << QString() << u"https://pypi.org/simple"_s << u"PyPI"_s;
        QTest::newRow("PyTorch") << u"cu128"_s << u"https://download.pytorch.org/whl/cu128"_s
                                 << u"PyTorch CUDA 12.8"_s;
        QTest::newRow("a mirror of PyTorch") << u"rocm6.4"_s << u"https://mirror.test/whl/rocm6.4/"_s
                                             << u"PyTorch ROCm 6.4 from mirror.test"_s;
        QTest::newRow("one that only has the name")
            << u"cpu"_s << u"https://wheels.test/simple"_s << u"cpu"_s;
        QTest::newRow("with a name") << u"company"_s << u"https://wheels.test/simple"_s << u"company"_s;
        QTest::newRow("without one, with a login")
            << QString() << u"https://ada:secret@wheels.test/simple"_s << u"wheels.test"_s;
    }
    void namesSources()
    {
        QFETCH(QString, name);
        QFETCH(QString, url);
        metadata::IndexLocation index;
        index.name = name;
        index.url = QUrl(url);
        QTEST(ui::sourceText(index), "text");
    }
};

GUI_CHECK_MAIN(PlanTextCheck)
#include "plan_text.moc"
