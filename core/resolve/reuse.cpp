// SPDX-License-Identifier: Apache-2.0
#include "resolve/reuse.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "lock/order.h"
#include "lock/reach.h"
#include "markers/extras.h"
#include "resolve/lock_head.h"

namespace sconce::resolve {

using namespace Qt::StringLiterals;
using markers::Marker;
using Kind = Reuse::Kind;

namespace {

Marker unionOf(const std::vector<lock::LockedMarker> &markers)
{
    Marker any = Marker::never();
    for (const lock::LockedMarker &marker : markers)
        any = any | marker.marker;
    return any;
}

QDateTime timeOf(const lock::Cutoff &cutoff)
{
    return QDateTime::fromString(cutoff.time, Qt::ISODateWithMs);
}

/// A later time hides nothing that the lock may hold.
bool isLater(const lock::Cutoff &now, const lock::Cutoff &before)
{
    return now.span.isEmpty() && before.span.isEmpty() && timeOf(now) >= timeOf(before);
}

class Check {
    Q_DECLARE_TR_FUNCTIONS(resolve)

public:
    Check(const lock::Lock &old, const UniversalRequest &request, CheckIndexes checkIndexes)
        : m_old(old)
        , m_request(request)
        , m_checkIndexes(checkIndexes)
        , m_now(lockHead(request))
    {}

    /// The first that differs decides.
    Reuse verdict(const Upgrade &upgrade) const
    {
        if (m_old.options.resolutionMode != m_now.options.resolutionMode)
            return {Kind::Nothing, tr("The project asks for other versions: highest or lowest")};
        if (m_old.options.forkStrategy != m_now.options.forkStrategy)
            return {Kind::Nothing, tr("The project has another fork strategy")};
        if (areCutOffsTighter())
            return {Kind::VersionsAndForks, tr("The project has another cut-off date (exclude-newer)")};
        if (upgrade.isForAll)
            return {Kind::Nothing, tr("Everything is to be upgraded")};
        if (const Reuse reuse = ofEnvironments(); reuse.kind != Kind::Everything)
            return reuse;
        if (m_old.options.prereleaseMode != m_now.options.prereleaseMode
            || m_old.options.prereleasePackages != m_now.options.prereleasePackages)
            return {Kind::VersionsAndForks, tr("The project has other rules for pre-releases")};
        if (!upgrade.packages.empty())
            return {Kind::VersionsAndForks, tr("Some packages are to be upgraded")};
        if (upgrade.isAskedAgain)
            return {Kind::VersionsAndForks, tr("The indexes are to be asked again")};
        if (const QString reason = differenceOfContents(); !reason.isEmpty())
            return {Kind::VersionsAndForks, reason};
        return {};
    }

private:
    bool areCutOffsTighter() const
    {
        const auto &before = m_old.options.excludeNewer;
        const auto &now = m_now.options.excludeNewer;
        if (before != now && !(before && now && isLater(*now, *before)))
            return true;
        using Limits = std::map<names::PackageName, std::optional<lock::Cutoff>>;
        const Limits had(
            m_old.options.excludeNewerPackages.begin(), m_old.options.excludeNewerPackages.end());
        const Limits have(
            m_now.options.excludeNewerPackages.begin(), m_now.options.excludeNewerPackages.end());
        const auto isTighter = [&](const names::PackageName &package) {
            const auto old = had.find(package);
            const auto current = have.find(package);
            if (current == have.end())
                return old != had.end();
            if (!current->second)
                return false;
            if (old == had.end())
                return true;
            return old->second != current->second
                && !(old->second && isLater(*current->second, *old->second));
        };
        return std::ranges::any_of(
            m_old.packages, [&](const lock::Package &package) { return isTighter(package.name); });
    }

    Reuse ofEnvironments() const
    {
        if (!doForksCover())
            return {Kind::Versions, tr("The forks of the lock are not those that the project needs")};
        const auto simplified = [&](const std::optional<std::vector<lock::LockedMarker>> &list) {
            auto markers = list.value_or(std::vector<lock::LockedMarker>());
            for (lock::LockedMarker &marker : markers)
                marker.marker = markers::simplified(marker.marker, m_request.python);
            return markers;
        };
        if (simplified(m_old.supportedMarkers) != simplified(m_now.supportedMarkers))
            return {Kind::Versions, tr("The project is for other environments")};
        if (simplified(m_old.requiredMarkers) != simplified(m_now.requiredMarkers))
            return {Kind::Versions, tr("The project requires other environments")};
        if (m_old.conflicts != m_now.conflicts)
            return {Kind::Versions, tr("The project declares other conflicts")};
        // Neither spelling nor holes between the bounds matter to a resolution.
        if (lock::pythonBounds(m_old) != lock::pythonBounds(m_now))
            return {m_old.resolutionMarkers.empty() ? Kind::VersionsAndForks : Kind::Versions,
                tr("The project is for other Pythons: %1 now, %2 in the lock")
                    .arg(m_now.requiresPython.text(), m_old.requiresPython.text())};
        return {};
    }

