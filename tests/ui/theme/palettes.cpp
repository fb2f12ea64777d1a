// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QImage>
#include <QTest>

#include "theme/colours.h"
#include "theme/icons.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

class PalettesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownPalettesCanBeRead_data();
    void ownPalettesCanBeRead();
    void everyDrawingDrawsInTheTextColour();
};

void PalettesTest::ownPalettesCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<QPalette::ColorRole>("over");
    QTest::addColumn<QPalette::ColorRole>("under");
    const std::pair<const char *, QPalette> palettes[] = {
        {"light", ownPalette(Qt::ColorScheme::Light)}, {"dark", ownPalette(Qt::ColorScheme::Dark)}};
    using enum QPalette::ColorRole;
    const std::tuple<const char *, QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {"buttons", ButtonText, Button}, {"the primary button and selected rows", HighlightedText, Highlight},
        {"tool tips", ToolTipText, ToolTipBase}, {"links", Link, Base}, {"links beside cards", Link, Window},
        {"placeholders", PlaceholderText, Base}, {"striped rows", Text, AlternateBase}};
    for (const auto &[name, palette] : palettes) {
        for (const auto &[what, over, under] : pairs)
            QTest::addRow("%s: %s", name, what) << palette << over << under;
    }
}

void PalettesTest::ownPalettesCanBeRead()
{
    QFETCH(QPalette, palette);
    QFETCH(QPalette::ColorRole, over);
    QFETCH(QPalette::ColorRole, under);
    const double found =
        contrast(palette.color(QPalette::Active, over), palette.color(QPalette::Active, under));
    QVERIFY2(found >= 4.5, qPrintable(QString::number(found)));
}

void PalettesTest::everyDrawingDrawsInTheTextColour()
{
    int drawings = 0;
    for (QDirIterator files(u":/icons"_s, {u"*.svg"_s}); files.hasNext();) {
        const QString name = files.nextFileInfo().completeBaseName();
        if (name == "sconce"_L1)
            continue; // the mark has colours of its own
        ++drawings;
        const QImage image =
            icon(QLatin1StringView(name.toLatin1()), Tone::Negative).pixmap(32, 32).toImage();
        const QRgb wanted = ink(Tone::Negative, QGuiApplication::palette()).rgb();
        bool isDrawn = false;
        for (int y = 0; y < image.height() && !isDrawn; ++y) {
            for (int x = 0; x < image.width() && !isDrawn; ++x)
                isDrawn = image.pixel(x, y) == wanted;
        }
        QVERIFY2(isDrawn, qPrintable(name));
    }
    QVERIFY(drawings > 20);
}

} // namespace sconce::ui

QTEST_MAIN(sconce::ui::PalettesTest)
#include "palettes.moc"
