// SPDX-License-Identifier: Apache-2.0
#include "theme/style.h"

#include <algorithm>

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

#include "theme/colours.h"

namespace sconce::ui {

namespace {

constexpr qreal Radius = 5;

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

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect: ring(painter, option->rect, option->palette); return;
    case PE_IndicatorRadioButton:
    case PE_IndicatorCheckBox: choice(*option, painter, element == PE_IndicatorRadioButton); return;
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
            button && button->features & QStyleOptionButton::DefaultButton && button->state & State_Enabled) {
            QStyleOptionButton onAccent = *button;
            onAccent.palette.setColor(QPalette::ButtonText, button->palette.color(QPalette::HighlightedText));
            QProxyStyle::drawControl(element, &onAccent, painter, widget);
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

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_ButtonDefaultIndicator: return 0;
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
        result.rwidth() += line / 2;
    }
    if (type == CT_LineEdit && option)
        result = result.expandedTo({0, option->fontMetrics.height() * 9 / 5});
    return result;
}

} // namespace sconce::ui
