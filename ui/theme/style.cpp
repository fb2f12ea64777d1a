// SPDX-License-Identifier: Apache-2.0
#include "theme/style.h"

#include <algorithm>

#include <QAbstractScrollArea>
#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QToolButton>
#include <QWidget>

#include "theme/colours.h"

namespace sconce::ui {

namespace {

constexpr qreal Radius = 5;

int lineOf(const QStyleOption *option)
{
    return (option ? option->fontMetrics : QFontMetrics(QApplication::font())).height();
}

QRectF crisp(const QRect &rect, qreal inset = 0.5)
{
    return QRectF(rect).adjusted(inset, inset, -inset, -inset);
}

void roundedBox(
    QPainter *painter, const QRectF &box, const QColor &fill, const QColor &line, qreal radius = Radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(line.isValid() ? QPen(line) : QPen(Qt::NoPen));
    painter->drawRoundedRect(box, radius, radius);
    painter->restore();
}

void ring(QPainter *painter, const QRect &rect, const QPalette &palette)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focusRing(palette), 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(crisp(rect, 1), Radius, Radius);
    painter->restore();
}

void pushButton(const QStyleOptionButton &button, QPainter *painter)
{
    const QPalette &palette = button.palette;
    const bool isEnabled = button.state & QStyle::State_Enabled;
    const bool isHovered = isEnabled && button.state & QStyle::State_MouseOver;
    const bool isPressed = button.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool isPrimary = button.features & QStyleOptionButton::DefaultButton && isEnabled;
    if (button.features & QStyleOptionButton::Flat && !isHovered && !isPressed)
        return;
    QColor fill = isPrimary ? palette.color(QPalette::Highlight) : palette.color(QPalette::Button);
    if (!isEnabled)
        fill = palette.color(QPalette::Window);
    const QColor towards =
        palette.color(QPalette::Active, isPrimary ? QPalette::Shadow : QPalette::WindowText);
    if (isPressed)
        fill = mixed(fill, towards, 0.14);
    else if (isHovered)
        fill = mixed(fill, towards, isPrimary ? 0.10 : 0.05);
    roundedBox(painter, crisp(button.rect), fill, isPrimary ? fill : hairline(palette));
}

void progressBar(const QStyleOptionProgressBar &bar, QPainter *painter)
{
    constexpr int Thickness = 6;
    QRect track = bar.rect;
    track.setHeight(std::min(Thickness, track.height()));
    track.moveCenter(bar.rect.center());
    roundedBox(painter, track, hairline(bar.palette), QColor(), Thickness / 2.0);
    const int range = bar.maximum - bar.minimum;
    QRect done = track;
    if (range > 0) {
        done.setWidth(int(qint64(track.width()) * (bar.progress - bar.minimum) / range));
        if (bar.direction == Qt::RightToLeft)
            done.moveRight(track.right());
    } else { // nobody knows how much there is: a quiet bar in the middle, which does not pretend to a share
        done.setWidth(track.width() / 3);
        done.moveCenter(track.center());
    }
    if (done.width() > 0)
        roundedBox(painter, done, bar.palette.color(QPalette::Highlight), QColor(), Thickness / 2.0);
}

/// A thumb on nothing: no arrows, which nobody presses, and no groove.
void scrollThumb(const QStyleOptionSlider &bar, const QRect &thumb, QPainter *painter)
{
    if (bar.minimum == bar.maximum)
        return;
    const bool isHeld =
        bar.state & QStyle::State_Sunken && bar.activeSubControls & QStyle::SC_ScrollBarSlider;
    const bool isHovered = bar.state & QStyle::State_MouseOver;
    const int across = std::min(thumb.width(), thumb.height());
    const int inset = across / (isHeld || isHovered ? 5 : 4);
    const QColor fill = mixed(bar.palette.color(QPalette::Window), bar.palette.color(QPalette::WindowText),
        isHeld          ? 0.6
            : isHovered ? 0.5
                        : 0.35);
    roundedBox(
        painter, QRectF(thumb).adjusted(inset, inset, -inset, -inset), fill, QColor(), across / 2.0 - inset);
}

QRect scrollThumbRect(const QStyleOptionSlider &bar)
{
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar.rect.width() : bar.rect.height();
    const int across = isHorizontal ? bar.rect.height() : bar.rect.width();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    const qint64 share = range > 0 ? length * qint64(bar.pageStep) / (range + bar.pageStep) : length;
    const int thumb = int(std::clamp<qint64>(share, std::min(across * 2, length), length));
    const int start = QStyle::sliderPositionFromValue(
        bar.minimum, bar.maximum, bar.sliderPosition, length - thumb, bar.upsideDown);
    const QPoint corner = bar.rect.topLeft() + (isHorizontal ? QPoint(start, 0) : QPoint(0, start));
    return {corner, isHorizontal ? QSize(thumb, across) : QSize(across, thumb)};
}

/// Icon and text with air between them, in the middle of the button together.
void pictureAndText(const QStyleOptionButton &button, QPainter *painter, const QWidget *widget)
{
    const bool isEnabled = button.state & QStyle::State_Enabled;
    const bool isPrimary = button.features & QStyleOptionButton::DefaultButton && isEnabled;
    const int gap = button.fontMetrics.height() / 3;
    const int textWidth = button.fontMetrics.horizontalAdvance(button.text);
    const QSize picture = button.icon.isNull() ? QSize(0, 0) : button.iconSize;
    const int width = textWidth + (button.icon.isNull() ? 0 : picture.width() + gap);
    QRect box(0, 0, std::min(width, button.rect.width()), button.rect.height());
    box.moveCenter(button.rect.center());
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(button.direction, box, rect); };
    if (!button.icon.isNull()) {
        const QRect place(
            box.left(), box.center().y() - picture.height() / 2, picture.width(), picture.height());
        button.icon.paint(painter, placed(place), Qt::AlignCenter,
            !isEnabled      ? QIcon::Disabled
                : isPrimary ? QIcon::Selected
                            : QIcon::Normal);
    }
    const QPalette::ColorRole role = isPrimary ? QPalette::HighlightedText : QPalette::ButtonText;
    const bool showsMnemonic =
        widget && widget->style()->styleHint(QStyle::SH_UnderlineShortcut, &button, widget);
    widget->style()->drawItemText(painter, placed(box.adjusted(box.width() - textWidth, 0, 0, 0)),
        Qt::AlignCenter | (showsMnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic), button.palette,
        isEnabled, button.text, role);
}

