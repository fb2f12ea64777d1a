// SPDX-License-Identifier: Apache-2.0
#include "lock/select.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "lock/selection_walk.h"
#include "lock/words.h"
#include "metadata/wheel_name.h"

namespace sconce::lock {

using namespace Qt::StringLiterals;

namespace {

QString shown(const Package &package)
{
    return package.version ? package.name.text() + u' ' + package.version->text() : package.name.text();
}

std::unexpected<Error> unfit(const QString &sentence, const QString &hint)
{
    return std::unexpected(Error(ErrorKind::BadInput, sentence).hint(hint));
}

/// § 16.2: the lock has to be for this Python and this computer.
Result<> checkTarget(const Lock &lock, const Demand &demand)
{
    if (!lock.requiresPython.contains(demand.python.releaseOnly())) {
        return unfit(tr("The project is for Python %1, and this is Python %2")
                         .arg(lock.requiresPython.text(), demand.python.text()),
            tr("Choose another Python"));
    }
    const auto isMeant = [&](const LockedMarker &marker) {
        return marker.marker.evaluate(demand.environment);
    };
    if (lock.supportedMarkers && !lock.supportedMarkers->empty()
        && std::ranges::none_of(*lock.supportedMarkers, isMeant)) {
        QStringList texts;
        for (const LockedMarker &marker : *lock.supportedMarkers)
            texts.append(marker.marker.text());
        return unfit(
            tr("The project is not for this computer: its environments are %1").arg(texts.join(u"; ")),
            tr("Add this computer to “environments” of [tool.uv], and lock again"));
    }
    return {};
}

QString label(const ConflictItem &item, const Demand &demand)
{
    const bool isOnly = demand.projects.size() == 1 && demand.projects.front() == item.package;
    if (item.extra)
        return isOnly ? tr("the extra “%1”").arg(item.extra->text())
                      : tr("the extra “%1” of “%2”").arg(item.extra->text(), item.package.text());
    if (item.group)
        return isOnly ? tr("the group “%1”").arg(item.group->text())
                      : tr("the group “%1” of “%2”").arg(item.group->text(), item.package.text());
    return tr("the project “%1”").arg(item.package.text());
}

Result<> checkConflicts(const Lock &lock, const Demand &demand, const std::set<names::ExtraName> &active)
{
    for (const std::vector<ConflictItem> &set : lock.conflicts) {
        QStringList chosen;
        for (const ConflictItem &item : set) {
            if (active.contains(item.markerName()))
                chosen.append(label(item, demand));
        }
        if (chosen.size() > 1) {
            return unfit(tr("The project says that %1 exclude each other").arg(listText(chosen)),
                tr("Choose one of them"));
        }
    }
    return {};
}

/// Tags of the wheels that there are, for a person who wonders.
QString tagsText(const Package &package)
{
    QStringList texts;
    for (const File &file : package.wheels) {
        if (const auto name = metadata::WheelName::parse(file.name()))
            texts.append(name->tags.text());
    }
    texts.removeDuplicates();
    return texts.join(u", ");
}

Result<> checkTwins(const Lock &lock, const Selection &selection)
{
    std::map<names::PackageName, std::size_t> seen;
    for (const Selection::Item &item : selection.items) {
        const Package &package = lock.packages[item.package];
        const auto [twin, isNew] = seen.emplace(package.name, item.package);
        if (!isNew) {
            return unfit(tr("The lock wants two versions at once: %1 and %2")
                             .arg(shown(lock.packages[twin->second]), shown(package)),
                tr("Lock again"));
        }
    }
    return {};
}

} // namespace

Result<std::optional<std::size_t>> wheelFor(const Package &package, const tags::CompatibleTags &tags)
{
    // § 16.5: the best tag, then the highest build number, then the first in the file.
    if (package.source.isTree())
        return std::nullopt;
    using Rank = std::pair<int, std::optional<metadata::WheelName::Build>>;
    std::optional<std::size_t> best;
    Rank bestRank;
    for (std::size_t i = 0; i < package.wheels.size(); ++i) {
        const auto name = metadata::WheelName::parse(package.wheels[i].name());
        const std::optional<int> priority = name ? tags.priority(name->tags) : std::nullopt;
        if (!priority)
            continue;
        const Rank rank{*priority, name->build};
        if (!best || bestRank < rank) {
            best = i;
            bestRank = rank;
        }
    }
    if (best)
        return best;
    if (package.sdist || package.source.kind == Source::Kind::Git || package.wheels.empty()) {
        return unfit(
            tr("“%1” would have to be built: the lock has no wheel of it that runs here").arg(shown(package)),
            tr("Choose a version that has wheels for this computer"));
    }
    return std::unexpected(Error(ErrorKind::BadInput,
        tr("The lock has no wheel of “%1” that runs on this computer with this Python").arg(shown(package)))
            .detail(tr("Its wheels are for %1").arg(tagsText(package)))
            .hint(tr("Name this computer in “required-environments” of [tool.uv], and lock again")));
}

Result<Selection> select(const Lock &lock, const Demand &demand)
{
    SCONCE_TRY(checkTarget(lock, demand));
    SelectionWalk walk(lock, demand);
    SCONCE_TRY(walk.start());
    SCONCE_TRY(checkConflicts(lock, demand, walk.active()));
    if (!lock.conflicts.empty()) {
        walk.activate();
        SCONCE_TRY(checkConflicts(lock, demand, walk.active()));
    }
    Selection selection{walk.collect()};
    SCONCE_TRY(checkTwins(lock, selection));
    for (Selection::Item &item : selection.items)
        item.wheel = SCONCE_TRY(wheelFor(lock.packages[item.package], demand.tags));
    return selection;
}

} // namespace sconce::lock
