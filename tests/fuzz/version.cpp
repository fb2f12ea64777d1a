// SPDX-License-Identifier: Apache-2.0
#include "versions/version.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto version = versions::Version::parse(fuzz::text(data, size))) {
        fuzz::require(
            versions::Version::parse(version->text()).value() == *version, "normal form is the same version");
        fuzz::require(versions::Version::from(version->parts()) == *version, "parts make the same version");
    }
    return 0;
}
