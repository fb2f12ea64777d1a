// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "hardware/evidence.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class PciTableCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsFamilies_data();
    void knowsFamilies();
};

void PciTableCheck::knowsFamilies_data()
{
    QTest::addColumn<quint16>("vendor");
    QTest::addColumn<quint16>("device");
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *title, int vendor, int device, const char16_t *architecture,
                         const char16_t *name) {
        QTest::newRow(title) << quint16(vendor) << quint16(device) << QString(architecture) << QString(name);
    };
    row("a named card", 0x10de, 0x2684, u"8.9", u"GeForce RTX 4090");
    row("P100 among Maxwell numbers", 0x10de, 0x15f8, u"6.0", u"");
    row("V100 after Pascal", 0x10de, 0x1db6, u"7.0", u"");
    row("GTX 1660 among Ampere numbers", 0x10de, 0x2184, u"7.5", u"GeForce GTX 1660");
    row("A100, not GA10x", 0x10de, 0x20f1, u"8.0", u"");
    row("H200 between two spans of 8.6", 0x10de, 0x2335, u"9.0", u"H200 SXM 141GB");
    row("a card of before", 0x10de, 0x0640, u"", u"");
    row("Navi 33 among Navi 23", 0x1002, 0x73f0, u"gfx1102", u"");
    row("Navi 23", 0x1002, 0x73ff, u"gfx1032", u"Radeon RX 6600");
    row("Ponte Vecchio inside Haswell's span", 0x8086, 0x0bd6, u"Ponte Vecchio", u"");
    row("Haswell", 0x8086, 0x0412, u"Haswell", u"");
    row("Arrow Lake among Meteor Lake", 0x8086, 0x7d51, u"Arrow Lake", u"Arc 140T");
    row("Meteor Lake", 0x8086, 0x7d45, u"Meteor Lake", u"");
    row("the number of another vendor", 0x8086, 0x2684, u"", u"");
}

void PciTableCheck::knowsFamilies()
{
    QFETCH(const quint16, vendor);
    QFETCH(const quint16, device);
    QTEST(hardware::knownArchitecture(vendor, device), "architecture");
    QTEST(hardware::knownName(vendor, device), "name");
}

QTEST_GUILESS_MAIN(PciTableCheck)
#include "pci_table.moc"
