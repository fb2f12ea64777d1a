// SPDX-License-Identifier: Apache-2.0
#include "setup/conflict_model.h"

#include <QAbstractItemModelTester>

#include "kit/golden.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"
#include "screenshots/staged.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using Reporting = QAbstractItemModelTester::FailureReportingMode;
using Proof = std::shared_ptr<const resolve::Derivation>;

class ConflictModelCheck : public kit::GuiCheck {
    Q_OBJECT

    static Proof step(const QString &text, const std::vector<Proof> &causes)
    {
        resolve::Derivation made;
        made.text = text;
        made.causes = causes;
        return std::make_shared<const resolve::Derivation>(made);
    }

private Q_SLOTS:
    void showsTheProof()
    {
        ui::ConflictModel model(ui::stagedConflict().derivation);
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        COMPARE_KEPT(kit::asText(model), u"proof.txt"_s);
    }

    /// Written out whole, sixty steps that each use the one before twice would have 2^60 rows.
    void sharedStepsCostNothingUntilTheyAreOpened()
    {
        Proof proof = step(u"0"_s, {});
        for (int i = 1; i <= 60; ++i)
            proof = step(QString::number(i), {proof, proof});
        ui::ConflictModel model(proof);
        QModelIndex place = model.index(0, 0);
        for (int i = 60; i > 0; --i) {
            QCOMPARE(place.data().toString(), QString::number(i));
            QCOMPARE(model.rowCount(place), 2);
            place = model.index(1, 0, place);
        }
        QCOMPARE(model.rowCount(place), 0);
        QCOMPARE(place.parent().parent().data().toString(), u"2"_s);
    }

    void withoutAProofItIsEmpty()
    {
        ui::ConflictModel model(nullptr);
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        QCOMPARE(model.rowCount(), 0);
    }
};

GUI_CHECK_MAIN(ConflictModelCheck)
#include "conflict_model.moc"
