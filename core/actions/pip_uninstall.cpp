// SPDX-License-Identifier: Apache-2.0
#include "actions/pip_uninstall.h"

#include <algorithm>

#include "actions/find_python.h"
#include "actions/words.h"

namespace sconce::actions {

Result<plan::Plan> planUninstall(const QStringList &packages, const QString &python, const QString &folder,
    const Tools &tools, const JobContext &context)
{
    const python::Interpreter interpreter =
        SCONCE_TRY(findEnvironment(python, folder, MayBeOutside::No, tools, context));
    const std::vector<environment::Installed> installed =
        SCONCE_TRY(environment::installedIn(interpreter, context));
    plan::Plan plan{.environmentFolder = interpreter.prefix};
    std::vector<names::PackageName> seen;
    for (const QString &text : packages) {
        const names::PackageName name = SCONCE_TRY(names::PackageName::parse(text));
        if (std::ranges::contains(seen, name))
            continue;
        seen.push_back(name);
        const std::size_t before = plan.operations.size();
        for (const environment::Installed &one : installed) {
            if (one.name == name)
                plan.operations.push_back(plan::removal(one, Words::tr("you asked")));
        }
        if (plan.operations.size() == before)
            plan.warnings.push_back({Words::tr("%1 is not installed").arg(name.text()), name});
    }
    return plan;
}

} // namespace sconce::actions
