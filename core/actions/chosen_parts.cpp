// SPDX-License-Identifier: Apache-2.0
#include "actions/chosen_parts.h"

#include <algorithm>
#include <set>

#include "actions/words.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

using Names = std::set<names::Name>;

/// What the demand's projects have.
struct Available {
    Names extras;
    Names groups;

    static Available of(const lock::Lock &lock, const lock::Demand &demand)
    {
        Available available;
        for (const auto &[group, requirements] : lock.manifest.dependencyGroups)
            available.groups.insert(group);
        for (const std::size_t root : lock.roots()) {
            const lock::Package &package = lock.packages[root];
            if (!std::ranges::contains(demand.projects, package.name))
                continue;
            available.extras.insert(
                package.metadata.providesExtras.begin(), package.metadata.providesExtras.end());
            for (const auto &[extra, edges] : package.optionalDependencies)
                available.extras.insert(extra);
            for (const auto &[group, requirements] : package.metadata.requiresDev)
                available.groups.insert(group);
            for (const auto &[group, edges] : package.groupDependencies)
                available.groups.insert(group);
        }
        return available;
    }
};

Result<Names> parsed(const QStringList &texts)
{
    Names names;
    for (const QString &text : texts)
        names.insert(SCONCE_TRY(names::Name::parse(text)));
    return names;
}

Result<> checkKnown(const Names &names, const Names &known, const QString &sentence)
{
    for (const names::Name &name : names) {
        if (!known.contains(name))
            return std::unexpected(Error(ErrorKind::NotFound, sentence.arg(name.text())));
    }
    return {};
}

/// "“--only-dev” and “--no-dev” exclude each other"
Result<> checkWords(const ChosenParts &parts)
{
    const bool isOnly = parts.isOnlyDev || !parts.onlyGroups.isEmpty();
    const QString only = parts.isOnlyDev ? u"--only-dev"_s : u"--only-group"_s;
    const std::initializer_list<std::tuple<bool, QString, QString>> exclusions{
        {parts.isOnlyDev && parts.isNoDev, u"--only-dev"_s, u"--no-dev"_s},
        {isOnly && !parts.groups.isEmpty(), only, u"--group"_s},
        {isOnly && parts.areAllGroups, only, u"--all-groups"_s},
        {isOnly && parts.isDev, only, u"--dev"_s},
        {isOnly && !parts.extras.isEmpty(), only, u"--extra"_s},
        {isOnly && parts.areAllExtras, only, u"--all-extras"_s},
        {parts.areAllExtras && !parts.extras.isEmpty(), u"--all-extras"_s, u"--extra"_s},
    };
    for (const auto &[isGiven, one, other] : exclusions) {
        if (isGiven)
            return std::unexpected(
                Error(ErrorKind::BadInput, Words::tr("“%1” and “%2” exclude each other").arg(one, other)));
    }
    return {};
}

/// Those of default-groups. Where nothing is declared that is dev, which not every project has.
Names defaultGroups(const project::Project &project, const Available &available)
{
    const std::vector<names::GroupName> &groups = project.uv.defaultGroups;
    Names names(groups.begin(), groups.end());
    if (!project.uv.declaredDefaultGroups)
        std::erase_if(names, [&](const names::Name &name) { return !available.groups.contains(name); });
    return names;
}

} // namespace

Result<> setParts(
    lock::Demand &demand, const ChosenParts &parts, const lock::Lock &lock, const project::Project &project)
{
    SCONCE_TRY(checkWords(parts));
    const Available available = Available::of(lock, demand);
    const names::Name dev = SCONCE_TRY(names::Name::parse(u"dev"_s));
    Names extras = SCONCE_TRY(parsed(parts.extras));
    const Names excludedExtras = SCONCE_TRY(parsed(parts.excludedExtras));
    Names groups = SCONCE_TRY(parsed(parts.groups + parts.onlyGroups));
    Names excludedGroups = SCONCE_TRY(parsed(parts.excludedGroups));
    SCONCE_TRY(checkKnown(excludedExtras, available.extras, Words::tr("The project has no extra “%1”")));
    SCONCE_TRY(checkKnown(excludedGroups, available.groups, Words::tr("The project has no group “%1”")));

    const bool isOnly = parts.isOnlyDev || !parts.onlyGroups.isEmpty();
    if (parts.areAllExtras)
        extras = available.extras;
    if (parts.areAllGroups)
        groups.insert(available.groups.begin(), available.groups.end());
    if ((parts.isDev || parts.isOnlyDev) && available.groups.contains(dev))
        groups.insert(dev);
    if (!isOnly && !parts.isWithoutDefaults)
        groups.merge(defaultGroups(project, available));
    if (parts.isNoDev)
        excludedGroups.insert(dev);

    demand.parts = isOnly ? lock::Demand::Parts::OnlyGroups : lock::Demand::Parts::Everything;
    std::ranges::set_difference(extras, excludedExtras, std::back_inserter(demand.extras));
    std::ranges::set_difference(groups, excludedGroups, std::back_inserter(demand.groups));
    return {};
}

} // namespace sconce::actions