void pictureAndText(const QStyleOptionToolButton &button, QPainter *painter)
{
    const bool isEnabled = button.state & QStyle::State_Enabled;
    const int gap = button.fontMetrics.height() / 3;
    const QRect box = button.rect.adjusted(gap, 0, -gap, 0);
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(button.direction, box, rect); };
    const QSize picture = button.icon.isNull() ? QSize(0, 0) : button.iconSize;
    const QRect place(box.left(), box.center().y() - picture.height() / 2, picture.width(), picture.height());
    button.icon.paint(painter, placed(place), Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    const int taken = button.icon.isNull() ? 0 : picture.width() + gap;
    painter->save();
    painter->setPen(
        button.palette.color(isEnabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    painter->drawText(placed(box.adjusted(taken, 0, 0, 0)),
        int(QStyle::visualAlignment(button.direction, Qt::AlignLeft) | Qt::AlignVCenter
            | Qt::TextHideMnemonic),
        button.text);
    painter->restore();
}

void headerSection(const QStyleOption &section, QPainter *painter)
{
    painter->fillRect(section.rect, section.palette.color(QPalette::Base));
    painter->setPen(hairline(section.palette));
    painter->drawLine(section.rect.bottomLeft(), section.rect.bottomRight());
}

void choice(const QStyleOption &option, QPainter *painter, bool isRound)
{
    const QPalette &palette = option.palette;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isOn = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QRectF box = crisp(option.rect, 1);
    const qreal radius = isRound ? box.width() / 2 : 3;
    const QColor accent = isEnabled ? palette.color(QPalette::Highlight) : palette.color(QPalette::Mid);
    const QColor line =
        mixed(palette.color(QPalette::Active, QPalette::Base), palette.color(QPalette::WindowText), 0.55);
    roundedBox(painter, box, isOn ? accent : palette.color(QPalette::Base), isOn ? accent : line, radius);
    if (!isOn)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isRound) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette.color(QPalette::HighlightedText));
        painter->drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2);
    } else {
        painter->setPen(
            QPen(palette.color(QPalette::HighlightedText), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&box](qreal x, qreal y) {
            return box.topLeft() + QPointF(box.width() * x, box.height() * y);
        };
        painter->drawPolyline(QPolygonF{at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.31)});
    }
    painter->restore();
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("fusion"))
{}

