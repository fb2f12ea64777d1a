// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace sconce::ui {

/// Fusion with quieter frames: flat buttons, one clear focus ring, thin progress bars. Draws with palette
/// roles only.
class Style final : public QProxyStyle {
    Q_OBJECT
public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
        const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *data) const override;
    /// Watches the application: whether a key or the mouse was used last.
    bool eventFilter(QObject *watched, QEvent *event) override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget) const override;

private:
    bool m_isDrivenByKeys = false;
};

} // namespace sconce::ui
