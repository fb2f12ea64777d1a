// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "base/safe_url.h"
#include "base/text.h"
#include "resolve/universal_solver.h"

/// Where packages come from, and what the solver is told of them.
namespace sconce::resolve {

using project::Item;
using project::RequirementSource;
using pubgrub::Package;
using pubgrub::Solver;
using versions::Version;

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(resolve)
};

QString shown(const QString &location)
{
    return location.contains(u"://") ? safeText(QUrl(location)) : location;
}

} // namespace

const metadata::IndexLocation *UniversalSolver::location(const QString &address)
{
    const auto [place, isNew] = m_locations.try_emplace(address);
    if (isNew)
        place->second = m_request.location(address);
    return &place->second;
}

std::unexpected<Error> UniversalSolver::refuse(const ForkState &state, NameId package, Error error)
{
    m_refused = {m_packages[package], state.fork.full()};
    return std::unexpected(std::move(error));
}

Error UniversalSolver::withAskers(const ForkState &state, NameId package, Error error) const
{
    QStringList askers;
    for (std::uint32_t i = 0; i < m_incompatibilities.size(); ++i) {
        const auto &known = m_incompatibilities[pubgrub::IncompatibilityId(i)];
        if (known.kind != pubgrub::Incompatibility::Kind::Dependency
            || m_packages[known.dependency.needed].name != package)
            continue;
        const VirtualPackage &asker = m_packages[known.dependency.package];
        if (asker.kind == VirtualPackage::Kind::Package && asker.name != package
            && state.solver.decision(known.dependency.package))
            askers.append(u'“' + m_packages[asker.name].text() + u'”');
    }
    askers.removeDuplicates();
    if (askers.isEmpty())
        return error;
    return std::move(error).during(Texts::tr("Reading what “%1” needs, which is asked for by %2")
            .arg(m_packages[package].text(), listText(askers)));
}

/// A package comes from one place in a fork (§ 2.2), or from one index (§ 3.4).
Result<> UniversalSolver::takeSource(ForkState &state, const Demand &demand)
{
    const NameId package = m_packages[demand.package].name;
    RequirementSource source = demand.source;
    source.conflict.reset();
    if (source.kind == RequirementSource::Kind::Registry)
        return takeIndex(state, package, source);
    const QString name = m_packages[package].text();
    const auto [place, isNew] = state.places.try_emplace(package, source);
    if (!isNew && place->second != source) {
        return refuse(state, package,
            Error(ErrorKind::BadInput,
                Texts::tr("“%1” is asked for at two places: %2 and %3")
                    .arg(name, shown(place->second.location), shown(source.location))));
    }
    const auto &members = m_request.workspace.members;
    if (!members.contains(m_packages[package]) && !m_request.places.contains(source)) {
        return refuse(state, package,
            Error(ErrorKind::BadInput,
                Texts::tr("“%1” is needed from a place of its own, %2, which the project does not name")
                    .arg(name, shown(source.location)))
                .hint(
                    Texts::tr("Add “%1” to the dependencies with this place in tool.uv.sources").arg(name)));
    }
    return {};
}

Result<> UniversalSolver::takeIndex(ForkState &state, NameId package, const RequirementSource &source)
{
    std::set<QString> addresses;
    if (!source.location.isEmpty())
        addresses.insert(source.location);
    for (const project::Pin &pin : m_request.workspace.pins) {
        // What is pinned for a group only is pinned by the requirements of the group.
        const bool isForGroup = pin.item && pin.item->kind == Item::Kind::Group;
        if (pin.name == m_packages[package] && !isForGroup && !(pin.item && state.fork.excludes(*pin.item))
            && !pin.marker.isDisjointFrom(state.fork.marker))
            addresses.insert(pin.index);
    }
    if (addresses.empty())
        return {};
    const metadata::IndexLocation *known = state.pin(package);
    const metadata::IndexLocation *found = location(*addresses.begin());
    if (addresses.size() == 1 && (!known || known->url == found->url)) {
        state.pins[package] = found;
        return {};
    }
    const QUrl other = addresses.size() > 1 ? location(*addresses.rbegin())->url : known->url;
    return refuse(state, package,
        Error(ErrorKind::BadInput,
            Texts::tr("“%1” is to come from two indexes: %2 and %3")
                .arg(m_packages[package].text(), safeText(found->url), safeText(other)))
            .hint(Texts::tr(
                "Limit the entries of tool.uv.sources by markers that exclude each other, or declare "
                "the extras as conflicts")));
}

