// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/diagrams.h"

namespace sconce::markers {

/// One comparison of a text, such as sys_platform == 'linux'.
struct Term {
    Variable variable;
    QString text;
    bool operator==(const Term &) const = default;
};
/// Joined by "and".
using Clause = std::vector<Term>;

/// An irredundant list of clauses which, joined by "or", is the function (marker-text.md § 5), unsorted.
std::vector<Clause> clausesOf(Diagrams &diagrams, Ref ref);

/// The variable as PEP 508 names it.
QString nameOf(const Variable &variable);

} // namespace sconce::markers
