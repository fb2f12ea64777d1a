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

} // namespace

Result<> Reader::readEdges(const std::vector<const Value *> &tables, Lock &lock)
{
    SCONCE_TRY(checkBlocks(tables, lock));
    PackageNames names;
    for (std::size_t i = 0; i < lock.packages.size(); ++i)
        names[lock.packages[i].name].push_back(i);
    for (std::size_t i = 0; i < lock.packages.size(); ++i) {
        const Value &table = *tables[i];
        Package &package = lock.packages[i];
        package.dependencies = SCONCE_TRY(edges(table, "dependencies", lock, names));
        const Value *groups = m_document.child(table, "dev-dependencies");
        if (groups == nullptr)
            groups = m_document.child(table, "dependency-groups");
        const auto readTable = [&](const Value *lists, auto &result) -> Result<> {
            if (lists == nullptr)
                return {};
            SCONCE_TRY(check(*lists, Value::Kind::Table));
            for (const Value *list = m_document.first(*lists); list != nullptr;
                list = m_document.next(*list)) {
                auto &found = result[SCONCE_TRY(keyName(*list))];
                found = SCONCE_TRY(edges(*lists, list->key, lock, names));
            }
            return {};
        };
        SCONCE_TRY(readTable(m_document.child(table, "optional-dependencies"), package.optionalDependencies));
        SCONCE_TRY(readTable(groups, package.groupDependencies));
    }
    return checkRoots(tables, lock);
}

Result<std::vector<Dependency>> Reader::edges(
    const Value &table, QByteArrayView key, const Lock &lock, const PackageNames &names)
{
    std::vector<Dependency> list =
        SCONCE_TRY(each(table, key, [&](const Value &value) { return edge(value, lock, names); }));
    const Value *value = m_document.child(table, key);
    value = value ? m_document.first(*value) : nullptr;
    for (auto current = list.begin(); current != list.end(); ++current) {
        // Equal edges stand beside each other in every lock that was not edited.
        if (current != list.begin() && *current == *std::prev(current))
            return fault(*value, tr("This dependency stands here twice"));
        value = m_document.next(*value);
    }
    return list;
}

Result<Dependency> Reader::edge(const Value &table, const Lock &lock, const PackageNames &names)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    const names::PackageName target = SCONCE_TRY(neededName(table, "name"));
    const auto version = SCONCE_TRY(optionalVersion(table));
    std::optional<Source> from;
    if (const Value *value = m_document.child(table, "source"))
        from = SCONCE_TRY(source(*value));
    std::vector<std::size_t> matches;
    if (const auto found = names.find(target); found != names.end()) {
        for (const std::size_t index : found->second) {
            const Package &package = lock.packages[index];
            if ((!version || package.version == version) && (!from || package.source == *from))
                matches.push_back(index);
        }
    }
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
