// SPDX-License-Identifier: Apache-2.0
#include "input.h"
#include "lock/read.h"
#include "lock/write.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString name = QStringLiteral("uv.lock");
    const auto read = lock::parse(fuzz::bytes(data, size), name);
    if (!read) {
        fuzz::require(read.error().place().has_value(), "an error has a place");
        return 0;
    }
    const QByteArray written = lock::bytes(*read);
    const auto again = lock::parse(written, name);
    fuzz::require(again.has_value(), "what is written can be read");
    fuzz::require(*again == *read, "what is written has the same meaning");
    fuzz::require(lock::bytes(*again) == written, "what is written is written the same again");
    return 0;
}
