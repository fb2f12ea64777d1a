// SPDX-License-Identifier: Apache-2.0
#include "resolve/words.h"

#include <algorithm>

#include "base/text.h"

namespace sconce::resolve {

using namespace Qt::StringLiterals;
using pubgrub::Package;
using versions::Version;
using versions::VersionSet;
using Kind = VirtualPackage::Kind;

namespace {

QString joinedWith(const QString &last, const QStringList &parts)
{
    if (parts.size() < 2)
        return parts.value(0);
    return parts.first(parts.size() - 1).join(u", ") + u' ' + last + u' ' + parts.last();
}

} // namespace

QString Words::range(const VersionSet &range)
{
    if (range.isFull())
        return {};
    if (const auto excluded = range.complement().singleton())
        return tr("other than %1").arg(excluded->text());
    QStringList parts;
    for (const auto &interval : range.intervals()) {
        QString text = interval.text();
        if (text.startsWith("=="_L1))
            text.remove(0, 2);
        parts.append(text);
    }
    return joinedWith(tr("or"), parts);
}

QString Words::wanted(Package package, const VersionSet &range) const
{
    const QString text = Words::range(range);
    return text.isEmpty() ? m_proof.packages.text(package) : m_proof.packages.text(package) + u' ' + text;
}

/// The versions that a reader thinks of: pre-releases only where they matter.
std::vector<Version> Words::listed(Package package, const VersionSet &versions) const
{
    const VirtualPackage &known = m_proof.packages[package];
    const PackageListings *listings = known.isReal() ? m_proof.listings(known.name) : nullptr;
    if (!listings)
        return {};
    const auto &all = listings->versions;
    const auto isHidden = [&](const Version &version) {
        return version.isPreRelease() && !versions.contains(version);
    };
    std::vector<Version> result;
    std::ranges::copy_if(
        all, std::back_inserter(result), [&](const Version &version) { return !isHidden(version); });
    return result;
}

QString Words::existing(Package package, const VersionSet &versions) const
{
    return existing(package, versions, Determiner::Every);
}

QString Words::existing(Package package, const VersionSet &versions, Determiner determiner) const
{
    const VirtualPackage &known = m_proof.packages[package];
    if (known.isReal() && m_proof.isOwn(m_proof.packages[known.name]))
        return m_proof.packages.text(package);
    const std::vector<Version> all = listed(package, versions);
    const auto isInside = [&](const Version &version) { return versions.contains(version); };
    const auto count = std::ranges::count_if(all, isInside);
    const QString name = m_proof.packages.text(package);
    if (count == 0)
        return wanted(package, versions);
    const bool isEvery = determiner == Determiner::Every;
    if (count == 1)
        return name + u' ' + std::ranges::find_if(all, isInside)->text();
    if (count == std::ssize(all))
        return isEvery ? tr("every version of %1").arg(name) : tr("no version of %1").arg(name);

    QStringList parts;
    for (auto from = all.begin(); (from = std::find_if(from, all.end(), isInside)) != all.end();) {
        const auto end = std::find_if_not(from, all.end(), isInside);
        if (end - from == 1)
            parts.append(from->text());
        else if (from == all.begin())
            parts.append(tr("up to %1").arg((end - 1)->text()));
        else if (end == all.end())
            parts.append(tr("from %1 on").arg(from->text()));
        else
            parts.append(tr("from %1 to %2").arg(from->text(), (end - 1)->text()));
        from = end;
    }
    constexpr qsizetype Many = 4;
    if (parts.size() > Many)
        return isEvery ? tr("each of %1 versions of %2").arg(count).arg(name)
                       : tr("none of %1 versions of %2").arg(count).arg(name);
    const QString which = name + u' ' + listText(parts);
    if (parts.size() > 1)
        return isEvery ? tr("each of %1").arg(which) : tr("none of %1").arg(which);
    return isEvery ? tr("every %1").arg(which) : tr("no %1").arg(which);
}

QString Words::fact(const Fact &fact) const
{
    switch (fact.kind) {
    case Fact::Kind::Requires: return needs(fact);
    case Fact::Kind::NoVersions: return noVersions(fact);
    case Fact::Kind::Unusable: break;
    }
    return unusable(fact);
}

QString Words::needs(const Fact &fact) const
{
    QStringList parts;
    for (const auto &needed : fact.needs)
        parts.append(need(fact, needed));
    if (fact.package == Packages::Root)
        return tr("you ask for %1").arg(listText(parts));
    return tr("%1 needs %2").arg(existing(fact.package, fact.versions), listText(parts));
}

QString Words::need(const Fact &fact, const Fact::Need &need) const
{
    const VirtualPackage &needed = m_proof.packages[need.package];
    if (need.range.isEmpty() && fact.package == Packages::Root)
        return tr("%1 %2, which no version can be")
            .arg(m_proof.packages.text(need.package), m_proof.wished(needed.name));
    if (need.package == fact.package)
        return tr("another version of itself (%1)").arg(range(need.range));
    const QString text = wanted(need.package, need.range);
    const auto isRule = [&](const requirements::Requirement &rule) {
        return needed.isReal() && rule.name == m_proof.packages[needed.name]
            && VersionSet::of(rule.specifiers) == need.range;
    };
    if (std::ranges::any_of(m_proof.policy.overrides, isRule))
        return tr("%1 (your override)").arg(text);
    return std::ranges::any_of(m_proof.policy.constraints, isRule) ? tr("%1 (your constraint)").arg(text)
                                                                   : text;
}

QString Words::noVersions(const Fact &fact) const
{
    const VirtualPackage &known = m_proof.packages[fact.package];
    const QString name = m_proof.packages.text(fact.package);
    if (known.kind == Kind::Python)
        return (m_proof.tags ? tr("this is Python %1") : tr("the project is for Python %1"))
            .arg(m_proof.python);
    if (known.kind == Kind::System)
        return tr("only one %1 can be in use").arg(name);
    std::vector<Version> others = listed(fact.package, VersionSet());
    if (others.empty())
        return tr("there is no version of %1").arg(name);
    if (const auto only = fact.versions.singleton())
        return tr("there is no %1 %2").arg(name, only->text());
    std::erase_if(others, [&](const Version &version) { return fact.versions.contains(version); });
    if (!others.empty()) {
        using versions::Cut;
        const auto &intervals = fact.versions.intervals();
        const bool isStable = m_proof.preReleases(known.name) == PreReleases::Disallow;
        if (others.size() == 1)
            return (isStable ? tr("the only stable version of %1 is %2") : tr("the only version of %1 is %2"))
                .arg(name, others.front().text());
        if (Cut{Cut::Side::After, others.back()} <= intervals.front().low)
            return (
                isStable ? tr("the newest stable version of %1 is %2") : tr("the newest version of %1 is %2"))
                .arg(name, others.back().text());
        if (Cut{Cut::Side::Before, others.front()} >= intervals.back().high)
            return (
                isStable ? tr("the oldest stable version of %1 is %2") : tr("the oldest version of %1 is %2"))
                .arg(name, others.front().text());
    }
    const QString text = range(fact.versions);
    return text.isEmpty() ? tr("there is no version of %1").arg(name)
                          : tr("there is no version of %1 that is %2").arg(name, text);
}

QString Words::bestTag(qsizetype part) const
{
    return m_proof.tags->list().value(0).section(u'-', part, part);
}

QString Words::unusable(const Fact &fact) const
{
    using Reason = Unusable::Kind;
    const QString name = m_proof.packages.text(fact.package);
    const QString versions = existing(fact.package, fact.versions);
    switch (fact.reason.kind) {
    case Reason::NotFound: return tr("no index has %1").arg(name);
    case Reason::NoIndex: return tr("there is no index to find %1 on").arg(name);
    case Reason::NoBuild: return tr("with building off %1 has no usable file").arg(versions);
    case Reason::NoBinary: return tr("%1 has no usable file but wheels, which are turned off").arg(versions);
    case Reason::TooNew: return tr("%1 is newer than the cut-off date").arg(versions);
    case Reason::Yanked:
        return fact.reason.detail.isEmpty()
            ? tr("%1 was yanked by its authors").arg(versions)
            : tr("%1 was yanked by its authors (%2)").arg(versions, fact.reason.detail);
    case Reason::BadFormat:
        return tr("%1 comes in a form that is not supported (%2)").arg(versions, fact.reason.detail);
    case Reason::Platform: return tr("%1 has no wheel for this platform (%2)").arg(versions, bestTag(2));
    case Reason::Abi: return tr("%1 has no wheel for this Python's ABI (%2)").arg(versions, bestTag(1));
    case Reason::Python:
        return m_proof.tags
            ? tr("%1 has no wheel for this Python (%2)").arg(versions, bestTag(0))
            : tr("%1 has no wheel for the Pythons of the project (%2)").arg(versions, m_proof.python);
    case Reason::Environment: return tr("%1 has no wheel for %2").arg(versions, fact.reason.detail);
    case Reason::Impossible:
        return tr("%1 needs %2, which no version can be").arg(versions, fact.reason.detail);
    case Reason::Metadata: break;
    }
    return tr("%1 cannot be read (%2)").arg(versions, fact.reason.detail);
}

std::shared_ptr<const Derivation> Words::derivation(const Fact &fact) const
{
    auto result = std::make_shared<Derivation>();
    result->text = this->fact(fact);
    result->package = m_proof.packages.text(fact.package);
    if (fact.package != Packages::Root)
        result->range = range(fact.versions);
    switch (fact.kind) {
    case Fact::Kind::NoVersions:
        result->kind =
            fact.package == Packages::Python ? Derivation::Kind::PythonTooOld : Derivation::Kind::NoVersions;
        break;
    case Fact::Kind::Unusable:
        result->kind = fact.reason.kind == Unusable::Kind::NotFound ? Derivation::Kind::Unavailable
                                                                    : Derivation::Kind::Unusable;
        result->reason = result->text;
        break;
    case Fact::Kind::Requires: {
        result->kind = Derivation::Kind::Requires;
        QStringList names;
        QStringList ranges;
        for (const auto &need : fact.needs) {
            names.append(m_proof.packages.text(need.package));
            ranges.append(range(need.range));
        }
        result->dependency = listText(names);
        result->dependencyRange = listText(ranges);
        break;
    }
    }
    return result;
}

QString Words::conclusion(const std::vector<Statement> &statements) const
{
    QStringList chosen;
    QStringList needed;
    bool concernsWishes = statements.empty();
    for (const Statement &statement : statements) {
        if (statement.package == Packages::Root)
            concernsWishes = true;
        else if (statement.isChosen)
            chosen.append(existing(statement.package, statement.versions));
        else
            needed.append(wanted(statement.package, statement.versions));
    }
    if (chosen.isEmpty() && needed.isEmpty())
        return tr("your requirements cannot be met");
    if (!needed.isEmpty()) {
        const QString what = joinedWith(tr("or"), needed);
        return chosen.isEmpty() ? tr("your requirements need %1").arg(what)
                                : tr("%1 needs %2").arg(joinedWith(tr("with"), chosen), what);
    }
    if (concernsWishes)
        return tr("your requirements rule out %1").arg(joinedWith(tr("together with"), chosen));
    if (chosen.size() > 1)
        return tr("%1 exclude each other").arg(listText(chosen));
    const Statement &only = statements.front();
    const VirtualPackage &known = m_proof.packages[only.package];
    if (known.isBase() && m_proof.isOwn(m_proof.packages[known.name]))
        return tr("your requirements cannot be met");
    const QString none = existing(only.package, only.versions, Determiner::No);
    return none == chosen.front() ? tr("%1 cannot be used").arg(none) : tr("%1 can be used").arg(none);
}

} // namespace sconce::resolve
