// SPDX-License-Identifier: Apache-2.0
#include "kit/window/accessible_walk.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace sconce::kit {

namespace {

QString called(const QObject *object)
{
    if (!object)
        return u"nothing"_s;
    QString text = QString::fromLatin1(object->metaObject()->className());
    if (!object->objectName().isEmpty())
        return text + u' ' + object->objectName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(object))
        return text + u" “"_s + button->text() + u'”';
    if (const auto *widget = qobject_cast<const QWidget *>(object);
        widget && !widget->accessibleName().isEmpty())
        return text + u" “"_s + widget->accessibleName() + u'”';
    return object->parent() ? text + u" in "_s + called(object->parent()) : text;
}

/// Cells may be blank; their row has a name in its first column.
bool mayBeBlank(QAccessibleInterface &one)
{
    if (QAccessibleTableCellInterface *cell = one.tableCellInterface(); cell && cell->columnIndex() > 0)
        return true;
    return one.role() == QAccessible::Window || one.role() == QAccessible::Pane;
}

void visit(QAccessibleInterface *one, QStringList &faults)
{
    if (!one || !one->isValid() || one->state().invisible)
        return;
    const QString name = one->text(QAccessible::Name);
    const QAccessible::Role role = one->role();
    if (one->state().focusable && name.trimmed().isEmpty() && !mayBeBlank(*one))
        faults.append(u"%1 has no name"_s.arg(called(one->object())));
    if (role == QAccessible::ProgressBar && name.isEmpty())
        faults.append(u"%1: nobody hears what progresses"_s.arg(called(one->object())));
    if (role == QAccessible::ComboBox && name == one->text(QAccessible::Value))
        faults.append(u"%1 is named by its value"_s.arg(called(one->object())));
    for (int i = 0; i < one->childCount(); ++i)
        visit(one->child(i), faults);
}

void addMnemonic(QHash<QString, QString> &taken, const QString &text, QStringList &faults)
{
    const QString key = QKeySequence::mnemonic(text).toString();
    if (key.isEmpty())
        return;
    if (const auto other = taken.constFind(key); other != taken.constEnd())
        faults.append(u"%1 is both “%2” and “%3”"_s.arg(key, *other, text));
    taken.insert(key, text);
}

QStringList mnemonicFaults(QWidget &window)
{
    QStringList faults;
    QHash<QString, QString> ofWindow;
    if (const auto *bar = window.findChild<QMenuBar *>()) {
        for (const QAction *action : bar->actions())
            addMnemonic(ofWindow, action->text(), faults);
    }
    for (const QMenu *menu : window.findChildren<QMenu *>()) {
        QHash<QString, QString> ofMenu;
        for (const QAction *action : menu->actions())
            addMnemonic(ofMenu, action->text(), faults);
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            addMnemonic(ofWindow, button->text(), faults);
        const auto *label = qobject_cast<const QLabel *>(widget);
        if (!label || label->textFormat() == Qt::RichText || QKeySequence::mnemonic(label->text()).isEmpty())
            continue;
        if (label->buddy())
            addMnemonic(ofWindow, label->text(), faults);
        else
            faults.append(u"the label “%1” has a mnemonic that leads nowhere"_s.arg(label->text()));
    }
    return faults;
}

bool isStop(const QWidget &widget, const QWidget &window)
{
    return widget.isVisible() && widget.isEnabled() && widget.window() == &window
        && (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy();
}

bool comesBefore(const QWidget &first, const QWidget &second, const QWidget &window)
{
    const QRect one(first.mapTo(&window, QPoint()), first.size());
    const QRect two(second.mapTo(&window, QPoint()), second.size());
    const bool isMirrored = window.layoutDirection() == Qt::RightToLeft;
    const bool isBefore = isMirrored ? two.left() > one.right() : two.right() < one.left();
    const bool isBehind = isMirrored ? two.right() < one.left() : two.left() > one.right();
    const bool isAbove = two.bottom() < one.top();
    const bool isBelow = two.top() > one.bottom();
    if (isAbove)
        return isBehind; // up only into another column
    return isBelow || !isBefore;
}

/// The stops of one round, beginning with where the focus is. Places are compared at each step: what has the
/// focus scrolls into view, and so the places of all others change.
QList<QWidget *> oneRound(QWidget &window, Qt::Key key, QStringList &faults)
{
    QList<QWidget *> stops;
    while (QWidget *focused = QApplication::focusWidget()) {
        if (key == Qt::Key_Tab && !stops.isEmpty() && focused != stops.front()
            && !comesBefore(*stops.back(), *focused, window))
            faults.append(
                u"Tab goes back in reading, from %1 to %2"_s.arg(called(stops.back()), called(focused)));
        if (stops.contains(focused)) {
            if (focused != stops.front())
                faults.append(u"%1 does not let go of the focus"_s.arg(called(focused)));
            break;
        }
        stops.append(focused);
        QTest::keyClick(
            window.windowHandle(), key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
    }
    return stops;
}

} // namespace

QStringList namingFaults(QWidget &window)
{
    QStringList faults;
    visit(QAccessible::queryAccessibleInterface(&window), faults);
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const bool isTold = !button->whatsThis().isEmpty() || !button->accessibleDescription().isEmpty();
        if (button->isVisible() && button->window() == &window && !button->isEnabled() && !isTold
            && button->objectName() != u"qt_toolbar_ext_button")
            faults.append(u"%1 cannot be used and does not say why"_s.arg(called(button)));
    }
    return faults + mnemonicFaults(window);
}

QStringList tabFaults(QWidget &window, QStringList *visited)
{
    QStringList faults;
    QWidget *first = nullptr;
    for (QWidget *widget = window.nextInFocusChain(); widget && widget != &window && !first;
        widget = widget->nextInFocusChain()) {
        if (isStop(*widget, window))
            first = widget;
    }
    if (!first)
        return {u"Tab reaches nothing"_s};
    first->setFocus(Qt::TabFocusReason);
    const QList<QWidget *> there = oneRound(window, Qt::Key_Tab, faults);
    const QList<QWidget *> back = oneRound(window, Qt::Key_Backtab, faults);
    for (qsizetype i = 0; i < there.size(); ++i) {
        if (visited)
            visited->append(called(there[i]));
        if (const QWidget *mirrored = back.value((back.size() - i) % back.size()); mirrored != there[i])
            faults.append(u"the way back meets %1 instead of %2"_s.arg(called(mirrored), called(there[i])));
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (isStop(*widget, window) && !there.contains(widget))
            faults.append(u"Tab never reaches %1"_s.arg(called(widget)));
    }
    return faults;
}

} // namespace sconce::kit
