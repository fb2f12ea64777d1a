// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include <algorithm>
#include <map>

#include <QCoreApplication>

#include "torch/backends.h"

namespace sconce::plan {

using namespace Qt::StringLiterals;
using Kind = Operation::Kind;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(plan)
};

Kind changeOf(const versions::Version &from, const versions::Version &to)
{
    if (from == to)
        return Kind::Reinstall;
    if (from.withoutLocal() == to.withoutLocal())
        return Kind::SwitchBackend;
    return from < to ? Kind::Upgrade : Kind::Downgrade;
}

bool isSame(const environment::Installed &installed, const resolve::ResolvedPackage &wanted)
{
    if (installed.version != wanted.version)
        return false;
    // Any origin will do for a package from an index; one asked for by its address must come from there.
    return !wanted.index.url.isEmpty()
        || (installed.directUrl && QUrl(installed.directUrl->url) == wanted.file.url());
}

/// Why `wanted` is wanted at this version rather than at `from`.
QString reasonFor(const resolve::ResolvedPackage &wanted, const resolve::Resolution &all,
    const std::optional<versions::Version> &from)
{
    for (const names::PackageName &parent : wanted.neededBy) {
        const auto needing = std::ranges::find(all.packages, parent, &resolve::ResolvedPackage::name);
        if (!from || needing == all.packages.end() || !needing->metadata)
            continue;
        for (const requirements::Requirement &requirement : needing->metadata->requiresDist) {
            if (requirement.name == wanted.name && !requirement.specifiers.contains(*from))
                return parent.text() + u' ' + requirement.specifiers.text();
        }
    }
    if (!wanted.wishedBy.isEmpty())
        return Words::tr("you asked");
    return wanted.neededBy.empty() ? QString() : wanted.neededBy.front().text();
}

Operation::Size sizeOf(const metadata::IndexFile &file)
{
    return {file.size, file.size ? Operation::Size::Source::Listed : Operation::Size::Source::Unknown};
}

void warn(Plan &plan, const Operation &operation)
{
    const QString name = operation.name.text();
    if (operation.kind == Kind::Downgrade) {
        const QString change =
            Words::tr("%1 goes down from %2 to %3").arg(name, operation.from->text(), operation.to->text());
        plan.warnings.push_back(
            {operation.why.isEmpty() ? change : change + u" ("_s + operation.why + u')', operation.name});
    } else if (operation.kind == Kind::SwitchBackend) {
        plan.warnings.push_back({Words::tr("%1 changes its build from %2 to %3")
                                     .arg(name, operation.from->text(), operation.to->text()),
            operation.name});
    }
    if (operation.file && operation.file->yanked) {
        const QString reason = *operation.file->yanked;
        plan.warnings.push_back({reason.isEmpty()
                ? Words::tr("%1 %2 was withdrawn by its authors").arg(name, operation.to->text())
                : Words::tr("%1 %2 was withdrawn by its authors: %3").arg(name, operation.to->text(), reason),
            operation.name});
    }
    if (operation.file && operation.file->sha256().isEmpty() && !operation.index.url.isEmpty()) {
        plan.warnings.push_back(
            {Words::tr("The index gives no SHA-256 for %1, so the download cannot be compared with it")
                    .arg(name),
                operation.name});
    }
}

/// What is wanted, one package after the other, against what is installed.
class Comparison {
public:
    Comparison(const std::vector<environment::Installed> &installed, const Reinstall &reinstall)
        : m_reinstall(reinstall)
    {
        for (const environment::Installed &one : installed)
            m_present.emplace(one.name, &one);
    }

    /// `operation` says all but its kind, what it replaces and why.
    template <class IsThere, class Why>
    void want(Operation operation, const IsThere &isThere, const Why &why)
    {
        const auto [first, last] = m_present.equal_range(operation.name);
        const bool isForced =
            m_reinstall.isEverything || std::ranges::contains(m_reinstall.packages, operation.name);
        if (first != last && !isForced && std::next(first) == last && first->second->missingFile.isEmpty()
            && isThere(*first->second)) {
            m_plan.unchanged.push_back(operation.name);
            m_present.erase(first, last);
            return;
        }
        if (first != last) {
            operation.kind = changeOf(first->second->version, *operation.to);
            operation.from = first->second->version;
            operation.installed = *first->second;
        }
        const QString missing = operation.installed ? operation.installed->missingFile : QString();
        operation.why = missing.isEmpty() ? why(operation.from) : Words::tr("its %1 is missing").arg(missing);
        warn(m_plan, operation);
        m_plan.operations.push_back(std::move(operation));
        if (first != last) {
            for (auto other = std::next(first); other != last; ++other)
                m_plan.operations.push_back(removal(*other->second, Words::tr("installed twice")));
        }
        m_present.erase(first, last);
    }

    void removeOthers()
    {
        for (const auto &[name, one] : m_present)
            m_plan.operations.push_back(removal(*one, Words::tr("nothing needs it")));
    }

    Plan plan() && { return std::move(m_plan); }

private:
    const Reinstall &m_reinstall;
    // Two installations of one name are a leftover of a broken update: at most the first can stay.
    std::multimap<names::PackageName, const environment::Installed *> m_present;
    Plan m_plan;
};

} // namespace

Operation removal(const environment::Installed &installed, QString why)
{
    return {.kind = Kind::Remove,
        .name = installed.name,
        .from = installed.version,
        .installed = installed,
        .size = {0, Operation::Size::Source::Listed},
        .why = std::move(why)};
}

qint64 Plan::knownBytes() const
{
    qint64 sum = 0;
    for (const Operation &operation : operations)
        sum += operation.size.bytes.value_or(0);
    return sum;
}

std::size_t Plan::unknownSizes() const
{
    return std::size_t(std::ranges::count_if(
        operations, [](const Operation &operation) { return operation.file && !operation.size.bytes; }));
}

std::size_t Plan::count(Operation::Kind kind) const
{
    return std::size_t(std::ranges::count(operations, kind, &Operation::kind));
}

Plan make(const resolve::Resolution &wanted, const std::vector<environment::Installed> &installed,
    Extraneous extraneous, const Reinstall &reinstall, const std::vector<FolderWheel> &folders)
{
    Comparison comparison(installed, reinstall);
    for (const resolve::ResolvedPackage &package : wanted.packages) {
        Operation operation{.name = package.name,
            .to = package.version,
            .file = package.file,
            .index = package.index,
            .size = sizeOf(package.file),
            .isRequested = !package.wishedBy.isEmpty()};
        const auto isThere = [&](const environment::Installed &one) { return isSame(one, package); };
        const auto why = [&](const std::optional<versions::Version> &from) {
            return reasonFor(package, wanted, from);
        };
        comparison.want(std::move(operation), isThere, why);
    }
    for (const FolderWheel &folder : folders) {
        Operation operation{.name = folder.wheel.name.name,
            .to = folder.wheel.name.version,
            .folder = folder,
            .size = {0, Operation::Size::Source::Listed},
            .isCached = true,
            .isRequested = true};
        const auto isThere = [&](const environment::Installed &one) {
            return one.directUrl == folder.origin && wheel::isInstalledAs(one, folder.wheel);
        };
        comparison.want(std::move(operation), isThere,
            [](const std::optional<versions::Version> &) { return Words::tr("part of the project"); });
    }
    if (extraneous == Extraneous::Remove)
        comparison.removeOthers();
    Plan plan = std::move(comparison).plan();
    plan.wanted = wanted.packages;
    return plan;
}

} // namespace sconce::plan
