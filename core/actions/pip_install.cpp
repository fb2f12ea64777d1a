// SPDX-License-Identifier: Apache-2.0
#include "actions/pip_install.h"

#include <algorithm>

#include "actions/find_python.h"
#include "actions/plan_changes.h"
#include "actions/satisfied.h"

namespace sconce::actions {

namespace {

Result<std::vector<names::PackageName>> parseNames(const QStringList &texts)
{
    std::vector<names::PackageName> parsed;
    for (const QString &text : texts)
        parsed.push_back(SCONCE_TRY(names::PackageName::parse(text)));
    return parsed;
}

} // namespace

Result<std::variant<plan::Plan, resolve::Conflict>> planInstall(
    const InstallRequest &request, const Tools &tools, const JobContext &context)
{
    const python::Interpreter interpreter =
        SCONCE_TRY(findEnvironment(request.python, request.sources.folder, MayBeOutside::No, tools, context));
    const RequirementSet set = SCONCE_TRY(RequirementSet::read(request.sources, tools, context));
    const std::vector<names::PackageName> upgraded = SCONCE_TRY(parseNames(request.upgradePackages));
    const plan::Reinstall reinstall{request.isReinstall, SCONCE_TRY(parseNames(request.reinstallPackages))};
    const std::vector<environment::Installed> installed =
        SCONCE_TRY(environment::installedIn(interpreter, context));

    PreparedRequest prepared = SCONCE_TRY(set.request(request.options, interpreter, tools));
    resolve::SpecificRequest &wanted = prepared.request;
    const bool mayStay =
        !request.isUpgrade && upgraded.empty() && !reinstall.isEverything && reinstall.packages.empty();
    if (mayStay && isSatisfied(wanted, installed)) {
        plan::Plan nothing{.environmentFolder = interpreter.prefix};
        for (const environment::Installed &one : installed)
            nothing.unchanged.push_back(one.name);
        return nothing;
    }
    SCONCE_TRY(chooseBackends(prepared, tools, context));
    Present present{.installed = installed, .offered = {}};
    for (const environment::Installed &one : installed) {
        if (reinstall.isEverything || std::ranges::contains(reinstall.packages, one.name))
            continue;
        // An upgrade compares what is installed with what the indexes have; otherwise it comes first.
        present.offered.push_back(one);
        if (!request.isUpgrade && !std::ranges::contains(upgraded, one.name))
            wanted.preferences.emplace(one.name, one.version);
    }
    auto answer =
        SCONCE_TRY(planChanges(prepared, present, plan::Extraneous::Keep, reinstall, tools, context));
    if (auto *plan = std::get_if<plan::Plan>(&answer)) {
        SCONCE_TRY(set.checkHashes({plan->wanted, {}}));
        plan->environmentFolder = interpreter.prefix;
    }
    return answer;
}

} // namespace sconce::actions
