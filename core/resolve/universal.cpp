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

Result<std::variant<UniversalResolution, Conflict>> resolveUniversal(
    const UniversalRequest &request, Supply &supply, const JobContext &context)
{
    StatedSupply stated(request, supply);
    UniversalSolver solver(request, stated);
    if (const auto failure = SCONCE_TRY(solver.solve(context))) {
        Conflict conflict = explain(solver.proof(*failure));
        conflict.where = solver.failedFork();
        return conflict;
    }
    return solver.resolution();
}

} // namespace sconce::resolve
