// SPDX-License-Identifier: Apache-2.0
#include "theme/colours.h"

#include <QTest>

#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows where the keyboard is.
constexpr double Readable = 4.5;
constexpr double Visible = 3.0;

constexpr Tone Tones[] = {Tone::Neutral, Tone::Positive, Tone::Warning, Tone::Negative, Tone::Info};

} // namespace

class ColoursTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastIsTheOneOfTheStandard_data();
    void contrastIsTheOneOfTheStandard();
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();
};

void ColoursTest::contrastIsTheOneOfTheStandard_data()
{
    QTest::addColumn<QColor>("left");
    QTest::addColumn<QColor>("right");
    QTest::addColumn<double>("expected");
    QTest::newRow("black on white") << QColor(Qt::black) << QColor(Qt::white) << 21.0;
    QTest::newRow("the other way round") << QColor(Qt::white) << QColor(Qt::black) << 21.0;
    QTest::newRow("the same twice") << QColor(0x3b, 0x5b, 0xdb) << QColor(0x3b, 0x5b, 0xdb) << 1.0;
    QTest::newRow("the lightest grey that passes") << QColor(0x76, 0x76, 0x76) << QColor(Qt::white) << 4.54;
    QTest::newRow("the next one, which fails") << QColor(0x77, 0x77, 0x77) << QColor(Qt::white) << 4.48;
    QTest::newRow("red on white") << QColor(0xff, 0, 0) << QColor(Qt::white) << 4.0;
}

void ColoursTest::contrastIsTheOneOfTheStandard()
{
    QFETCH(QColor, left);
    QFETCH(QColor, right);
    QFETCH(double, expected);
    const double found = contrast(left, right);
    QVERIFY2(std::abs(found - expected) < 0.01, qPrintable(QString::number(found)));
}

void ColoursTest::everyTextCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << ownPalette(Qt::ColorScheme::Light);
    QTest::newRow("dark") << ownPalette(Qt::ColorScheme::Dark);
    // Desktops bring palettes of their own, and people choose odd ones.
    QTest::newRow("plain grey") << QPalette(QColor(0xc0, 0xc0, 0xc0));
    QTest::newRow("yellow on black") << [] {
        QPalette palette(Qt::black);
        for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
            palette.setColor(role, Qt::yellow);
        palette.setColor(QPalette::Base, Qt::black);
        return palette;
    }();
}

void ColoursTest::everyTextCanBeRead()
{
    QFETCH(QPalette, palette);
    const auto colour = [&palette](
                            QPalette::ColorRole role) { return palette.color(QPalette::Active, role); };
    const QColor base = colour(QPalette::Base);
    const QColor window = colour(QPalette::Window);
    const auto verify = [](const QColor &over, const QColor &under, double wanted, const QString &what) {
        const double found = contrast(over, under);
        QVERIFY2(found >= wanted,
            qPrintable(u"%1: %2 on %3 is %4"_s.arg(what, over.name(), under.name()).arg(found)));
    };
    for (const QColor &ground : {base, window}) {
        verify(colour(QPalette::Text), ground, Readable, u"text"_s);
        verify(quietText(palette), ground, Readable, u"quiet text"_s);
        verify(focusRing(palette), ground, Visible, u"focus ring"_s);
    }
    for (const Tone tone : Tones) {
        const QString name = u"tone %1"_s.arg(int(tone));
        for (const QColor &ground : {base, window, tint(tone, palette)})
            verify(ink(tone, palette), ground, Readable, name);
        verify(colour(QPalette::Text), tint(tone, palette), Readable, name + u", plain text"_s);
    }
}

} // namespace sconce::ui

QTEST_MAIN(sconce::ui::ColoursTest)
#include "colours.moc"
