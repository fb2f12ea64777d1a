// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal.h"

#include "resolve/explain.h"
#include "resolve/stated_supply.h"
#include "resolve/universal_solver.h"

namespace sconce::resolve {

versions::Version UniversalRequest::versionAt(
    const project::RequirementSource &source, const names::PackageName &package) const
{
    const auto member = workspace.members.find(package);
    return member != workspace.members.end() ? member->second.version() : places.at(source).version;
}

namespace {

/// What nobody can have is an answer too, although no proof leads to it.
Conflict refusal(const UniversalSolver::Refused &refused, const Error &error)
{
    const Derivation fact{.kind = Derivation::Kind::Unusable,
        .text = error.summary(),
        .package = refused.package.text(),
        .reason = error.summary()};
    Conflict conflict{.derivation = std::make_shared<Derivation>(fact),
        .sentence = error.summary(),
        .hints = {},
        .where = refused.where};
    for (const QString &hint : error.hints())
        conflict.hints.push_back({.package = refused.package.text(), .text = hint});
    return conflict;
}

} // namespace

Result<std::variant<UniversalResolution, Conflict>> resolveUniversal(
    const UniversalRequest &request, Supply &supply, const JobContext &context)
{
    StatedSupply stated(request, supply);
    UniversalSolver solver(request, stated);
    const auto solved = solver.solve(context);
    if (!solved && solver.refused())
        return refusal(*solver.refused(), solved.error());
    if (!solved)
        return std::unexpected(solved.error());
    if (const auto &failure = *solved) {
        Conflict conflict = explain(solver.proof(*failure));
        conflict.where = solver.failedFork();
        return conflict;
    }
    return solver.resolution();
}

} // namespace sconce::resolve
