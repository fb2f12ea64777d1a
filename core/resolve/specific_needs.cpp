// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "base/safe_url.h"
#include "resolve/read_metadata.h"
#include "resolve/specific_solver.h"

namespace sconce::resolve {

using pubgrub::Package;
using pubgrub::Range;
using versions::VersionSet;
using Kind = VirtualPackage::Kind;

namespace {

Error badInput(const QString &sentence)
{
    return {ErrorKind::BadInput, sentence};
}

} // namespace

/// The index or file that a need names; every need for the package has to agree on it.
Result<> SpecificSolver::takeSource(NameId package, const Need &need)
{
    const QString name = need.requirement.name.text();
    if (need.index) {
        const auto [place, isNew] = m_pins.try_emplace(package, *need.index);
        if (!isNew && place->second.url != need.index->url) {
            return std::unexpected(
                badInput(QCoreApplication::translate("resolve", "“%1” is to come from two indexes: %2 and %3")
                        .arg(name, safeText(place->second.url), safeText(need.index->url))));
        }
        if (isNew)
            std::erase_if(m_candidates, [&](const auto &known) { return known.first.first == package; });
    }
    if (need.file) {
        const auto [place, isNew] = m_files.try_emplace(package, need.file);
        if (!isNew && place->second->address != need.file->address) {
            return std::unexpected(badInput(
                QCoreApplication::translate("resolve", "“%1” is asked for at two addresses: %2 and %3")
                    .arg(name, safeText(place->second->url()), safeText(need.file->url()))));
        }
    }
    if (need.requirement.url && (!fileOf(package) || fileOf(package)->url() != *need.requirement.url)) {
        return std::unexpected(
            badInput(QCoreApplication::translate("resolve",
                         "“%1” is needed from an address of its own, %2, which you did not ask for")
                         .arg(name, safeText(*need.requirement.url)))
                .hint(QCoreApplication::translate("resolve", "Add “%1 @ %2” to your requirements")
                        .arg(name, safeText(*need.requirement.url))));
    }
    return {};
}

/// Tells the priorities, the supply and the solver of a package that will be needed.
void SpecificSolver::announce(Package package, Range range)
{
    const VirtualPackage known = m_packages[package];
    auto theClass = Priorities::Class::Unspecified;
    if (fileOf(known.name))
        theClass = Priorities::Class::Url;
    else if (m_incompatibilities.ranges[range].singleton())
        theClass = Priorities::Class::Singleton;
    m_priorities.see(package, theClass);
    if (!fileOf(known.name))
        m_listings.expect(known.name, pin(known.name));
    if (!known.needsBase())
        return;
    // § 6: the proxy in a range needs the package in the same range, so the package is known before the proxy
    // is decided.
    const Package base = m_packages.base(known.name);
    m_priorities.see(base, theClass);
    m_solver.addDependency({package, range, base, range});
}

/// § 6: one package for each extra; else the package itself, by a stand-in where a marker stands at it.
Result<SpecificSolver::Dependencies> SpecificSolver::dependenciesOf(const std::vector<Need> &needs)
{
    Dependencies result;
    for (const Need &need : needs) {
        const auto &requirement = need.requirement;
        const NameId name = m_packages.name(requirement.name);
        SCONCE_TRY(takeSource(name, need));
        const Range range = m_incompatibilities.ranges.intern(VersionSet::of(requirement.specifiers));
        const auto add = [&](const VirtualPackage &package) {
            result.push_back({m_packages.intern(package), range});
        };
        for (const auto &extra : requirement.extras)
            add({.kind = Kind::Extra,
                .name = name,
                .extra = m_packages.name(extra),
                .marker = requirement.marker});
        if (requirement.extras.empty())
            add({.kind = requirement.marker.isAlways() ? Kind::Package : Kind::Marker,
                .name = name,
                .marker = requirement.marker});
    }
    for (const auto &[package, range] : result)
        announce(package, range);
    return result;
}

Result<> SpecificSolver::addWishes()
{
    std::vector<Need> wishes;
    for (const Wish &wish : m_request.wishes) {
        const auto file = wish.file ? std::make_shared<const metadata::IndexFile>(*wish.file) : nullptr;
        wishes.push_back({wish.requirement, wish.index, file});
    }
    auto needs = m_needRules.ofWishes(wishes);
    std::erase_if(needs, [this](const Need &need) { return !applies(need.requirement.marker); });
    const Dependencies dependencies = SCONCE_TRY(dependenciesOf(needs));
    const versions::Version only;
    addVersion(Packages::Root, only, VersionSet::exactly(only), dependencies);
    return {};
}

Result<> SpecificSolver::addProxy(Package package, const Decision &decision)
{
    const VirtualPackage proxy = m_packages[package];
    const Range exact = m_incompatibilities.ranges.exactly(decision.version);
    Dependencies dependencies;
    for (const auto &marker : {markers::Marker(), proxy.marker}) {
        dependencies.push_back({m_packages.intern({.name = proxy.name, .marker = marker}), exact});
        if (proxy.hasExtra())
            dependencies.push_back(
                {m_packages.intern({.name = proxy.name, .extra = proxy.extra, .marker = marker}), exact});
        if (proxy.marker.isAlways())
            break;
    }
    for (const auto &[needed, range] : dependencies)
        announce(needed, range);
    addVersion(package, decision.version, widened(proxy.name, decision.version), dependencies);
    return {};
}

Result<> SpecificSolver::addPackage(Package package, const Decision &decision, const JobContext &context)
{
    const VirtualPackage known = m_packages[package];
    const VersionSet versions = widened(known.name, decision.version);
    if (m_request.dependencies == resolve::Dependencies::Ignore) {
        addVersion(package, decision.version, versions, {});
        return {};
    }
    const auto metadata = SCONCE_TRY(metadataFor(package, decision, context));
    if (!metadata)
        return {};
    if (!decision.file->requiresPython && !acceptsPython((*metadata)->requiresPython)) {
        demandPython(package, decision.version, *(*metadata)->requiresPython);
        return {};
    }
    const auto extra = known.hasExtra() ? std::optional(m_packages[known.extra]) : std::nullopt;
    auto needs = m_needRules.of({(*metadata)->name, (*metadata)->version}, needsOf(**metadata), extra);
    std::erase_if(needs, [this](const Need &need) { return !applies(need.requirement.marker); });
    for (const Need &need : needs) {
        if (auto reason = whyImpossible(need)) {
            reject(package, versions, *std::move(reason));
            return {};
        }
    }
    Dependencies dependencies = SCONCE_TRY(dependenciesOf(needs));
    if (const auto system = known.hasExtra() ? std::nullopt : systemDependency(decision)) {
        // The names come from the table of torch backends, so they are valid.
        const NameId name = m_packages.name(names::PackageName::parse(system->system).value());
        const Package needed = m_packages.intern({.kind = Kind::System, .name = name});
        m_priorities.see(needed, Priorities::Class::Root);
        dependencies.push_back({needed, m_incompatibilities.ranges.exactly(system->version)});
    }
    addVersion(package, decision.version, versions, dependencies);
    return {};
}

std::optional<torch::SystemDependency> SpecificSolver::systemDependency(const Decision &decision) const
{
    if (!m_request.systemRule || !decision.list || !torch::hasSystemDependency(decision.file->package))
        return {};
    const torch::Backend *backend = decision.list->backend;
    return torch::systemDependency(backend ? backend->url() : decision.list->index.url);
}

Result<std::optional<SpecificSolver::Metadata>> SpecificSolver::metadataFor(
    Package package, const Decision &decision, const JobContext &context)
{
    auto metadata = SCONCE_TRY(readMetadata(m_supply, *decision.metadataFile, context));
    if (auto *known = std::get_if<Metadata>(&metadata))
        return std::optional(std::move(*known));
    reject(package, widened(m_packages[package].name, decision.version), std::get<Unusable>(metadata));
    return std::nullopt;
}

} // namespace sconce::resolve