    /// All that the lock was made for, and nothing but the Pythons of the project.
    bool doForksCover() const
    {
        if (m_old.resolutionMarkers.empty())
            return true;
        const Marker forks = markers::withSomeExtras(unionOf(m_old.resolutionMarkers));
        const bool isLimited = m_old.supportedMarkers && !m_old.supportedMarkers->empty();
        const Marker needed = isLimited ? unionOf(*m_old.supportedMarkers) : Marker::always();
        const Marker python = markers::pythonWithin(lock::pythonBounds(m_old));
        if (!(needed & python & !forks).isNever())
            return false;
        const Marker own = markers::pythonWithin(m_request.python);
        return std::ranges::none_of(m_old.resolutionMarkers,
            [&](const lock::LockedMarker &fork) { return fork.marker.isDisjointFrom(own); });
    }

    bool areSame(const std::vector<lock::LockedRequirement> &before,
        const std::vector<lock::LockedRequirement> &now) const
    {
        return askForTheSame(before, now, m_request.python);
    }

    bool areSame(const std::map<names::GroupName, std::vector<lock::LockedRequirement>> &before,
        const std::map<names::GroupName, std::vector<lock::LockedRequirement>> &now) const
    {
        return std::ranges::equal(before, now, [&](const auto &left, const auto &right) {
            return left.first == right.first && areSame(left.second, right.second);
        });
    }

    QString differenceOfContents() const
    {
        if (const QString reason = differenceOfManifests(); !reason.isEmpty())
            return reason;
        if (m_checkIndexes == CheckIndexes::Yes) {
            for (const lock::Package &package : m_old.packages) {
                if (package.source.kind == lock::Source::Kind::Registry && !isKnown(package.source))
                    return tr("“%1” comes from an index that the project does not use any more")
                        .arg(package.name.text());
            }
        }
        for (const auto &[name, member] : m_request.workspace.members) {
            if (!isDeclared(locked(member)))
                return tr("“%1” asks for other packages than before").arg(name.text());
        }
        for (const auto &[source, place] : m_request.places) {
            if (const lock::Package now = locked(place, source);
                now.source.isTree() && isInLock(now) && !isDeclared(now))
                return tr("“%1” asks for other packages than before").arg(place.name.text());
        }
        return {};
    }

    QString differenceOfManifests() const
    {
        const lock::Manifest &before = m_old.manifest;
        const lock::Manifest &now = m_now.manifest;
        if (sorted(before.members) != sorted(now.members))
            return tr("The workspace has other members");
        if (!areSame(before.constraints, now.constraints))
            return tr("The project has other constraints");
        if (!areSame(plain(before.overrides), plain(now.overrides)) || !areScopedSame(before, now))
            return tr("The project has other overrides");
        if (!areExcludesSame(before, now))
            return tr("The project excludes other packages");
        if (!areSame(before.buildConstraints, now.buildConstraints))
            return tr("The project has other constraints for builds");
        if (!areSame(before.dependencyGroups, now.dependencyGroups))
            return tr("The groups of the workspace ask for other packages");
        if (!std::ranges::is_permutation(before.dependencyMetadata, now.dependencyMetadata))
            return tr("The project states other metadata for packages");
        return {};
    }

    static std::vector<names::PackageName> sorted(std::vector<names::PackageName> names)
    {
        std::ranges::sort(names);
        return names;
    }

    static std::vector<lock::LockedRequirement> plain(const std::vector<lock::Override> &overrides)
    {
        std::vector<lock::LockedRequirement> list;
        for (const lock::Override &override : overrides) {
            if (!override.scope)
                list.insert(list.end(), override.requirements.begin(), override.requirements.end());
        }
        return list;
    }

    /// Overrides for one package are compared as they are written.
    bool areScopedSame(const lock::Manifest &before, const lock::Manifest &now) const
    {
        const auto scoped = [&](const std::vector<lock::Override> &overrides) {
            lock::Lock holder;
            std::ranges::copy_if(overrides, std::back_inserter(holder.manifest.overrides),
                [](const lock::Override &override) { return override.scope.has_value(); });
            for (lock::Override &override : holder.manifest.overrides) {
                for (lock::LockedRequirement &one : override.requirements)
                    one.marker = {markers::simplified(one.marker.marker, m_request.python), {}};
            }
            lock::arrange(holder);
            return std::move(holder.manifest.overrides);
        };
        return scoped(before.overrides) == scoped(now.overrides);
    }

