// SPDX-License-Identifier: Apache-2.0
#include "page.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::checkListing(index::readJsonListing(fuzz::bytes(data, size), fuzz::PageAddress));
    return 0;
}
