// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QApplication>
#include <QTest>

#include "core/actions/world.h"
#include "kit/window/hands.h"
#include "kit/window/open_window.h"
#include "session/session.h"

namespace sconce::checks {

/// The real window over real work in a world, and hands to drive it. Every step says whether it came about.
class DrivenWindow {
public:
    explicit DrivenWindow(World &world)
        : DrivenWindow(ui::workWith(world.tools()))
    {}
    explicit DrivenWindow(ui::Work work)
        : m_window(std::move(work))
    {}

    ui::MainWindow &window() { return *m_window; }
    ui::Session &session() { return m_window->session(); }
    kit::Hands &hands() { return m_hands; }
    QString sampleFolder() const { return m_window.sampleFolder(); }
    QString text() { return kit::readAloud(*m_window); }
    bool isIdle() const { return m_window.isIdle(); }

    static bool comes(const std::function<bool()> &state) { return QTest::qWaitFor(state, 60'000); }
    /// Gives the focus back when a dialog has gone, as a window manager does.
    bool becomesActive()
    {
        return comes([this] {
            if (!QApplication::activeWindow())
                m_window->activateWindow();
            return m_window->isActiveWindow();
        });
    }
    /// Versions are worked out, or it is known why not; the button that goes on can be pressed.
    bool becomesReady()
    {
        return becomesActive() && comes([this] {
            const QWidget *next = m_hands.find(QStringLiteral("setup.next"));
            return session().hasProject() && isIdle()
                && (session().proposal().value || session().proposal().error) && next && next->isEnabled();
        });
    }
    bool opens(const QString &path)
    {
        m_window->openProject(path);
        return becomesReady();
    }
    /// Presses the button that shows the plan.
    bool reviews()
    {
        return m_hands.click(QStringLiteral("setup.next")) && comes([this] {
            const QWidget *apply = m_hands.find(QStringLiteral("plan.apply"));
            return apply && apply->window()->isActiveWindow();
        });
    }
    /// Presses the button that carries it out; does not wait.
    bool applies() { return reviews() && m_hands.click(QStringLiteral("plan.apply")); }
    /// Presses the button that cancels planning or carrying out, once it has come into view.
    bool cancels()
    {
        return becomesActive() && comes([this] { return m_hands.click(QStringLiteral("plan.cancel")); });
    }
    bool becomesIdle()
    {
        return comes([this] { return isIdle(); });
    }

private:
    kit::OpenWindow m_window;
    kit::Hands m_hands{*m_window};
};

} // namespace sconce::checks
