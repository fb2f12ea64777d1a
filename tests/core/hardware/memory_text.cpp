// SPDX-License-Identifier: Apache-2.0
#include "hardware/memory_text.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace sconce;

class MemoryTextCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheVendorSays_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("RTX 3060, 12288 MiB") << u"12884901888"_s << u"12 GB"_s;
        QTest::newRow("RTX 4090, 24564 MiB") << u"25757220864"_s << u"24 GB"_s;
        QTest::newRow("H100, 81559 MiB") << u"85520809984"_s << u"80 GB"_s;
        QTest::newRow("RX 7900 XTX") << u"25753026560"_s << u"24 GB"_s;
        QTest::newRow("less than one") << u"536870912"_s << u"512 MB"_s;
        QTest::newRow("no number") << u"[N/A]"_s << u"[N/A]"_s;
    }
    void saysWhatTheVendorSays()
    {
        QFETCH(QString, value);
        QLocale::setDefault(QLocale::c());
        QTEST(hardware::memoryText({value, u"here"_s}), "text");
    }
};

QTEST_GUILESS_MAIN(MemoryTextCheck)
#include "memory_text.moc"
