// SPDX-License-Identifier: Apache-2.0
#include "versions/version_set.h"

#include <algorithm>

#include "versions/version_key.h"

namespace sconce::versions {

namespace {

using Side = Cut::Side;
using Interval = VersionSet::Interval;

int end(Side side)
{
    return side == Side::Start ? -1 : side == Side::End ? 1 : 0;
}

bool isAboveLocals(Side side)
{
    return side == Side::AfterLocals || side == Side::AfterPosts;
}

const std::vector<Version::LocalPart> &localOf(const Cut &cut)
{
    static const std::vector<Version::LocalPart> none;
    return cut.side == Side::BeforePreReleases ? none : cut.version.local();
}

Key keyOf(const Cut &cut)
{
    Key key = Key::of(cut.version.parts());
    switch (cut.side) {
    case Side::BeforePreReleases: return {.epoch = key.epoch, .release = key.release, .dev = 0};
    case Side::AfterPosts: key.post = key.dev = Key::None; [[fallthrough]];
    case Side::AfterLocals:
        key.local.clear();
        key.isAboveLocals = true;
        break;
    case Side::Start:
    case Side::Before:
    case Side::After:
    case Side::End: break;
    }
    return key;
}

/// "==V.*": the last numbered part of V is raised for the upper end.
VersionSet family(const Version &version)
{
    Version::Parts low = version.parts();
    low.dev = 0;
    Version::Parts high = low;
    if (high.post)
        ++*high.post;
    else if (high.pre)
        ++high.pre->number;
    else
        ++high.release.last();
    return VersionSet::between({Side::Before, Version::from(low)}, {Side::Before, Version::from(high)});
}

Cut upperEnd(const Version &version)
{
    if (!version.post())
        return {version.isPreRelease() ? Side::Before : Side::BeforePreReleases, version};
    Version::Parts parts = version.parts();
    parts.dev = parts.dev.value_or(0);
    return {Side::Before, Version::from(parts)};
}

Cut lowerEnd(const Version &version)
{
    if (!version.dev())
        return {version.post() ? Side::AfterLocals : Side::AfterPosts, version};
    Version::Parts parts = version.parts();
    ++*parts.dev;
    return {Side::Before, Version::from(parts)};
}

/// Whether the interval is "==V.*" and for which V.
std::optional<Version> prefixOf(const Interval &interval)
{
    const Version::Parts low = interval.low.version.parts();
    if (interval.low.side != Side::Before || low.dev != 0 || low.pre || low.post)
        return std::nullopt;
    Version version = Version::from({.epoch = low.epoch, .release = low.release});
    if (family(version) != VersionSet::between(interval.low, interval.high))
        return std::nullopt;
    return version;
}

} // namespace

std::strong_ordering operator<=>(const Cut &left, const Cut &right)
{
    if (end(left.side) != 0 || end(right.side) != 0)
        return end(left.side) <=> end(right.side);
    if (!left.version.isPacked() || !right.version.isPacked()) {
        if (const auto order = keyOf(left) <=> keyOf(right); order != 0)
            return order;
    } else {
        const auto packed = [](const Cut &cut) {
            Version::Packed place = cut.version.m_packed;
            if (cut.side == Side::BeforePreReleases)
                place.suffix = 0;
            else if (cut.side == Side::AfterPosts)
                place.suffix |= Version::AnyPost << 31 | Version::NoDev << 3;
            return place;
        };
        if (const auto order = packed(left).order(packed(right)); order != 0)
            return order;
        if (isAboveLocals(left.side) || isAboveLocals(right.side))
            return isAboveLocals(left.side) <=> isAboveLocals(right.side);
        if (const auto order = Version::compareLocals(localOf(left), localOf(right)); order != 0)
            return order;
    }
    return (left.side == Side::After) <=> (right.side == Side::After);
}

std::size_t Cut::hash() const
{
    // Only what counts for this side, so that equal cuts have equal hashes.
    const auto at = [](Side place, const Version &what) {
        return qHashMulti(std::size_t(place), what.hash());
    };
    switch (side) {
    case Side::Start:
    case Side::End: break;
    case Side::Before:
    case Side::After: return at(side, version);
    case Side::AfterLocals: return at(side, version.hasLocal() ? version.withoutLocal() : version);
    case Side::BeforePreReleases: {
        const Version::Parts parts = version.parts();
        return at(Side::Before, Version::from({.epoch = parts.epoch, .release = parts.release, .dev = 0}));
    }
    case Side::AfterPosts: {
        const Version::Parts parts = version.parts();
        return at(side, Version::from({.epoch = parts.epoch, .release = parts.release, .pre = parts.pre}));
    }
    }
    return std::size_t(side);
}

VersionSet VersionSet::between(Cut low, Cut high)
{
    VersionSet set;
    if (low < high)
        set.m_intervals.append({std::move(low), std::move(high)});
    return set;
}

VersionSet VersionSet::exactly(const Version &version)
{
    return between({Side::Before, version}, {Side::After, version});
}

VersionSet VersionSet::of(const Specifier &specifier)
{
    using Operator = Specifier::Operator;
    const Version &version = specifier.version;
    switch (specifier.op) {
    case Operator::Equal:
        if (specifier.isPrefix)
            return family(version);
        if (version.hasLocal())
            return exactly(version);
        return between({Side::Before, version}, {Side::AfterLocals, version});
    case Operator::Arbitrary: return exactly(version);
    case Operator::NotEqual: return of({Operator::Equal, version, specifier.isPrefix}).complement();
    case Operator::Less: return between({}, upperEnd(version));
    case Operator::LessEqual: return between({}, {Side::AfterLocals, version});
    case Operator::Greater: return between(lowerEnd(version), {Side::End, {}});
    case Operator::GreaterEqual: return between({Side::Before, version}, {Side::End, {}});
    case Operator::Compatible: break;
    }
    Version::Release prefix = version.release();
    prefix.removeLast();
    const VersionSet versions = family(Version::from({.epoch = version.epoch(), .release = prefix}));
    return between({Side::Before, version}, versions.m_intervals.first().high);
}

VersionSet VersionSet::of(const SpecifierSet &specifiers)
{
    VersionSet set = full();
    for (const Specifier &specifier : specifiers.specifiers())
        set = set.intersection(of(specifier));
    return set;
}

bool VersionSet::contains(const Version &version) const
{
    const Cut place{Side::Before, version};
    const auto found = std::ranges::partition_point(
        m_intervals, [&](const Interval &interval) { return interval.high <= place; });
    return found != m_intervals.end() && found->low <= place;
}

VersionSet VersionSet::complement() const
{
    VersionSet outside;
    Cut low;
    for (const Interval &interval : m_intervals) {
        if (low < interval.low)
            outside.m_intervals.append({low, interval.low});
        low = interval.high;
    }
    if (low.side != Side::End)
        outside.m_intervals.append({low, {Side::End, {}}});
    return outside;
}

VersionSet VersionSet::intersection(const VersionSet &other) const
{
    VersionSet both;
    for (auto left = m_intervals.begin(), right = other.m_intervals.begin();
        left != m_intervals.end() && right != other.m_intervals.end();) {
        const bool leftEndsFirst = left->high < right->high;
        const Cut &low = std::max(left->low, right->low);
        const Cut &high = leftEndsFirst ? left->high : right->high;
        if (low < high)
            both.m_intervals.append({low, high});
        ++(leftEndsFirst ? left : right);
    }
    return both;
}

VersionSet VersionSet::united(const VersionSet &other) const
{
    VersionSet any;
    auto left = m_intervals.begin();
    auto right = other.m_intervals.begin();
    while (left != m_intervals.end() || right != other.m_intervals.end()) {
        const bool takesLeft =
            right == other.m_intervals.end() || (left != m_intervals.end() && left->low < right->low);
        const Interval &next = takesLeft ? *left++ : *right++;
        if (any.isEmpty() || any.m_intervals.last().high < next.low)
            any.m_intervals.append(next);
        else if (any.m_intervals.last().high < next.high)
            any.m_intervals.last().high = next.high;
    }
    return any;
}

bool VersionSet::isSubsetOf(const VersionSet &other) const
{
    auto outer = other.m_intervals.begin();
    return std::ranges::all_of(m_intervals, [&](const Interval &inner) {
        while (outer != other.m_intervals.end() && outer->high < inner.high)
            ++outer;
        return outer != other.m_intervals.end() && outer->low <= inner.low;
    });
}

bool VersionSet::isDisjointFrom(const VersionSet &other) const
{
    for (auto left = m_intervals.begin(), right = other.m_intervals.begin();
        left != m_intervals.end() && right != other.m_intervals.end();) {
        if (std::max(left->low, right->low) < std::min(left->high, right->high))
            return false;
        ++(left->high < right->high ? left : right);
    }
    return true;
}

std::optional<Version> VersionSet::singleton() const
{
    if (m_intervals.size() != 1)
        return std::nullopt;
    const auto &[low, high] = m_intervals.first();
    if (low.side != Side::Before || (high.side != Side::After && high.side != Side::AfterLocals)
        || low.version != high.version)
        return std::nullopt;
    return low.version;
}

QString VersionSet::Interval::text() const
{
    if (const std::optional<Version> version = between(low, high).singleton())
        return QLatin1StringView("==") + version->text();
    if (const std::optional<Version> version = prefixOf(*this))
        return QLatin1StringView("==") + version->text() + QLatin1StringView(".*");
    QStringList ends;
    if (low.side != Side::Start)
        ends += QLatin1StringView(low.side < Side::After ? ">=" : ">") + low.version.text();
    if (high.side != Side::End)
        ends += QLatin1StringView(high.side < Side::After ? "<" : "<=") + high.version.text();
    return ends.isEmpty() ? QStringLiteral("*") : ends.join(QLatin1StringView(", "));
}

QString VersionSet::text() const
{
    if (isEmpty())
        return QStringLiteral("∅");
    QStringList texts;
    for (const Interval &interval : m_intervals)
        texts += interval.text();
    return texts.join(QLatin1StringView(" | "));
}

std::size_t VersionSet::hash() const
{
    std::size_t hash = 0;
    for (const Interval &interval : m_intervals)
        hash = qHashMulti(hash, interval.low.hash(), interval.high.hash());
    return hash;
}

} // namespace sconce::versions
