// SPDX-License-Identifier: Apache-2.0
#include "actions/pip_list.h"

#include <map>

#include "actions/find_python.h"
#include "actions/words.h"

namespace sconce::actions {

namespace {

using Packages = std::multimap<names::PackageName, const environment::Installed *>;

void checkNeeds(QStringList &problems, const environment::Installed &installed, const PackageList &list,
    const Packages &byName)
{
    const Result<metadata::CoreMetadata> metadata = environment::metadataOf(installed);
    if (!metadata) {
        problems.append(Words::tr("%1: %2").arg(installed.name.text(), metadata.error().summary()));
        return;
    }
    const QString name = installed.name.text();
    const versions::Version python = list.interpreter.version();
    if (metadata->requiresPython && !metadata->requiresPython->contains(python.releaseOnly()))
        problems.append(Words::tr("%1 needs Python %2, and this is Python %3")
                .arg(name, metadata->requiresPython->text(), python.text()));
    for (const requirements::Requirement &requirement : metadata->requiresDist) {
        if (!requirement.marker.evaluate(list.interpreter.environment))
            continue;
        const auto found = byName.find(requirement.name);
        const QString wanted = requirement.name.text() + requirement.specifiers.text();
        if (found == byName.end())
            problems.append(Words::tr("%1 needs %2, which is not installed").arg(name, wanted));
        else if (!requirement.specifiers.contains(found->second->version))
            problems.append(Words::tr("%1 needs %2, and %3 is installed")
                    .arg(name, wanted, found->second->version.text()));
    }
}

} // namespace

Result<PackageList> pipList(
    const QString &python, const QString &folder, const Tools &tools, const JobContext &context)
{
    PackageList list{
        .interpreter = SCONCE_TRY(findEnvironment(python, folder, MayBeOutside::Yes, tools, context)),
        .packages = {}};
    list.packages = SCONCE_TRY(environment::installedIn(list.interpreter, context));
    return list;
}

Result<PackageCheck> pipCheck(
    const QString &python, const QString &folder, const Tools &tools, const JobContext &context)
{
    const PackageList list = SCONCE_TRY(pipList(python, folder, tools, context));
    PackageCheck check{.packages = list.packages.size(), .problems = {}};
    Packages byName;
    for (const environment::Installed &installed : list.packages)
        byName.emplace(installed.name, &installed);
    for (const environment::Installed &installed : list.packages) {
        SCONCE_TRY(context.goOn());
        if (byName.count(installed.name) > 1 && byName.find(installed.name)->second == &installed)
            check.problems.append(Words::tr("%1 is installed more than once").arg(installed.name.text()));
        checkNeeds(check.problems, installed, list, byName);
    }
    return check;
}

} // namespace sconce::actions
