// SPDX-License-Identifier: Apache-2.0
#include "kit/window/hands.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <QWidget>
#include <QWindow>

namespace sconce::kit {

namespace {

void collect(QAccessibleInterface *one, QStringList &lines)
{
    if (!one || one->state().invisible)
        return;
    for (const QAccessible::Text kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value}) {
        const QString text = one->text(kind);
        if (!text.isEmpty() && !lines.endsWith(text))
            lines.append(text);
    }
    for (int i = 0; i < one->childCount(); ++i)
        collect(one->child(i), lines);
}

} // namespace

QWidget *Hands::find(const QString &name) const
{
    for (QWidget *widget : m_window.findChildren<QWidget *>(name)) {
        if (widget->isVisible() && !widget->visibleRegion().isEmpty())
            return widget;
    }
    return nullptr;
}

bool Hands::click(const QString &name)
{
    QWidget *widget = find(name);
    if (!widget || !widget->isEnabled() || !widget->visibleRegion().contains(widget->rect().center()))
        return false;
    QWidget *window = widget->window();
    if (QApplication::activeWindow() != window)
        return false;
    ++m_clicks;
    QTest::mouseClick(
        window->windowHandle(), Qt::LeftButton, {}, widget->mapTo(window, widget->rect().center()));
    return true;
}

void Hands::press(int key, Qt::KeyboardModifiers modifiers)
{
    if (QWindow *window = QGuiApplication::focusWindow())
        QTest::keyClick(window, Qt::Key(key), modifiers);
}

void Hands::type(const QString &text)
{
    for (const QChar letter : text) {
        if (QWindow *window = QGuiApplication::focusWindow())
            QTest::sendKeyEvent(QTest::Click, window, Qt::Key_unknown, QString(letter), Qt::NoModifier);
    }
}

bool Hands::tabTo(const QString &name)
{
    const QWidget *start = QApplication::focusWidget();
    for (int steps = 0; steps < 100; ++steps) {
        const QWidget *focused = QApplication::focusWidget();
        if (focused && focused->objectName() == name)
            return true;
        if (steps > 0 && focused == start)
            return false;
        press(Qt::Key_Tab);
    }
    return false;
}

QString readAloud(const QWidget &window)
{
    QStringList lines;
    collect(QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&window)), lines);
    return lines.join(u'\n');
}

bool isShown(const QWidget &window, const QString &text)
{
    return readAloud(window).contains(text);
}

} // namespace sconce::kit
