// SPDX-License-Identifier: Apache-2.0
#include "theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// The drawings say currentColor; QSvgRenderer knows no such colour, so the word is replaced before it reads
/// them.
QByteArray drawing(const QString &name, const QColor &colour)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("No icon is called %ls", qUtf16Printable(name));
        return {};
    }
    return file.readAll().replace("currentColor", colour.name().toLatin1());
}

class SymbolicIconEngine final : public QIconEngine {
public:
    SymbolicIconEngine(QString name, std::optional<Tone> tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->drawPixmap(
            rect, scaledPixmap(rect.size(), mode, QIcon::Off, painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QColor tinted = colour(mode);
        const QSize pixels = size * scale;
        const QString key = u"sconce-icon %1 %2 %3x%4@%5"_s.arg(m_name, tinted.name())
                                .arg(pixels.width())
                                .arg(pixels.height())
                                .arg(scale);
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;
        result = QPixmap(pixels);
        result.fill(Qt::transparent);
        QSvgRenderer renderer(drawing(m_name, tinted));
        QPainter painter(&result);
        const int side = qMin(pixels.width(), pixels.height());
        renderer.render(
            &painter, QRectF((pixels.width() - side) / 2.0, (pixels.height() - side) / 2.0, side, side));
        painter.end();
        result.setDevicePixelRatio(scale);
        QPixmapCache::insert(key, result);
        return result;
    }
    QIconEngine *clone() const override { return new SymbolicIconEngine(m_name, m_tone); }
    QString key() const override { return u"sconce-symbolic"_s; }
    bool isNull() override { return false; }

private:
    QColor colour(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::Text);
        if (mode == QIcon::Selected)
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        return m_tone ? ink(*m_tone, palette) : palette.color(QPalette::Active, QPalette::Text);
    }

    QString m_name;
    std::optional<Tone> m_tone;
};

} // namespace

QIcon icon(QLatin1StringView name, std::optional<Tone> tone)
{
    return QIcon(new SymbolicIconEngine(QString(name), tone));
}

} // namespace sconce::ui
