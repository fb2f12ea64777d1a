// SPDX-License-Identifier: Apache-2.0
// Every page, dialog and state of the window, walked as a screen reader and as a keyboard would.
#include <optional>

#include <QApplication>
#include <QDialog>

#include "activity/activity_dock.h"
#include "kit/window/accessible_walk.h"
#include "kit/window/gui_check.h"
#include "kit/window/open_window.h"
#include "screenshots/scenes.h"
#include "session/session.h"
#include "shell/action_registry.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using ui::MainWindow;
using ui::Scene;
using ui::Stage;

namespace {

using Act = std::function<void(MainWindow &)>;

Act trigger(const QString &id)
{
    return [id](MainWindow &window) { window.actions().find(id)->trigger(); };
}

void openDemo(MainWindow &window)
{
    window.openProject(u"/home/ada/work/speech-demo"_s);
}

void applyPlan(MainWindow &window)
{
    if (auto *sheet = window.findChild<QDialog *>(u"plan"_s))
        sheet->accept();
}

/// Those of the pictures, and dialogs that no picture is taken of.
std::vector<Scene> scenesToWalk()
{
    std::vector<Scene> scenes = ui::allScenes();
    const auto plain = [](Stage &) {};
    scenes.push_back({u"shortcuts"_s, plain, {trigger(u"help.keys"_s)}});
    scenes.push_back({u"about"_s, plain, {trigger(u"help.about"_s)}});
    scenes.push_back({u"closing"_s, [](Stage &stage) { stage.hold(Stage::Step::Apply); },
        {openDemo, trigger(u"setup.next"_s), applyPlan, [](MainWindow &window) { window.close(); }}});
    scenes.push_back(
        {u"activity-ended"_s, plain, {openDemo, [](MainWindow &window) { window.activity().show(); }}});
    return scenes;
}

} // namespace

class AccessibilityCheck : public kit::GuiCheck {
    Q_OBJECT

protected:
    void end() override
    {
        m_window.reset();
        m_stage.reset();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

private Q_SLOTS:
    void everyStateCanBeUsed_data();
    void everyStateCanBeUsed();
    void shortcutsAreUnique();

private:
    /// Nothing runs, except what the scene holds back; and what that has said is shown.
    bool hasSettled()
    {
        ui::ActivityDock &activity = (*m_window)->activity();
        return m_window->isIdle()
            || (m_stage->isHolding() && (!activity.isVisible() || activity.copyLogAction()->isEnabled()));
    }

    std::unique_ptr<Stage> m_stage;
    std::optional<kit::OpenWindow> m_window;
};

void AccessibilityCheck::everyStateCanBeUsed_data()
{
    QTest::addColumn<int>("scene");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    const std::vector<Scene> scenes = scenesToWalk();
    for (int i = 0; i < int(scenes.size()); ++i) {
        QTest::addRow("%s", qPrintable(scenes[std::size_t(i)].name)) << i << Qt::LeftToRight;
        QTest::addRow("%s, right to left", qPrintable(scenes[std::size_t(i)].name)) << i << Qt::RightToLeft;
    }
}

void AccessibilityCheck::everyStateCanBeUsed()
{
    QFETCH(int, scene);
    QFETCH(Qt::LayoutDirection, direction);
    const Scene chosen = scenesToWalk()[std::size_t(scene)];
    QGuiApplication::setLayoutDirection(direction);
    m_stage = std::make_unique<Stage>();
    chosen.set(*m_stage);
    m_window.emplace(m_stage->work(), [](QSettings &settings) {
        settings.beginWriteArray(u"recent"_s);
        settings.setArrayIndex(0);
        settings.setValue(u"path"_s, u"/home/ada/old/segmenter"_s);
        settings.setValue(u"name"_s, u"segmenter"_s);
        settings.endArray();
    });
    for (const auto &act : chosen.acts) {
        QTRY_VERIFY(hasSettled());
        act(**m_window);
    }
    QTRY_VERIFY(hasSettled());
    QWidget *shown = &**m_window;
    for (QDialog *dialog : (*m_window)->findChildren<QDialog *>()) {
        if (dialog->isVisible())
            shown = dialog;
    }
    shown->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), shown);
    QStringList stops;
    const QStringList faults = kit::namingFaults(*shown) + kit::tabFaults(*shown, &stops);
    QVERIFY2(
        faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n') + u"\nStops: "_s + stops.join(u" > "_s)));
}

void AccessibilityCheck::shortcutsAreUnique()
{
    m_stage = std::make_unique<Stage>();
    m_window.emplace(m_stage->work());
    QHash<QString, QString> taken;
    for (const QAction *action : (*m_window)->actions().actions()) {
        const QString name = action->objectName();
        QVERIFY2(!action->text().isEmpty() || name == u"setup.next", qPrintable(name));
        for (const QKeySequence &keys : action->shortcuts()) {
            const QString text = keys.toString();
            QVERIFY2(
                !taken.contains(text), qPrintable(text + u": "_s + taken.value(text) + u" and "_s + name));
            taken.insert(text, name);
        }
    }
    QVERIFY(taken.size() > 10);
}

GUI_CHECK_MAIN(AccessibilityCheck)
#include "accessibility.moc"
