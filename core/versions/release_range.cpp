// SPDX-License-Identifier: Apache-2.0
#include "versions/release_range.h"

#include <algorithm>
#include <iterator>

namespace sconce::versions {

namespace {

using Cut = ReleaseRange::Cut;
using Interval = ReleaseRange::Interval;
using Operator = Specifier::Operator;

/// The first release behind all that begin with `prefix`: 3.13 for 3.12.
Version firstBehind(Version::Release prefix)
{
    ++prefix.last();
    return Version::from({.release = prefix});
}

Interval family(const Version &low, const Version::Release &prefix)
{
    return {Cut{low, false}, Cut{firstBehind(prefix), false}};
}

std::vector<Interval> intervalsOf(const Specifier &specifier)
{
    const Version version = specifier.version.releaseOnly();
    const Cut below{version, false};
    const Cut above{version, true};
    const Interval same = specifier.isPrefix ? family(version, version.release()) : Interval{below, above};
    switch (specifier.op) {
    case Operator::Equal:
    case Operator::Arbitrary: return {same};
    case Operator::NotEqual: return {{std::nullopt, same.low}, {same.high, std::nullopt}};
    case Operator::Less: return {{std::nullopt, below}};
    case Operator::LessEqual: return {{std::nullopt, above}};
    case Operator::Greater: return {{above, std::nullopt}};
    case Operator::GreaterEqual: return {{below, std::nullopt}};
    case Operator::Compatible: break;
    }
    Version::Release prefix = version.release();
    prefix.removeLast();
    return {family(version, prefix)};
}

/// The first two numbers; a missing second one is zero.
Version::Release minor(const Version &version)
{
    const Version::Release release = version.release();
    return {release.first(), release.value(1)};
}

bool isMinor(const Cut &cut)
{
    return !cut.isAbove && cut.release.release().size() <= 2;
}

std::vector<Specifier> holeBetween(const Cut &end, const Cut &start)
{
    if (!end.isAbove && start.isAbove && end.release == start.release)
        return {{Operator::NotEqual, end.release, false}};
    const Version::Release first = minor(end.release);
    const Version::Release behind = minor(start.release);
    if (!isMinor(end) || !isMinor(start) || first.first() != behind.first())
        return {};
    std::vector<Specifier> minors;
    for (quint64 number = first.last(); number < behind.last(); ++number)
        minors.push_back({Operator::NotEqual, Version::of({first.first(), number}), true});
    return minors;
}

/// Whether the bounds are those of one minor version, however many zeros follow.
bool isOneMinor(const Cut &low, const Cut &high)
{
    const Version start = Version::from({.release = minor(low.release)});
    return !low.isAbove && !high.isAbove && low.release == start
        && high.release == firstBehind(start.release());
}

std::vector<Specifier> outerBounds(const std::optional<Cut> &low, const std::optional<Cut> &high)
{
    if (low && high && low->release == high->release)
        return {{Operator::Equal, low->release, false}};
    if (low && high && isOneMinor(*low, *high))
        return {{Operator::Equal, Version::from({.release = minor(low->release)}), true}};
    std::vector<Specifier> bounds;
    if (low)
        bounds.push_back({low->isAbove ? Operator::Greater : Operator::GreaterEqual, low->release, false});
    if (high)
        bounds.push_back({high->isAbove ? Operator::LessEqual : Operator::Less, high->release, false});
    return bounds;
}

} // namespace

ReleaseRange ReleaseRange::of(const SpecifierSet &specifiers)
{
    ReleaseRange range;
    for (const Specifier &specifier : specifiers.specifiers()) {
        ReleaseRange part;
        part.m_intervals = intervalsOf(specifier);
        range = range.intersection(part);
    }
    return range;
}

bool ReleaseRange::contains(const Version &version) const
{
    const Cut place{version.releaseOnly(), false};
    return std::ranges::any_of(m_intervals, [&](const Interval &interval) {
        return (!interval.low || *interval.low <= place) && (!interval.high || place < *interval.high);
    });
}

ReleaseRange ReleaseRange::intersection(const ReleaseRange &other) const
{
    ReleaseRange both;
    both.m_intervals.clear();
    for (const Interval &left : m_intervals) {
        for (const Interval &right : other.m_intervals) {
            const auto &low = !right.low || (left.low && *left.low > *right.low) ? left.low : right.low;
            const auto &high =
                !right.high || (left.high && *left.high < *right.high) ? left.high : right.high;
            if (!low || !high || *low < *high)
                both.m_intervals.push_back({low, high});
        }
    }
    return both;
}

ReleaseRange ReleaseRange::withoutHoles() const
{
    ReleaseRange range = *this;
    if (!isEmpty())
        range.m_intervals = {{lower(), upper()}};
    return range;
}

SpecifierSet ReleaseRange::specifiers() const
{
    std::vector<Specifier> specifiers = outerBounds(lower(), upper());
    for (std::size_t i = 1; i < m_intervals.size(); ++i)
        std::ranges::copy(
            holeBetween(*m_intervals[i - 1].high, *m_intervals[i].low), std::back_inserter(specifiers));
    return SpecifierSet(std::move(specifiers));
}

} // namespace sconce::versions
