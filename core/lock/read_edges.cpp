// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "reader.h"

using namespace Qt::StringLiterals;

namespace sconce::lock {

namespace {

QString described(const names::PackageName &name, const std::optional<versions::Version> &version)
{
    return version ? tr("“%1” %2").arg(name.text(), version->text()) : tr("“%1”").arg(name.text());
}

/// The packages that an edge can mean.
std::vector<std::size_t> matching(const Lock &lock, const Reader::PackageNames &names,
    const names::PackageName &target, const std::optional<versions::Version> &version,
    const std::optional<Source> &from)
{
    std::vector<std::size_t> matches;
    const auto found = names.find(target);
    if (found == names.end())
        return matches;
    std::ranges::copy_if(found->second, std::back_inserter(matches), [&](std::size_t index) {
        const Package &package = lock.packages[index];
        return (!version || package.version == version) && (!from || package.source == *from);
    });
    return matches;
}

} // namespace

Result<> Reader::readEdges(const std::vector<const Value *> &tables, Lock &lock)
{
    SCONCE_TRY(checkBlocks(tables, lock));
    PackageNames names;
    for (std::size_t i = 0; i < lock.packages.size(); ++i)
        names[lock.packages[i].name].push_back(i);
    for (std::size_t i = 0; i < lock.packages.size(); ++i)
        SCONCE_TRY(readEdges(*tables[i], lock.packages[i], lock, names));
    return checkRoots(tables, lock);
}

Result<> Reader::readEdges(const Value &table, Package &package, const Lock &lock, const PackageNames &names)
{
    const auto read = [&](const Value &array) { return edges(&array, lock, names); };
    const Value *groups = m_document.child(table, "dev-dependencies");
    if (groups == nullptr)
        groups = m_document.child(table, "dependency-groups");
    package.dependencies = SCONCE_TRY(edges(m_document.child(table, "dependencies"), lock, names));
    package.optionalDependencies =
        SCONCE_TRY(eachNamed(m_document.child(table, "optional-dependencies"), read));
    package.groupDependencies = SCONCE_TRY(eachNamed(groups, read));
    return {};
}

Result<std::vector<Dependency>> Reader::edges(const Value *array, const Lock &lock, const PackageNames &names)
{
    std::optional<Dependency> previous;
    return elements(array, [&](const Value &value) -> Result<Dependency> {
        Dependency dependency = SCONCE_TRY(edge(value, lock, names));
        // Equal edges stand beside each other in every lock that was not edited.
        if (dependency == previous)
            return fault(value, tr("This dependency stands here twice"));
        previous = dependency;
        return dependency;
    });
}

Result<Dependency> Reader::edge(const Value &table, const Lock &lock, const PackageNames &names)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    const names::PackageName target = SCONCE_TRY(neededName(table, "name"));
    const auto version = SCONCE_TRY(optionalVersion(table));
    std::optional<Source> from;
    if (const Value *value = m_document.child(table, "source"))
        from = SCONCE_TRY(source(*value));
    const std::vector<std::size_t> matches = matching(lock, names, target, version, from);
    if (matches.empty())
        return fault(
            table, tr("%1 is needed here, but the lock has no such package").arg(described(target, version)));
    if (matches.size() > 1)
        return fault(table,
            tr("It is not clear which package is meant: the lock has several called “%1”")
                .arg(target.text()));
    Dependency dependency;
    dependency.target = matches[0];
    dependency.extras = SCONCE_TRY(nameList(table, "extra"));
    dependency.marker = SCONCE_TRY(marker(m_document.child(table, "marker")));
    return dependency;
}

/// No package twice.
Result<> Reader::checkBlocks(const std::vector<const Value *> &tables, const Lock &lock) const
{
    std::set<std::tuple<QString, QString, int, QString>> known;
    for (std::size_t i = 0; i < lock.packages.size(); ++i) {
        const Package &package = lock.packages[i];
        const QString version = package.version ? package.version->text() : QString();
        if (!known.emplace(package.name.text(), version, int(package.source.kind), package.source.location)
                .second)
            return fault(
                *tables[i], tr("%1 stands in the lock twice").arg(described(package.name, package.version)));
    }
    return {};
}

/// All members are there, and what is there is needed: a file that was cut or badly merged is not taken for a
/// smaller lock.
Result<> Reader::checkRoots(const std::vector<const Value *> &tables, const Lock &lock) const
{
    std::vector<std::size_t> todo = lock.roots();
    std::set<names::PackageName> found;
    std::vector<bool> isNeeded(lock.packages.size());
    for (const std::size_t root : todo) {
        found.insert(lock.packages[root].name);
        isNeeded[root] = true;
    }
    const auto missing =
        std::ranges::find_if(lock.manifest.members, [&](const auto &name) { return !found.contains(name); });
    if (missing != lock.manifest.members.end())
        return fault(m_document.root(),
            tr("“%1” is a member of the workspace, but the lock has no such package").arg(missing->text()));
    while (!todo.empty()) {
        const std::size_t current = todo.back();
        todo.pop_back();
        for (const Dependency *dependency : allDependencies(lock.packages[current])) {
            if (!isNeeded[dependency->target])
                todo.push_back(dependency->target);
            isNeeded[dependency->target] = true;
        }
    }
    const auto orphan = std::ranges::find(isNeeded, false);
    if (orphan == isNeeded.end())
        return {};
    const auto index = std::size_t(orphan - isNeeded.begin());
    return fault(*tables[index],
        tr("“%1” is needed by nothing: part of the lock is missing").arg(lock.packages[index].name.text()));
}

} // namespace sconce::lock