bool Style::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)
        m_isDrivenByKeys = true;
    else if (event->type() == QEvent::MouseButtonPress)
        m_isDrivenByKeys = false;
    return QProxyStyle::eventFilter(watched, event);
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        // As on the web: a ring while somebody uses the keyboard, none around what a mouse has pressed.
        // A tool button asks for one inside its frame, where it would touch the text.
        if (m_isDrivenByKeys)
            ring(painter, qobject_cast<const QToolButton *>(widget) ? widget->rect() : option->rect,
                option->palette);
        return;
    case PE_IndicatorRadioButton:
    case PE_IndicatorCheckBox: choice(*option, painter, element == PE_IndicatorRadioButton); return;
    case PE_Frame:
        if (qobject_cast<const QAbstractScrollArea *>(widget)) {
            roundedBox(painter, crisp(option->rect), QColor(), hairline(option->palette), 2);
            return;
        }
        break;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0) {
            roundedBox(painter, crisp(option->rect), option->palette.color(QPalette::Base),
                hairline(option->palette));
            if (option->state & State_HasFocus)
                ring(painter, option->rect, option->palette);
            return;
        }
        break;
    case PE_PanelButtonTool: {
        const bool isActive =
            option->state & State_Enabled && option->state & (State_MouseOver | State_Sunken | State_On);
        if (isActive) {
            const QColor text = option->palette.color(QPalette::WindowText);
            const double strength = option->state & (State_Sunken | State_On) ? 0.12 : 0.06;
            roundedBox(painter, crisp(option->rect),
                mixed(option->palette.color(QPalette::Window), text, strength), QColor());
        }
        return;
    }
    default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && !(button->features & QStyleOptionButton::HasMenu)) {
            pushButton(*button, painter);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && widget && !(button->features & QStyleOptionButton::HasMenu)) {
            pictureAndText(*button, painter, widget);
            return;
        }
        break;
    case CE_ToolButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
            pictureAndText(*button, painter);
            return;
        }
        break;
    case CE_ProgressBarGroove: return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            progressBar(*bar, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: headerSection(*option, painter); return;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        bar && control == CC_ScrollBar) {
        const QWidget *holder = widget ? widget->parentWidget() : nullptr;
        if (const auto *area =
                holder ? qobject_cast<const QAbstractScrollArea *>(holder->parentWidget()) : nullptr)
            painter->fillRect(
                bar->rect, area->viewport()->palette().color(area->viewport()->backgroundRole()));
        scrollThumb(*bar, scrollThumbRect(*bar), painter);
    } else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || control != CC_ScrollBar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    const QRect thumb = scrollThumbRect(*bar);
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    QRect before = bar->rect;
    QRect after = bar->rect;
    isHorizontal ? before.setRight(thumb.left() - 1) : before.setBottom(thumb.top() - 1);
    isHorizontal ? after.setLeft(thumb.right() + 1) : after.setTop(thumb.bottom() + 1);
    switch (part) {
    case SC_ScrollBarSlider: return visualRect(bar->direction, bar->rect, thumb);
    case SC_ScrollBarGroove: return bar->rect;
    case SC_ScrollBarSubPage: return visualRect(bar->direction, bar->rect, before);
    case SC_ScrollBarAddPage: return visualRect(bar->direction, bar->rect, after);
    default: return {};
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_ButtonDefaultIndicator: return 0;
    case PM_ScrollBarExtent: return lineOf(option) * 3 / 4;
    case PM_ScrollBarSliderMin: return lineOf(option) * 3 / 2;
    case PM_ScrollView_ScrollBarOverlap: return 0;
    case PM_FocusFrameHMargin: // the air beside the text of a table's cell; its header gets as much
    case PM_HeaderMargin: return lineOf(option) * 2 / 5;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return lineOf(option) * 7 / 8;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton) {
        const int line = option ? option->fontMetrics.height() : 16;
        result = result.expandedTo({0, line * 2});
        result.rwidth() += line;
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && !button->icon.isNull())
            result.rwidth() += line / 3;
    }
    if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        button && type == CT_ToolButton && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
        const int gap = option->fontMetrics.height() / 3;
        result = result.expandedTo({0, option->fontMetrics.height() * 4 / 3});
        result.rwidth() = button->fontMetrics.size(Qt::TextHideMnemonic, button->text).width() + gap * 2
            + proxy()->pixelMetric(PM_DefaultFrameWidth, option, widget) * 2
            + (button->icon.isNull() ? 0 : button->iconSize.width() + gap);
    }
    if (type == CT_LineEdit && option)
        result = result.expandedTo({0, option->fontMetrics.height() * 9 / 5});
    return result;
}

} // namespace sconce::ui
