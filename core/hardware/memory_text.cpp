// SPDX-License-Identifier: Apache-2.0
#include "hardware/memory_text.h"

#include <QLocale>

namespace sconce::hardware {

QString memoryText(const Fact &memory)
{
    bool isNumber = false;
    const qint64 bytes = memory.value.toLongLong(&isNumber);
    // Whole units: drivers keep some of it back, and a card of 80 GB has 79.6 left.
    return isNumber ? QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat)
                    : memory.value;
}

} // namespace sconce::hardware
