// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

namespace sconce::kit {

/// A person at a window. Acts only on what can be seen and used, and by way of the window system, so that
/// what lies behind a dialog cannot be reached.
class Hands {
public:
    explicit Hands(QWidget &window)
        : m_window(window)
    {}

    /// The visible widget of that name in the window or its dialogs; nothing when there is none.
    QWidget *find(const QString &name) const;
    /// Clicks on the widget of that name. False, and nothing done, when it cannot be seen or used, or when
    /// another window has the focus.
    bool click(const QString &name);
    /// Clicks so far.
    int clicks() const { return m_clicks; }

    /// Presses a key where the focus is.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString &text);
    /// Presses Tab until the widget of that name has the focus; false when the round ends without it.
    bool tabTo(const QString &name);

private:
    QWidget &m_window;
    int m_clicks = 0;
};

/// Whether a text can be read somewhere in a window, as a screen reader finds it.
bool isShown(const QWidget &window, const QString &text);
/// All that can be read in a window, a line each, in the order of the screen reader.
QString readAloud(const QWidget &window);

} // namespace sconce::kit
