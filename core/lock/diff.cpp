// SPDX-License-Identifier: Apache-2.0
#include "diff.h"

#include <algorithm>
#include <set>

#include <QRegularExpression>
#include <QUrl>

#include "lock/diff_settings.h"
#include "lock/order.h"
#include "lock/reach.h"

using namespace Qt::StringLiterals;

namespace sconce::lock {

namespace {

using markers::Marker;

bool isBackend(const QString &text)
{
    static const QRegularExpression backend(u"^(cpu|xpu|cu[0-9]+|rocm[0-9.]+)$"_s);
    return backend.match(text).hasMatch();
}

/// PyTorch serves the same files from two hosts: download.pytorch.org and download-r2.pytorch.org.
QString withoutSiblingHost(QString url)
{
    return url.replace(u"-r2."_s, u"."_s);
}

QString hostOf(const QString &url)
{
    return QUrl(url).host();
}

/// The backend in the local label: "2.8.0+cu128".
QString labelledBackend(const Package &package)
{
    if (!package.version || !package.version->hasLocal())
        return {};
    const QString text = package.version->text();
    const QString label = text.sliced(text.indexOf(u'+') + 1);
    return isBackend(label) ? label : QString();
}

/// The backend in the index: https://download.pytorch.org/whl/cu128. Builds for macOS have no label.
QString indexedBackend(const Package &package)
{
    QString location = package.source.location;
    if (location.endsWith(u'/'))
        location.chop(1);
    const QString last = location.sliced(location.lastIndexOf(u'/') + 1);
    return package.source.kind == Source::Kind::Registry && isBackend(last) ? last : QString();
}

bool isSameSource(const Source &left, const Source &right)
{
    return left.kind == right.kind && left.subdirectory == right.subdirectory
        && withoutSiblingHost(left.location) == withoutSiblingHost(right.location);
}

/// A package with what is known of it from the rest of its lock.
struct Entry {
    const Lock *lock = nullptr;
    const Package *package = nullptr;
    ChangeSide side;
    /// The scope where both locks apply.
    Marker compared;
};

std::optional<FileChange::Kind> compareFiles(const File &before, const File &after)
{
    if (before == after)
        return {};
    const auto algorithm = [](const File &file) { return file.hash.section(u':', 0, 0); };
    const bool isSameHash = !before.hash.isEmpty() && before.hash == after.hash;
    if (!isSameHash && !before.hash.isEmpty() && algorithm(before) == algorithm(after))
        return FileChange::Kind::Hash;
    if (hostOf(before.url) == hostOf(after.url))
        return FileChange::Kind::Details;
    const bool isSibling = withoutSiblingHost(before.url) == withoutSiblingHost(after.url);
    return isSameHash || isSibling ? FileChange::Kind::Host : FileChange::Kind::Unverified;
}

std::map<QString, File> filesByName(const Package &package)
{
    std::map<QString, File> files;
    for (const File &wheel : package.wheels)
        files.emplace(wheel.name(), wheel);
    if (package.sdist)
        files.emplace(package.sdist->name(), *package.sdist);
    return files;
}

std::vector<FileChange> changedFiles(const Package &before, const Package &after)
{
    std::vector<FileChange> changes;
    std::map<QString, File> added = filesByName(after);
    for (const auto &[name, file] : filesByName(before)) {
        const auto same = added.find(name);
        if (same == added.end()) {
            changes.push_back({FileChange::Kind::Removed, name, file, {}});
            continue;
        }
        if (const auto kind = compareFiles(file, same->second))
            changes.push_back({*kind, name, file, same->second});
        added.erase(same);
    }
    for (const auto &[name, file] : added)
        changes.push_back({FileChange::Kind::Added, name, {}, file});
    return changes;
}

std::set<names::PackageName> dependencyNames(const Entry &entry)
{
    std::set<names::PackageName> names;
    for (const Dependency *dependency : allDependencies(*entry.package))
        names.insert(entry.lock->packages[dependency->target].name);
    return names;
}

bool hasFile(const Change &change, FileChange::Kind kind)
{
    return std::ranges::contains(change.files, kind, &FileChange::kind);
}

/// The gravest kind that fits; nothing when nothing changed.
std::optional<Change::Kind> kindOf(const Change &change)
{
    using Kind = Change::Kind;
    const ChangeSide &before = *change.before;
    const ChangeSide &after = *change.after;
    if (hasFile(change, FileChange::Kind::Hash))
        return Kind::HashChanged;
    if (before.backend != after.backend)
        return Kind::BackendSwitch;
    if (!isSameSource(before.source, after.source) || hasFile(change, FileChange::Kind::Unverified))
        return Kind::SourceMoved;
    if (after.version != before.version)
        return change.isDowngrade() ? Kind::Down : Kind::Up;
    if (change.isScopeChanged)
        return Kind::ScopeChanged;
    const bool isHostOnly = change.dependenciesAdded.empty() && change.dependenciesRemoved.empty()
        && !change.isDeclaredMetadataChanged && std::ranges::all_of(change.files, [](const FileChange &file) {
               return file.kind == FileChange::Kind::Host;
           });
    if (!isHostOnly)
        return Kind::MetadataOnly;
    if (!change.files.empty() || before.source != after.source)
        return Kind::HostNoise;
    return {};
}

std::optional<Change> compared(const Entry &before, const Entry &after)
{
    Change change{.name = before.package->name, .before = before.side, .after = after.side};
    const bool isSameRelease = before.package->version == after.package->version
        && isSameSource(before.side.source, after.side.source);
    if (isSameRelease)
        change.files = changedFiles(*before.package, *after.package);
    const auto had = dependencyNames(before);
    const auto has = dependencyNames(after);
    std::ranges::set_difference(has, had, std::back_inserter(change.dependenciesAdded));
    std::ranges::set_difference(had, has, std::back_inserter(change.dependenciesRemoved));
    change.isScopeChanged = before.compared != after.compared;
    change.isDeclaredMetadataChanged = before.package->metadata != after.package->metadata
        || before.package->defaultGroups != after.package->defaultGroups
        || before.package->groupRequiresPython != after.package->groupRequiresPython;
    const auto kind = kindOf(change);
    if (!kind)
        return {};
    change.kind = *kind;
    return change;
}

/// Finds for the packages of one name which of the other lock they became.
class Pairing {
public:
    Pairing(std::vector<Entry> before, std::vector<Entry> after)
        : m_before(std::move(before))
        , m_after(std::move(after))
    {}