    static bool areExcludesSame(const lock::Manifest &before, const lock::Manifest &now)
    {
        const auto arranged = [](const std::vector<lock::Exclude> &excludes) {
            lock::Lock holder;
            holder.manifest.excludes = excludes;
            lock::arrange(holder);
            return std::move(holder.manifest.excludes);
        };
        return arranged(before.excludes) == arranged(now.excludes);
    }

    template <class Condition>
    bool isAmongIndexes(Condition condition) const
    {
        return std::ranges::any_of(m_request.indexes, condition)
            || std::ranges::any_of(m_request.findLinks, condition);
    }

    bool isKnown(const lock::Source &source) const
    {
        if (source.isFolderRegistry()) {
            const QDir root(m_request.workspace.root.folder);
            const QString folder = root.absoluteFilePath(source.location);
            return QFileInfo(folder).isDir() && isAmongIndexes([&](const metadata::IndexLocation &index) {
                return index.url.isLocalFile()
                    && QDir::cleanPath(index.url.toLocalFile()) == QDir::cleanPath(folder);
            });
        }
        const QUrl url = CutOffs::keyOf(QUrl(source.location));
        return isAmongIndexes(
            [&](const metadata::IndexLocation &index) { return CutOffs::keyOf(index.url) == url; });
    }

    bool isInLock(const lock::Package &now) const
    {
        return std::ranges::any_of(m_old.packages, [&](const lock::Package &package) {
            return package.name == now.name && package.source == now.source;
        });
    }

    /// The lock has the package as it is declared now.
    bool isDeclared(const lock::Package &now) const
    {
        const auto isMeant = [&](const lock::Package &package) {
            return package.name == now.name && package.source == now.source;
        };
        const auto before = std::ranges::find_if(m_old.packages, isMeant);
        if (before == m_old.packages.end() || before->version != now.version)
            return false;
        const auto extras = [](const lock::Package &package) {
            return std::set(package.metadata.providesExtras.begin(), package.metadata.providesExtras.end());
        };
        // Locks before revision 1 did not tell extras.
        return (m_old.revision < 1 || extras(*before) == extras(now))
            && areSame(before->metadata.requiresDist, now.metadata.requiresDist)
            && areSame(before->metadata.requiresDev, now.metadata.requiresDev)
            && before->groupRequiresPython == now.groupRequiresPython
            && before->defaultGroups == now.defaultGroups;
    }

    const lock::Lock &m_old;
    const UniversalRequest &m_request;
    CheckIndexes m_checkIndexes;
    lock::Lock m_now;
};

} // namespace

Reuse reuseOf(
    const lock::Lock &old, const UniversalRequest &request, const Upgrade &upgrade, CheckIndexes checkIndexes)
{
    return Check(old, request, checkIndexes).verdict(upgrade);
}

void takeOver(const lock::Lock &old, Reuse::Kind kind, const Upgrade &upgrade, UniversalRequest &request)
{
    if (kind == Kind::Nothing)
        return;
    // Locks leave out what follows from requires-python (lock-format.md § 13.5).
    const Marker python = markers::pythonWithin(lock::pythonBounds(old));
    const QDir root(request.workspace.root.folder);
    for (const lock::Package &package : old.packages) {
        if (package.source.kind != lock::Source::Kind::Registry || !package.version
            || std::ranges::contains(upgrade.packages, package.name, &requirements::Requirement::name))
            continue;
        const QString index = package.source.isFolderRegistry()
            ? QUrl::fromLocalFile(root.absoluteFilePath(package.source.location)).toString(QUrl::FullyEncoded)
            : package.source.location;
        const auto prefer = [&](const Marker &marker) {
            request.preferences.emplace(
                package.name, UniversalRequest::Preference{*package.version, marker, index});
        };
        for (const lock::LockedMarker &fork : package.resolutionMarkers)
            prefer(fork.marker & python);
        if (package.resolutionMarkers.empty())
            prefer(Marker::always());
    }
    if (kind == Kind::VersionsAndForks && !old.resolutionMarkers.empty()) {
        request.initialForks.clear();
        for (const lock::LockedMarker &fork : old.resolutionMarkers)
            request.initialForks.push_back(fork.marker & python);
    }
}

} // namespace sconce::resolve
