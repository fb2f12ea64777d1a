// SPDX-License-Identifier: Apache-2.0
#include "lock.h"

#include <algorithm>
#include <array>
#include <set>

#include <QUrl>

using namespace Qt::StringLiterals;

namespace sconce::lock {

QLatin1String Source::key() const
{
    static constexpr std::array Keys{
        "registry"_L1, "git"_L1, "url"_L1, "path"_L1, "directory"_L1, "editable"_L1, "virtual"_L1};
    return Keys[std::size_t(kind)];
}

QStringView File::writtenName() const
{
    if (!filename.isEmpty())
        return filename;
    QStringView whole = url.isEmpty() ? path : url;
    for (const QChar end : {u'#', u'?'}) {
        if (const qsizetype at = whole.indexOf(end); at >= 0 && !url.isEmpty())
            whole.truncate(at);
    }
    return whole.sliced(whole.lastIndexOf(u'/') + 1);
}

QString File::name() const
{
    const QStringView written = writtenName();
    return filename.isEmpty() && written.contains(u'%') ? QUrl::fromPercentEncoding(written.toUtf8())
                                                        : written.toString();
}

names::ExtraName ConflictItem::markerName() const
{
    const QString kind = extra ? u"extra"_s : group ? u"group"_s : u"project"_s;
    QString name = u"%1-%2-%3"_s.arg(kind, QString::number(package.text().size()), package.text());
    if (extra || group)
        name += u'-' + (extra ? *extra : *group).text();
    return *names::ExtraName::parse(name);
}

bool Lock::operator==(const Lock &other) const
{
    return requiresPython == other.requiresPython && resolutionMarkers == other.resolutionMarkers
        && supportedMarkers == other.supportedMarkers && requiredMarkers == other.requiredMarkers
        && conflicts == other.conflicts && options == other.options && manifest == other.manifest
        && packages == other.packages;
}

std::vector<std::size_t> Lock::named(const names::PackageName &name) const
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < packages.size(); ++i) {
        if (packages[i].name == name)
            found.push_back(i);
    }
    return found;
}

std::vector<std::size_t> Lock::roots() const
{
    std::set<names::PackageName> wanted(manifest.members.begin(), manifest.members.end());
    for (const LockedRequirement &requirement : manifest.requirements)
        wanted.insert(requirement.name);
    for (const auto &[group, requirements] : manifest.dependencyGroups) {
        for (const LockedRequirement &requirement : requirements)
            wanted.insert(requirement.name);
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < packages.size(); ++i) {
        const Package &package = packages[i];
        if (wanted.contains(package.name) || (package.source.isTree() && package.source.location == u"."))
            found.push_back(i);
    }
    return found;
}

std::vector<const Dependency *> allDependencies(const Package &package)
{
    std::vector<const Dependency *> all;
    const auto add = [&all](const std::vector<Dependency> &list) {
        for (const Dependency &dependency : list)
            all.push_back(&dependency);
    };
    add(package.dependencies);
    for (const auto &[extra, list] : package.optionalDependencies)
        add(list);
    for (const auto &[group, list] : package.groupDependencies)
        add(list);
    return all;
}

} // namespace sconce::lock
