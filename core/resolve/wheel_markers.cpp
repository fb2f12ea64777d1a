// SPDX-License-Identifier: Apache-2.0
#include "resolve/wheel_markers.h"

#include <algorithm>

#include "resolve/platform_markers.h"
#include "tags/python_tag.h"

using namespace Qt::StringLiterals;

namespace sconce::resolve {

using markers::Marker;

namespace {

using Release = std::pair<quint64, quint64>;

/// Bounds cut to minor versions.
class MinorBounds {
public:
    explicit MinorBounds(const markers::PythonBounds &bounds)
    {
        if (bounds.low)
            m_low = minorOf(bounds.low->release);
        if (!bounds.high)
            return;
        m_high = minorOf(bounds.high->release);
        const versions::Version::Release numbers = bounds.high->release.release();
        const auto isZero = [](quint64 number) { return number == 0; };
        m_includesHigh = bounds.high->isAbove
            || (numbers.size() > 2 && !std::all_of(numbers.begin() + 2, numbers.end(), isZero));
    }

    bool isBelowHigh(Release release) const
    {
        return !m_high || (m_includesHigh ? release <= *m_high : release < *m_high);
    }
    bool holds(Release release) const { return (!m_low || release >= *m_low) && isBelowHigh(release); }

private:
    static Release minorOf(const versions::Version &version)
    {
        const versions::Version::Release numbers = version.release();
        return {numbers[0], numbers.size() > 1 ? numbers[1] : 0};
    }

    std::optional<Release> m_low;
    std::optional<Release> m_high;
    bool m_includesHigh = false;
};

bool fitsPython(QStringView tag, const MinorBounds &bounds)
{
    const tags::PythonTag python = tags::PythonTag::read(tag);
    if (python.major == 2)
        return false;
    const auto release = python.release();
    if (!release)
        return true;
    // py38 also runs on what came later.
    return python.implementation == "py"_L1 ? bounds.isBelowHigh(*release) : bounds.holds(*release);
}

/// The Python version that an ABI is for; nothing for ABIs that tell none.
std::optional<Release> releaseOf(QStringView abi)
{
    if (abi.startsWith("cp"_L1))
        return tags::PythonTag::read(abi).release();
    if (abi.startsWith("pypy"_L1)) {
        const tags::PythonTag tag = tags::PythonTag::read(abi);
        return tag.rest.startsWith(u'_') ? tag.release() : std::nullopt;
    }
    if (!abi.startsWith("graalpy"_L1))
        return {};
    // Newer ones name themselves first: graalpy250_312_native.
    const tags::PythonTag own = tags::PythonTag::read(abi);
    if (!own.rest.startsWith(u'_'))
        return {};
    const tags::PythonTag python = tags::PythonTag::read(own.rest.sliced(1));
    return python.implementation.isEmpty() && python.minor ? python.release() : own.release();
}

bool fitsAbi(QStringView abi, const QStringList &pythons, const MinorBounds &bounds)
{
    if (abi == "abi3"_L1 || abi == "abi3t"_L1)
        return true;
    if (abi == "none"_L1)
        return std::ranges::any_of(pythons, [&](const QString &tag) { return fitsPython(tag, bounds); });
    if (const auto release = releaseOf(abi))
        return release->first != 2 && bounds.holds(*release);
    return !abi.startsWith("pypy"_L1);
}

QString implementationName(QStringView implementation)
{
    if (implementation == "cp"_L1)
        return u"CPython"_s;
    if (implementation == "pp"_L1)
        return u"PyPy"_s;
    return implementation == "graalpy"_L1 ? u"GraalPy"_s : u"Pyston"_s;
}

/// Wheels with a stable ABI also run on all later Pythons.
Marker pythonMarker(const QString &tag, bool hasStableAbi)
{
    using versions::Version;
    const tags::PythonTag python = tags::PythonTag::read(tag);
    if (!tags::isKnownPython(tag))
        return {};
    const auto before = [](Version version) {
        return versions::ReleaseRange::Cut{std::move(version), false};
    };
    const quint64 major = *python.major;
    markers::PythonBounds bounds;
    bounds.low = before(python.minor ? Version::of({major, *python.minor}) : Version::of({major}));
    const bool reachesNextMajor = !python.minor || python.implementation == "py"_L1;
    if (!hasStableAbi)
        bounds.high =
            before(reachesNextMajor ? Version::of({major + 1}) : Version::of({major, *python.minor + 1}));
    const Marker within = markers::pythonWithin(bounds);
    if (python.implementation == "py"_L1)
        return within;
    return within
        & Marker::parse(
            u"platform_python_implementation == '%1'"_s.arg(implementationName(python.implementation)))
              .value();
}

} // namespace

bool servesPython(const tags::WheelTags &wheel, const markers::PythonBounds &bounds)
{
    const MinorBounds minors(bounds);
    return std::ranges::any_of(
        wheel.abis(), [&](const QString &abi) { return fitsAbi(abi, wheel.pythons(), minors); });
}

const Marker &WheelMarkers::platform(const QString &tag)
{
    const auto found = m_platforms.constFind(tag);
    return found != m_platforms.cend() ? *found : *m_platforms.insert(tag, platformMarker(tag));
}

const Marker &WheelMarkers::pythons(const tags::WheelTags &wheel)
{
    if (const auto found = m_pythons.constFind(wheel); found != m_pythons.cend())
        return *found;
    const bool hasStableAbi = wheel.abis().contains("abi3"_L1) || wheel.abis().contains("abi3t"_L1);
    Marker pythons = Marker::never();
    for (const QString &tag : wheel.pythons())
        pythons = pythons | pythonMarker(tag, hasStableAbi);
    return *m_pythons.insert(wheel, pythons);
}

std::vector<Marker> WheelMarkers::implied(std::span<const tags::WheelTags> wheels)
{
    // Versions have wheels of the same few platforms for each of many Pythons, and Pythons are quickly
    // united.
    std::vector<std::pair<QStringList, Marker>> parts;
    for (const tags::WheelTags &wheel : wheels) {
        auto part = std::ranges::find(parts, wheel.platforms(), &std::pair<QStringList, Marker>::first);
        if (part == parts.end())
            part = parts.insert(part, {wheel.platforms(), Marker::never()});
        part->second = part->second | pythons(wheel);
    }
    std::vector<Marker> result;
    for (const auto &[tags, pythons] : parts) {
        Marker platforms = Marker::never();
        for (const QString &tag : tags)
            platforms = platforms | platform(tag);
        result.push_back(pythons & platforms);
    }
    return result;
}

bool WheelMarkers::isNeeded(
    const tags::WheelTags &wheel, const markers::PythonBounds &bounds, const Marker &where)
{
    if (!servesPython(wheel, bounds))
        return false;
    if (std::ranges::all_of(wheel.platforms(), [](const QString &tag) { return tag == "any"_L1; }))
        return true;
    auto homes = m_homes.constFind(wheel.platforms());
    if (homes == m_homes.cend())
        homes = m_homes.insert(wheel.platforms(), commonHomes(wheel.platforms()));
    return std::ranges::none_of(*homes, [&](const Marker &home) { return home.isDisjointFrom(where); });
}

} // namespace sconce::resolve
