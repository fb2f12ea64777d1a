// SPDX-License-Identifier: Apache-2.0
#include "input.h"
#include "versions/version_set.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto specifiers = versions::SpecifierSet::parse(fuzz::text(data, size))) {
        fuzz::require(versions::SpecifierSet::parse(specifiers->text()).value() == *specifiers,
            "text has the same meaning");
        const auto set = versions::VersionSet::of(*specifiers);
        fuzz::require(set.complement().complement() == set, "the complement of the complement is the set");
        for (const auto &specifier : specifiers->specifiers())
            fuzz::require(set.contains(specifier.version) == specifiers->contains(specifier.version),
                "the set is the specifiers");
    }
    return 0;
}
