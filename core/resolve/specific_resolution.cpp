// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "resolve/specific_solver.h"

namespace sconce::resolve {

using names::PackageName;
using pubgrub::Package;
using Kind = VirtualPackage::Kind;

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(resolve)
};

bool isUnboundedBelow(const Wish &wish)
{
    const auto range = versions::VersionSet::of(wish.requirement.specifiers);
    return !wish.file && !range.isEmpty() && range.intervals().front().low.side == versions::Cut::Side::Start;
}

QStringList warningsFor(const ResolvedPackage &package, bool isOld)
{
    QStringList warnings;
    const QString name = package.name.text();
    const QString version = package.version.text();
    if (isOld)
        warnings.append(
            Texts::tr("“%1” is asked for without a lower bound, so its oldest version was chosen").arg(name));
    if (package.file.yanked) {
        warnings.append(package.file.yanked->isEmpty()
                ? Texts::tr("“%1” %2 was yanked by its authors").arg(name, version)
                : Texts::tr("“%1” %2 was yanked by its authors: %3")
                      .arg(name, version, *package.file.yanked));
    }
    for (const auto &extra : package.extras) {
        if (!std::ranges::contains(package.metadata->providesExtras, extra))
            warnings.append(Texts::tr("“%1” %2 has no extra named “%3”").arg(name, version, extra.text()));
    }
    return warnings;
}

} // namespace

Result<std::map<PackageName, ResolvedPackage>> SpecificSolver::chosenPackages(const JobContext &context)
{
    std::map<PackageName, ResolvedPackage> found;
    for (const Package package : m_solver.packages()) {
        const VirtualPackage known = m_packages[package];
        const auto decided = m_solver.decision(package);
        if (!decided || known.kind != Kind::Package)
            continue;
        const PackageName &name = m_packages[known.name];
        auto place = found.find(name);
        if (place == found.end()) {
            const Decision &decision = m_decisions.at({known.name, *decided});
            ResolvedPackage resolved{.name = name, .version = decision.version, .file = *decision.file};
            if (decision.list)
                resolved.index = decision.list->indexOf(*decision.file);
            resolved.metadata = SCONCE_TRY(m_supply.metadata(*decision.metadataFile, context));
            place = found.emplace(name, std::move(resolved)).first;
        }
        if (known.hasExtra())
            place->second.extras.push_back(m_packages[known.extra]);
    }
    return found;
}

void SpecificSolver::connect(std::map<PackageName, ResolvedPackage> &packages) const
{
    m_solver.eachDependency([&](const pubgrub::Incompatibility::Dependency &dependency) {
        const VirtualPackage &from = m_packages[dependency.package];
        const VirtualPackage &to = m_packages[dependency.needed];
        const auto chosen = m_solver.decision(dependency.package);
        const bool isInForce = chosen && m_incompatibilities.ranges.isSubset(*chosen, dependency.versions);
        if (!isInForce || from.kind != Kind::Package || !to.isReal() || from.name == to.name)
            return;
        packages.at(m_packages[from.name]).dependencies.push_back(m_packages[to.name]);
        packages.at(m_packages[to.name]).neededBy.push_back(m_packages[from.name]);
    });
}

Result<Resolution> SpecificSolver::resolution(const JobContext &context)
{
    const auto settle = [](auto &names) {
        std::ranges::sort(names);
        const auto repeated = std::ranges::unique(names);
        names.erase(repeated.begin(), repeated.end());
    };
    auto packages = SCONCE_TRY(chosenPackages(context));
    connect(packages);
    Resolution result;
    for (auto &[name, package] : packages) {
        settle(package.extras);
        settle(package.dependencies);
        settle(package.neededBy);
        bool isOld = m_request.order != Order::Highest && m_wished.contains(name);
        for (const Wish &wish : m_request.wishes) {
            if (wish.requirement.name != name || !applies(wish.requirement.marker))
                continue;
            isOld = isOld && isUnboundedBelow(wish);
            if (!wish.origin.isEmpty())
                package.wishedBy.append(wish.origin);
        }
        settle(package.wishedBy);
        result.warnings += warningsFor(package, isOld);
        result.packages.push_back(std::move(package));
    }
    return result;
}

Proof SpecificSolver::proof(pubgrub::IncompatibilityId failure)
{
    const auto wished = [this](NameId name) {
        QStringList parts;
        for (const Wish &wish : m_request.wishes) {
            if (wish.requirement.name == m_packages[name] && applies(wish.requirement.marker))
                parts.append(wish.requirement.specifiers.text());
        }
        return parts.join(u", ");
    };
    return {.incompatibilities = m_incompatibilities,
        .failure = failure,
        .packages = m_packages,
        .reasons = m_reasons,
        .policy = m_request,
        .listings = [this](
                        NameId name) { return fileOf(name) ? nullptr : m_listings.found(name, pin(name)); },
        .hasAnswered = [this](const QUrl &index) { return m_listings.hasAnswered(index); },
        .wished = wished,
        .preReleases = [this](NameId name) { return m_preReleases.of(m_packages[name]); },
        .tags = &m_request.tags,
        .python = m_request.python.text()};
}

} // namespace sconce::resolve
