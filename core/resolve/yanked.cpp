// SPDX-License-Identifier: Apache-2.0
#include "resolve/yanked.h"

namespace sconce::resolve {

void AllowedYanks::add(const requirements::Requirement &requirement)
{
    using Operator = versions::Specifier::Operator;
    const auto &specifiers = requirement.specifiers.specifiers();
    if (specifiers.size() != 1)
        return;
    const auto &only = specifiers.front();
    if ((only.op == Operator::Equal && !only.isPrefix) || only.op == Operator::Arbitrary)
        add(requirement.name, only.version);
}

} // namespace sconce::resolve
