// SPDX-License-Identifier: Apache-2.0
#include "screenshots/scenes.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QDir>
#include <QToolButton>

#include "activity/activity_dock.h"
#include "parts/card.h"
#include "session/session.h"
#include "shell/action_registry.h"
#include "shell/main_window.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

constexpr double SmallWindow = 0.5; // the window has a least size of its own

using Act = std::function<void(MainWindow &)>;

void openDemo(MainWindow &window)
{
    window.openProject(QDir::homePath() + u"/work/speech-demo"_s);
}

void openLongName(MainWindow &window)
{
    window.openProject(QDir::homePath()
        + u"/work/experiments/2026/a-project-whose-name-a-template-has-made-longer-than-anybody-would-type"_s);
}

Act trigger(const char16_t *id)
{
    return [id](MainWindow &window) { window.actions().find(id)->trigger(); };
}

Act show(Page page)
{
    return [page](MainWindow &window) { window.showPage(page); };
}

void acceptSheet(MainWindow &window)
{
    if (auto *sheet = window.findChild<QDialog *>(u"plan"_s))
        sheet->accept();
}

void unfoldAll(MainWindow &window)
{
    for (Card *card : window.findChildren<Card *>())
        card->setFolded(false);
    for (QToolButton *button : window.findChildren<QToolButton *>()) {
        if (button->isVisible() && button->inherits("sconce::ui::Fold"))
            button->setChecked(true);
    }
}

void showFacts(MainWindow &window)
{
    window.findChild<QAbstractButton *>(u"plan.showFacts"_s)->click();
}

void takeFix(MainWindow &window)
{
    window.findChild<QAbstractButton *>(u"conflict.fix.1"_s)->click();
}

void leaveSheet(MainWindow &window)
{
    if (auto *sheet = window.findChild<QDialog *>(u"plan"_s))
        sheet->reject();
}

void unfoldSheet(MainWindow &window)
{
    if (auto *sheet = window.findChild<QDialog *>(u"plan"_s)) {
        if (auto *file = sheet->findChild<QAbstractButton *>(u"plan.file"_s))
            file->click();
    }
}

} // namespace

std::vector<Scene> allScenes()
{
    const auto plain = [](Stage &) {};
    const auto ending = [](Stage::Ending wanted) {
        return [wanted](Stage &stage) { stage.ending = wanted; };
    };
    const auto outcome = [](actions::Rung::Outcome wanted) {
        return [wanted](Stage &stage) {
            stage.isInstalled = true;
            stage.outcome = wanted;
        };
    };
    using Outcome = actions::Rung::Outcome;
    return {
        {u"start"_s, plain, {}},
        {u"start-no-gpu"_s, [](Stage &stage) { stage.gpu = Stage::Gpu::None; }, {}},
        {u"setup-empty"_s, plain, {show(Page::SetUp)}},
        {u"setup-working"_s, [](Stage &stage) { stage.hold(Stage::Step::Propose); }, {openDemo}},
        {u"setup-ready"_s, plain, {openDemo}},
        {u"setup-details"_s, [](Stage &stage) { stage.gpu = Stage::Gpu::TwoVendors; }, {openDemo, unfoldAll}},
        {u"setup-no-torch"_s, [](Stage &stage) { stage.usesTorch = false; }, {openDemo}},
        {u"setup-conflict"_s, ending(Stage::Ending::Conflict), {openDemo, showFacts}},
        {u"setup-conflict-small"_s, ending(Stage::Ending::Conflict), {openDemo}, SmallWindow},
        {u"setup-fixed"_s, ending(Stage::Ending::Conflict), {openDemo, takeFix, leaveSheet}},
        {u"plan-fixed"_s, ending(Stage::Ending::Conflict), {openDemo, takeFix, unfoldSheet}},
        {u"setup-unreadable"_s, [](Stage &stage) { stage.isReadable = false; }, {openDemo}},
        {u"setup-gpu-unknown"_s, [](Stage &stage) { stage.gpu = Stage::Gpu::Unreadable; }, {openDemo}},
        {u"setup-offline"_s, ending(Stage::Ending::Offline), {openDemo}},
        {u"plan"_s, plain, {openDemo, trigger(u"setup.next")}},
        {u"plan-careful"_s, ending(Stage::Ending::Careful), {openDemo, trigger(u"setup.next")}},
        {u"activity"_s, [](Stage &stage) { stage.hold(Stage::Step::Apply); },
            {openDemo, trigger(u"setup.next"), acceptSheet}},
        {u"setup-not-applied"_s, [](Stage &stage) { stage.applies = false; },
            {openDemo, trigger(u"setup.next"), acceptSheet}},
        {u"setup-verified"_s, plain, {openDemo, trigger(u"setup.next"), acceptSheet}},
        {u"check-empty"_s, plain, {openDemo, show(Page::Check)}},
        {u"check-passed"_s, outcome(Outcome::Passed), {openDemo, trigger(u"project.check")}},
        {u"check-caveat"_s, outcome(Outcome::Caveat), {openDemo, trigger(u"project.check")}},
        {u"check-failed"_s, outcome(Outcome::Failed), {openDemo, trigger(u"project.check")}},
        {u"packages-empty"_s, plain, {show(Page::Packages)}},
        {u"packages"_s, [](Stage &stage) { stage.isInstalled = true; }, {openDemo, show(Page::Packages)}},
        {u"start-small"_s, plain, {}, SmallWindow},
        {u"setup-small"_s, [](Stage &stage) { stage.gpu = Stage::Gpu::TwoVendors; }, {openDemo}, SmallWindow},
        {u"setup-long-name"_s, ending(Stage::Ending::Careful), {openLongName}, SmallWindow},
        {u"plan-long-name"_s, ending(Stage::Ending::Careful), {openLongName, trigger(u"setup.next")},
            SmallWindow},
        {u"packages-small"_s, [](Stage &stage) { stage.isInstalled = true; },
            {openDemo, show(Page::Packages)}, SmallWindow},
        {u"commands"_s, plain, {openDemo, trigger(u"help.commands")}},
    };
}

} // namespace sconce::ui
