// SPDX-License-Identifier: Apache-2.0
#include "metadata/record.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto rows = metadata::parseRecord(fuzz::bytes(data, size)))
        fuzz::require(metadata::parseRecord(metadata::writeRecord(*rows)).value().size() == rows->size(),
            "what is written can be read");
    return 0;
}
