// SPDX-License-Identifier: Apache-2.0
#include "resolve/specific.h"

#include "resolve/explain.h"
#include "resolve/specific_solver.h"
#include "resolve/stated_supply.h"

namespace sconce::resolve {

Result<std::variant<Resolution, Conflict>> resolveSpecific(
    const SpecificRequest &request, Supply &supply, const JobContext &context)
{
    StatedSupply stated(request, supply);
    SpecificSolver solver(request, stated);
    if (const auto failure = SCONCE_TRY(solver.solve(context)))
        return explain(solver.proof(*failure));
    return SCONCE_TRY(solver.resolution(context));
}

} // namespace sconce::resolve
