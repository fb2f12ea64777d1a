// SPDX-License-Identifier: Apache-2.0
#include "metadata/core_metadata.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto metadata = metadata::CoreMetadata::parse(fuzz::bytes(data, size)))
        fuzz::require(!metadata->name.text().isEmpty(), "there is a name");
    return 0;
}
