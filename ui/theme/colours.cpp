// SPDX-License-Identifier: Apache-2.0
#include "theme/colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sconce::ui {

namespace {

constexpr double ReadableContrast = 4.5;
constexpr double VisibleContrast = 3.0;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

QColor hueOf(Tone tone, const QPalette &palette)
{
    switch (tone) {
    case Tone::Neutral: // what has nothing to say steps back
        return mixed(palette.color(QPalette::Active, QPalette::Base),
            palette.color(QPalette::Active, QPalette::WindowText), 0.58);
    case Tone::Positive: return QColor(0x2b, 0x8a, 0x3e);
    case Tone::Warning: return QColor(0xb8, 0x6e, 0x00);
    case Tone::Negative: return QColor(0xd6, 0x33, 0x3f);
    case Tone::Info: return QColor(0x2f, 0x6f, 0xd0);
    }
    return {};
}

/// `colour` moved towards the palette's text until it stands out from every ground.
template <std::size_t Count>
QColor readable(
    QColor colour, const QPalette &palette, const std::array<QColor, Count> &grounds, double wanted)
{
    const QColor text = palette.color(QPalette::Active, QPalette::Text);
    const auto worst = [&grounds](const QColor &candidate) {
        return std::ranges::min(
            grounds, {}, [&](const QColor &ground) { return contrast(candidate, ground); });
    };
    for (int step = 0; step < 50 && contrast(colour, worst(colour)) < wanted; ++step)
        colour = mixed(colour, text, 0.06);
    return colour;
}

std::array<QColor, 2> plainGrounds(const QPalette &palette)
{
    return {
        palette.color(QPalette::Active, QPalette::Base), palette.color(QPalette::Active, QPalette::Window)};
}

} // namespace

double contrast(const QColor &left, const QColor &right)
{
    const auto [dark, light] = std::minmax({luminance(left), luminance(right)});
    return (light + 0.05) / (dark + 0.05);
}

QColor mixed(const QColor &under, const QColor &over, double part)
{
    const auto channel = [part](float from, float to) { return float(from + (to - from) * part); };
    return QColor::fromRgbF(channel(under.redF(), over.redF()), channel(under.greenF(), over.greenF()),
        channel(under.blueF(), over.blueF()));
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window))
        < luminance(palette.color(QPalette::Active, QPalette::WindowText));
}

QColor tint(Tone tone, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    return mixed(base, hueOf(tone, palette), tone == Tone::Neutral ? 0.12 : isDark(palette) ? 0.20 : 0.10);
}

QColor edge(Tone tone, const QPalette &palette)
{
    return mixed(palette.color(QPalette::Active, QPalette::Base), hueOf(tone, palette), 0.45);
}

QColor ink(Tone tone, const QPalette &palette)
{
    const auto [base, window] = plainGrounds(palette);
    return readable(
        hueOf(tone, palette), palette, std::array{base, window, tint(tone, palette)}, ReadableContrast);
}

QColor quietText(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::Active, QPalette::Text);
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    return readable(mixed(base, text, 0.58), palette, plainGrounds(palette), ReadableContrast);
}

QColor hairline(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Active, QPalette::Window),
        palette.color(QPalette::Active, QPalette::WindowText), isDark(palette) ? 0.17 : 0.15);
}

QColor focusRing(const QPalette &palette)
{
    return readable(
        palette.color(QPalette::Active, QPalette::Accent), palette, plainGrounds(palette), VisibleContrast);
}

} // namespace sconce::ui
