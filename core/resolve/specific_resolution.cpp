// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "resolve/specific_solver.h"

namespace sconce::resolve {

using names::PackageName;
using pubgrub::Package;
using Kind = VirtualPackage::Kind;

namespace {

QString yankedWarning(const metadata::IndexFile &file)
{
    const QString sentence = QCoreApplication::translate("resolve", "“%1” %2 was yanked by its authors")
                                 .arg(file.package.text(), file.version.text());
    return file.yanked->isEmpty() ? sentence : sentence + QStringLiteral(": ") + *file.yanked;
}

} // namespace

Result<Resolution> SpecificSolver::resolution(const JobContext &context)
{
    std::map<PackageName, ResolvedPackage> found;
    std::map<PackageName, std::set<names::ExtraName>> extras;
    for (const Package package : m_solver.packages()) {
        const VirtualPackage known = m_packages[package];
        const auto decided = m_solver.decision(package);
        if (!decided || known.kind != Kind::Package)
            continue;
        const PackageName &name = m_packages[known.name];
        if (known.hasExtra())
            extras[name].insert(m_packages[known.extra]);
        if (found.contains(name))
            continue;
        const Decision &decision = m_decisions.at({known.name, *decided});
        found.emplace(name,
            ResolvedPackage{.name = name,
                .version = decision.version,
                .index = decision.list ? decision.list->index : metadata::IndexLocation(),
                .file = *decision.file,
                .metadata = SCONCE_TRY(m_supply.metadata(*decision.metadataFile, context))});
    }

    std::map<PackageName, std::set<PackageName>> needs;
    std::map<PackageName, std::set<PackageName>> neededBy;
    m_solver.eachDependency([&](const pubgrub::Incompatibility::Dependency &dependency) {
        const VirtualPackage &from = m_packages[dependency.package];
        const VirtualPackage &to = m_packages[dependency.needed];
        const auto chosen = m_solver.decision(dependency.package);
        if (from.kind != Kind::Package || !to.isReal() || from.name == to.name || !chosen
            || !m_solver.decision(dependency.needed)
            || !m_incompatibilities.ranges.isSubset(*chosen, dependency.versions))
            return;
        needs[m_packages[from.name]].insert(m_packages[to.name]);
        neededBy[m_packages[to.name]].insert(m_packages[from.name]);
    });

    Resolution result;
    for (auto &[name, package] : found) {
        package.extras.assign(extras[name].begin(), extras[name].end());
        package.dependencies.assign(needs[name].begin(), needs[name].end());
        package.neededBy.assign(neededBy[name].begin(), neededBy[name].end());
        for (const Wish &wish : m_request.wishes) {
            if (wish.requirement.name == name && applies(wish.requirement.marker) && !wish.origin.isEmpty())
                package.wishedBy.append(wish.origin);
        }
        package.wishedBy.sort();
        package.wishedBy.removeDuplicates();
        if (package.file.yanked)
            result.warnings.append(yankedWarning(package.file));
        for (const auto &extra : package.extras) {
            if (!std::ranges::contains(package.metadata->providesExtras, extra)) {
                result.warnings.append(
                    QCoreApplication::translate("resolve", "“%1” %2 has no extra named “%3”")
                        .arg(name.text(), package.version.text(), extra.text()));
            }
        }
        result.packages.push_back(std::move(package));
    }
    return result;
}

Proof SpecificSolver::proof(pubgrub::IncompatibilityId failure)
{
    const auto listings = [this](NameId name) {
        return fileOf(name) ? nullptr : m_listings.found(name, pin(name));
    };
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
        .listings = listings,
        .hasAnswered = [this](const QUrl &index) { return m_listings.hasAnswered(index); },
        .wished = wished,
        .preReleases = [this](NameId name) { return m_preReleases.of(m_packages[name]); },
        .tags = m_request.tags,
        .python = m_request.python};
}

} // namespace sconce::resolve
