// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include <QApplication>
#include <QStyle>
#include <QStyleHints>

#include "theme/colours.h"
#include "theme/style.h"

namespace sconce::ui {

namespace {

struct Colours {
    QRgb window, base, alternate, text, button, accent, link, toolTip;
};
constexpr Colours Light{
    0xfff3f4f7, 0xffffffff, 0xfff8f9fb, 0xff1a1d24, 0xffffffff, 0xff3b5bdb, 0xff2b50cc, 0xff262a33};
constexpr Colours Dark{
    0xff191b20, 0xff22252c, 0xff272b33, 0xffe8eaf0, 0xff2e323b, 0xff4a69e2, 0xff9db4ff, 0xff363b46};

void useOwnPalette()
{
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    QApplication::setPalette(ownPalette(scheme == Qt::ColorScheme::Dark ? scheme : Qt::ColorScheme::Light));
}

bool hasOwnStyle()
{
    return qobject_cast<const Style *>(QApplication::style());
}

} // namespace

QPalette ownPalette(Qt::ColorScheme scheme)
{
    const Colours &colours = scheme == Qt::ColorScheme::Dark ? Dark : Light;
    const QColor text(colours.text);
    const QColor window(colours.window);
    const QColor accent(colours.accent);
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, QColor(colours.base));
    palette.setColor(QPalette::AlternateBase, QColor(colours.alternate));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, QColor(colours.button));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Light, mixed(window, Qt::white, 0.5));
    palette.setColor(QPalette::Midlight, mixed(window, text, 0.06));
    palette.setColor(QPalette::Mid, mixed(window, text, 0.2));
    palette.setColor(QPalette::Dark, mixed(window, text, 0.4));
    palette.setColor(QPalette::Shadow, Qt::black);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::Accent, accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(colours.link));
    palette.setColor(QPalette::LinkVisited, QColor(colours.link));
    palette.setColor(QPalette::ToolTipBase, QColor(colours.toolTip));
    palette.setColor(QPalette::ToolTipText, QColor(0xfff3f4f7));
    palette.setColor(QPalette::PlaceholderText, quietText(palette));
    const QColor faint = mixed(window, text, 0.45);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(window, text, 0.25));
    return palette;
}

void installTheme()
{
    if (QApplication::style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0)
        return;
    auto *style = new Style;
    QApplication::setStyle(style);
    qApp->installEventFilter(style);
    useOwnPalette();
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, qApp, &useOwnPalette);
}

void setColorScheme(Qt::ColorScheme scheme)
{
    QGuiApplication::styleHints()->setColorScheme(scheme);
    // Platforms without a theme of their own (offscreen, plain X11) do not take the wish over.
    if (hasOwnStyle() && scheme != Qt::ColorScheme::Unknown)
        QApplication::setPalette(ownPalette(scheme));
}

} // namespace sconce::ui
