// SPDX-License-Identifier: Apache-2.0
#include "diff_settings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sconce::lock {

namespace {

template <class Name>
QStringList texts(const std::vector<Name> &names)
{
    QStringList list;
    for (const Name &name : names)
        list.append(name.text());
    return list;
}

QString requirementText(const LockedRequirement &requirement)
{
    QString text = requirement.name.text();
    const QStringList extras = texts(requirement.extras);
    if (!extras.isEmpty())
        text += u'[' + extras.join(u',') + u']';
    text += requirement.specifiers.text(u",");
    if (requirement.source)
        text += u" @ "_s + requirement.source->location;
    if (!requirement.marker.marker.isAlways())
        text += u" ; "_s + requirement.marker.marker.text();
    if (!requirement.index.isEmpty())
        text += u" ("_s + requirement.index + u')';
    return text;
}

QString scopeText(const std::optional<Scope> &scope)
{
    if (!scope)
        return {};
    return scope->package.text() + (scope->version ? u' ' + scope->version->text() : QString()) + u": "_s;
}

QString cutoffText(const std::optional<Cutoff> &cutoff)
{
    return !cutoff ? QString() : cutoff->span.isEmpty() ? cutoff->time : cutoff->span;
}

class Comparison {
public:
    void add(const QString &key, QStringList before, QStringList after)
    {
        before.removeAll(QString());
        after.removeAll(QString());
        const QStringList all = before;
        for (const QString &line : std::as_const(after))
            before.removeOne(line);
        for (const QString &line : all)
            after.removeOne(line);
        if (!before.isEmpty() || !after.isEmpty())
            m_changes.push_back({key, before, after});
    }

    void addText(const QString &key, const QString &before, const QString &after)
    {
        add(key, {before}, {after});
    }

    /// Markers by their canonical text, so that spelling does not count.
    void addMarkers(
        const QString &key, const std::vector<LockedMarker> &before, const std::vector<LockedMarker> &after)
    {
        addEach(key, before, after, [](const LockedMarker &marker) { return marker.marker.text(); });
    }

    void addRequirements(const QString &key, const std::vector<LockedRequirement> &before,
        const std::vector<LockedRequirement> &after)
    {
        addEach(key, before, after, requirementText);
    }

    template <class List, class Text>
    void addEach(const QString &key, const List &before, const List &after, Text text)
    {
        QStringList left;
        QStringList right;
        for (const auto &element : before)
            left.append(text(element));
        for (const auto &element : after)
            right.append(text(element));
        add(key, left, right);
    }

    std::vector<SettingChange> take() { return std::move(m_changes); }

private:
    std::vector<SettingChange> m_changes;
};

void addOptions(Comparison &comparison, const Options &before, const Options &after)
{
    comparison.addText(u"options.resolution-mode"_s, before.resolutionMode, after.resolutionMode);
    comparison.addText(u"options.prerelease-mode"_s, before.prereleaseMode, after.prereleaseMode);
    comparison.addText(u"options.fork-strategy"_s, before.forkStrategy, after.forkStrategy);
    comparison.addText(
        u"options.exclude-newer"_s, cutoffText(before.excludeNewer), cutoffText(after.excludeNewer));
    comparison.addEach(u"options.prerelease-package"_s, before.prereleasePackages, after.prereleasePackages,
        [](const auto &entry) { return u"%1: %2"_s.arg(entry.first.text(), entry.second); });
    comparison.addEach(u"options.exclude-newer-package"_s, before.excludeNewerPackages,
        after.excludeNewerPackages, [](const auto &entry) {
            return u"%1: %2"_s.arg(entry.first.text(), entry.second ? cutoffText(entry.second) : u"false"_s);
        });
}

void addManifest(Comparison &comparison, const Manifest &before, const Manifest &after)
{
    comparison.add(u"manifest.members"_s, texts(before.members), texts(after.members));
    comparison.addRequirements(u"manifest.requirements"_s, before.requirements, after.requirements);
    comparison.addRequirements(u"manifest.constraints"_s, before.constraints, after.constraints);
    comparison.addEach(
        u"manifest.overrides"_s, before.overrides, after.overrides, [](const Override &override) {
            QStringList parts;
            for (const LockedRequirement &requirement : override.requirements)
                parts.append(requirementText(requirement));
            return scopeText(override.scope) + parts.join(u", ");
        });
    comparison.addEach(u"manifest.excludes"_s, before.excludes, after.excludes,
        [](const Exclude &exclude) { return scopeText(exclude.scope) + texts(exclude.names).join(u", "); });
    comparison.addRequirements(
        u"manifest.build-constraints"_s, before.buildConstraints, after.buildConstraints);
    const auto groups = [](const Manifest &manifest) {
        QStringList lines;
        for (const auto &[group, requirements] : manifest.dependencyGroups) {
            for (const LockedRequirement &requirement : requirements)
                lines.append(group.text() + u": "_s + requirementText(requirement));
        }
        return lines;
    };
    comparison.add(u"manifest.dependency-groups"_s, groups(before), groups(after));
    comparison.addEach(u"manifest.dependency-metadata"_s, before.dependencyMetadata, after.dependencyMetadata,
        [](const StatedMetadata &metadata) {
            return u"%1 %2: %3 python%4 [%5]"_s.arg(metadata.name.text(), metadata.version,
                metadata.requiresDist.join(u", "), metadata.requiresPython,
                metadata.providesExtras.join(u','));
        });
}

} // namespace

std::vector<SettingChange> settingChanges(const Lock &before, const Lock &after)
{
    Comparison comparison;
    comparison.addText(u"revision"_s, QString::number(before.revision), QString::number(after.revision));
    comparison.addText(u"requires-python"_s, before.requiresPython.text(), after.requiresPython.text());
    comparison.addMarkers(u"resolution-markers"_s, before.resolutionMarkers, after.resolutionMarkers);
    comparison.addMarkers(u"supported-markers"_s,
        before.supportedMarkers.value_or(std::vector<LockedMarker>()),
        after.supportedMarkers.value_or(std::vector<LockedMarker>()));
    comparison.addMarkers(u"required-markers"_s, before.requiredMarkers.value_or(std::vector<LockedMarker>()),
        after.requiredMarkers.value_or(std::vector<LockedMarker>()));
    comparison.addEach(
        u"conflicts"_s, before.conflicts, after.conflicts, [](const std::vector<ConflictItem> &set) {
            QStringList parts;
            for (const ConflictItem &item : set) {
                const QString name = item.package.text();
                parts.append(item.extra ? u"%1[%2]"_s.arg(name, item.extra->text())
                        : item.group    ? u"%1:%2"_s.arg(name, item.group->text())
                                        : name);
            }
            return parts.join(u", ");
        });
    addOptions(comparison, before.options, after.options);
    addManifest(comparison, before.manifest, after.manifest);
    return comparison.take();
}

} // namespace sconce::lock