Result<> UniversalSolver::add(
    ForkState &state, Package package, const Version &version, const std::vector<Demand> &demands)
{
    std::vector<Solver::Dependency> dependencies;
    for (const Demand &demand : demands) {
        SCONCE_TRY(takeSource(state, demand));
        const VirtualPackage known = m_packages[demand.package];
        auto theClass = Priorities::Class::Unspecified;
        if (state.place(known.name))
            theClass = Priorities::Class::Url;
        else if (m_incompatibilities.ranges[demand.range].singleton())
            theClass = Priorities::Class::Singleton;
        state.priorities.see(demand.package, theClass);
        if (!state.place(known.name))
            m_listings.expect(known.name, state.pin(known.name));
        if (known.needsBase()) {
            // § 6: so the package is known before its stand-in is decided.
            const Package base = m_packages.base(known.name);
            state.priorities.see(base, theClass);
            state.solver.addDependency({demand.package, demand.range, base, demand.range});
        }
        dependencies.push_back({demand.package, demand.range});
    }
    addVersion(state, package, version, dependencies);
    return {};
}

/// § 15: while one package is being decided, the metadata that the others will most likely need is on its
/// way.
void UniversalSolver::lookAhead(const ForkState &state)
{
    for (const auto &[package, range] : m_undecided) {
        if (m_lookedAheadFor[package] == range)
            continue;
        const VirtualPackage &known = m_packages[package];
        if (!known.isBase()) {
            m_lookedAheadFor[package] = range;
            continue;
        }
        const Choice *choice = m_chooser.guess(state, known.name, range);
        if (!choice)
            continue;
        m_lookedAheadFor[package] = range;
        if (choice->isUsable() && choice->metadataFile->wheel)
            m_supply.expectMetadata(*choice->metadataFile);
    }
}

void UniversalSolver::showProgress(const ForkState &state, const JobContext &context)
{
    // Nobody sees every step, and counting takes longer than one.
    if (m_steps++ % 32 != 0)
        return;
    const auto isBase = [this](Package package) { return m_packages[package].isBase(); };
    const auto open = std::ranges::count_if(m_undecided, isBase, &Undecided::package);
    const auto all = std::ranges::count_if(state.solver.packages(), isBase);
    context.progress().setTotal(all);
    context.progress().setDone(all - open);
}

Proof UniversalSolver::proof(pubgrub::IncompatibilityId failure)
{
    const auto wished = [this](NameId name) {
        QStringList parts;
        m_needs.eachWish([&](const requirements::Requirement &wish, bool isDirect) {
            if (isDirect && wish.name == m_packages[name])
                parts.append(wish.specifiers.text());
        });
        parts.removeDuplicates();
        return parts.join(u", ");
    };
    return {.incompatibilities = m_incompatibilities,
        .failure = failure,
        .packages = m_packages,
        .reasons = m_reasons,
        .policy = m_request,
        .listings =
            [this](NameId name) {
                return m_failed->place(name) ? nullptr : m_listings.found(name, m_failed->pin(name));
            },
        .hasAnswered = [this](const QUrl &index) { return m_listings.hasAnswered(index); },
        .wished = wished,
        .preReleases = [this](NameId name) { return m_chooser.preReleases().of(m_packages[name]); },
        .python = m_request.requiresPython.text(),
        .isOwn = [this](
                     const names::PackageName &name) { return m_request.workspace.members.contains(name); }};
}

} // namespace sconce::resolve
