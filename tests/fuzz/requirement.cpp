// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirement.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto requirement = requirements::Requirement::parse(fuzz::text(data, size)))
        fuzz::require(
            requirements::Requirement::parse(requirement->text()).has_value(), "normal form can be read");
    return 0;
}
