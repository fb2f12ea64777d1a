// SPDX-License-Identifier: Apache-2.0
#include "metadata/wheel_name.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = fuzz::text(data, size);
    if (const auto wheel = metadata::WheelName::parse(text))
        fuzz::require(!text.contains(u'/') && !text.contains(u'\\'), "a wheel is a file of its folder");
    const auto name = names::PackageName::parse(text.section(u'-', 0, 0));
    if (name)
        (void)metadata::SdistName::parse(text, *name);
    return 0;
}