    void addTo(std::vector<Change> &changes)
    {
        const auto isSameSide = [](const Entry &left, const Entry &right) {
            return isSameSource(left.side.source, right.side.source)
                && left.side.backend == right.side.backend;
        };
        pair(changes, [&](const Entry &left, const Entry &right) {
            return isSameSide(left, right) && left.side.version == right.side.version;
        });
        pair(changes, [&](const Entry &left, const Entry &right) {
            return isSameSide(left, right) && left.compared == right.compared;
        });
        pair(changes, isSameSide);
        pair(changes, [](const Entry &left, const Entry &right) { return left.compared == right.compared; });
        pair(changes, [](const Entry &, const Entry &) { return true; });
        for (const Entry &entry : m_before)
            changes.push_back(
                {.kind = Change::Kind::Removed, .name = entry.package->name, .before = entry.side});
        for (const Entry &entry : m_after)
            changes.push_back(
                {.kind = Change::Kind::Added, .name = entry.package->name, .after = entry.side});
    }

private:
    template <class Fits>
    void pair(std::vector<Change> &changes, Fits fits)
    {
        std::erase_if(m_before, [&](const Entry &left) {
            const auto right =
                std::ranges::find_if(m_after, [&](const Entry &entry) { return fits(left, entry); });
            if (right == m_after.end())
                return false;
            if (auto change = compared(left, *right))
                changes.push_back(*change);
            m_after.erase(right);
            return true;
        });
    }

    std::vector<Entry> m_before;
    std::vector<Entry> m_after;
};

std::map<names::PackageName, std::vector<Entry>> entries(const Lock &lock, const Marker &common)
{
    const std::vector<Marker> reached = reach(lock);
    const Marker own = markers::minimised(world(lock));
    std::map<names::PackageName, std::vector<Entry>> result;
    for (std::size_t i = 0; i < lock.packages.size(); ++i) {
        const Package &package = lock.packages[i];
        const Marker scope = markers::restricted(markers::minimised(reached[i] & own), own);
        Entry entry{&lock, &package, {}, markers::minimised(reached[i] & common)};
        entry.side = {package.version, package.source, labelledBackend(package),
            markers::simplified(scope, pythonBounds(lock))};
        result[package.name].push_back(std::move(entry));
    }
    return result;
}

/// The index tells the backend of builds without a label, if others of the package have one.
void addIndexedBackends(std::vector<Entry> &before, std::vector<Entry> &after)
{
    const auto isLabelled = [](const Entry &entry) { return !entry.side.backend.isEmpty(); };
    if (!std::ranges::any_of(before, isLabelled) && !std::ranges::any_of(after, isLabelled))
        return;
    for (std::vector<Entry> *side : {&before, &after}) {
        for (Entry &entry : *side) {
            if (entry.side.backend.isEmpty())
                entry.side.backend = indexedBackend(*entry.package);
        }
    }
}

} // namespace

std::size_t LockDiff::count(Change::Kind kind) const
{
    return std::size_t(std::ranges::count(changes, kind, &Change::kind));
}

LockDiff diff(const Lock &before, const Lock &after)
{
    LockDiff result;
    const Marker common = world(before) & world(after);
    auto left = entries(before, common);
    auto right = entries(after, common);
    std::set<names::PackageName> names;
    for (const auto *side : {&left, &right}) {
        for (const auto &[name, list] : *side)
            names.insert(name);
    }
    for (const names::PackageName &name : names) {
        addIndexedBackends(left[name], right[name]);
        Pairing(left[name], right[name]).addTo(result.changes);
    }
    result.settings = settingChanges(before, after);
    return result;
}

} // namespace sconce::lock
