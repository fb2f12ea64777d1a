// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/proof.h"

namespace sconce::resolve {

/// One thing that is so, about versions of one package.
struct Fact {
    enum class Kind { Requires, NoVersions, Unusable };
    Kind kind = Kind::Requires;
    pubgrub::Package package;
    versions::VersionSet versions;
    struct Need {
        pubgrub::Package package;
        versions::VersionSet range;
        bool operator==(const Need &) const = default;
    };
    /// Requires: at least one.
    std::vector<Need> needs{};
    /// Unusable.
    Unusable reason{};
};

/// What a conclusion says of one package: chosen in the versions, or not.
struct Statement {
    pubgrub::Package package;
    versions::VersionSet versions;
    bool isChosen = true;
};

/// A step of the proof: a fact, or what follows from two earlier steps.
struct Step {
    std::optional<Fact> fact;
    /// The statements that cannot hold together.
    std::vector<Statement> statements;
    std::size_t first = 0;
    std::size_t second = 0;
    /// In how many steps it is used.
    int uses = 0;
};

/// The proof as steps about packages that a person knows: without stand-ins, and without steps that only
/// concern them. Causes come before what follows from them; the last step is that there is no solution.
std::vector<Step> stepsOf(const Proof &proof);

/// The facts of a proof, each only once; those that say the same of different versions are one.
std::vector<Fact> factsOf(const std::vector<Step> &steps);

/// Facts that say the same of different versions become one, as do needs of the same versions; facts that
/// others already imply go. What the person asked for comes last.
std::vector<Fact> merged(std::vector<Fact> facts);

} // namespace sconce::resolve
