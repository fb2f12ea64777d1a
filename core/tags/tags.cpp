// SPDX-License-Identifier: Apache-2.0
#include "tags/tags.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace sconce::tags {

namespace {

QString pythonTag(const PythonAbi &python, int minor)
{
    const QString prefix = python.implementation == "cpython"_L1 ? u"cp"_s
        : python.implementation == "pypy"_L1                     ? u"pp"_s
                                                                 : python.implementation;
    return u"%1%2%3"_s.arg(prefix).arg(python.major).arg(minor);
}

QString abiTag(const PythonAbi &python)
{
    const QString version = u"%1%2"_s.arg(python.major).arg(python.minor);
    const QString own = u"%1%2"_s.arg(python.implementationMajor).arg(python.implementationMinor);
    if (python.implementation == "pypy"_L1)
        return u"pypy%1_pp%2"_s.arg(version, own);
    if (python.implementation == "graalpy"_L1)
        return u"graalpy%1_%2_native"_s.arg(own, version);
    if (python.isFreeThreaded)
        return u"cp%1t"_s.arg(version);
    // "m" for pymalloc, until 3.8 made both the same ABI.
    return python.major == 3 && python.minor < 8 ? u"cp%1m"_s.arg(version) : u"cp"_s + version;
}

bool suitsFreeThreading(QStringView abi)
{
    return abi == u"none" || abi == u"abi3t" || (abi.startsWith(u"cp") && abi.endsWith(u't'));
}

} // namespace

void CompatibleTags::append(const QString &python, const QString &abi, const QStringList &platforms)
{
    Ranks &ranks = m_ranks[python][abi];
    for (const QString &platform : platforms)
        ranks.insert(platform, --m_count);
}

CompatibleTags CompatibleTags::make(const PythonAbi &python, const Platform &platform)
{
    CompatibleTags tags;
    tags.m_python = python;
    tags.m_platform = platform;
    const bool isCPython = python.implementation == "cpython"_L1;
    const QString own = pythonTag(python, python.minor);
    const QString major = u"py%1"_s.arg(python.major);
    const QStringList platforms = platform.tags();

    tags.append(own, abiTag(python), platforms);
    // The stable ABI began with 3.2, the one for free threading with 3.15 (PEP 803).
    const QString stable = python.isFreeThreaded ? u"abi3t"_s : u"abi3"_s;
    for (int minor = python.minor; isCPython && minor >= 2; --minor) {
        if (!python.isFreeThreaded || minor >= 15)
            tags.append(pythonTag(python, minor), stable, platforms);
        if (minor == python.minor)
            tags.append(own, u"none"_s, platforms);
    }
    const QStringList anywhere{u"any"_s};
    for (const QStringList &where : {platforms, anywhere}) {
        if (isCPython && where == anywhere)
            tags.append(own, u"none"_s, where);
        for (int minor = python.minor; minor >= 0; --minor) {
            tags.append(major + QString::number(minor), u"none"_s, where);
            if (minor == python.minor)
                tags.append(major, u"none"_s, where);
        }
    }
    return tags;
}

std::optional<int> CompatibleTags::priority(const WheelTags &wheel) const
{
    std::optional<int> best;
    for (const QString &python : wheel.pythons()) {
        const auto abis = m_ranks.constFind(python);
        if (abis == m_ranks.cend())
            continue;
        for (const QString &abi : wheel.abis()) {
            const auto ranks = abis->constFind(abi);
            if (ranks == abis->cend())
                continue;
            for (const QString &platform : wheel.platforms()) {
                if (const auto rank = ranks->constFind(platform); rank != ranks->cend())
                    best = std::max(best.value_or(*rank), *rank);
            }
        }
    }
    return best;
}

std::optional<CompatibleTags::Misfit> CompatibleTags::misfit(const WheelTags &wheel) const
{
    if (priority(wheel))
        return std::nullopt;
    if (m_python.isFreeThreaded && std::ranges::none_of(wheel.abis(), suitsFreeThreading))
        return Misfit::FreeThreadedAbi;
    Misfit nearest = Misfit::Python;
    for (const QString &python : wheel.pythons()) {
        const auto abis = m_ranks.constFind(python);
        if (abis == m_ranks.cend())
            continue;
        const bool hasAbi =
            std::ranges::any_of(wheel.abis(), [&](const QString &abi) { return abis->contains(abi); });
        nearest = std::max(nearest, hasAbi ? Misfit::Platform : Misfit::Abi);
    }
    return nearest;
}

QStringList CompatibleTags::list() const
{
    std::vector<std::pair<int, QString>> ranked;
    for (const auto [python, abis] : m_ranks.asKeyValueRange()) {
        for (const auto [abi, ranks] : abis.asKeyValueRange()) {
            for (const auto [platform, rank] : ranks.asKeyValueRange())
                ranked.emplace_back(-rank, python + u'-' + abi + u'-' + platform);
        }
    }
    std::ranges::sort(ranked);
    QStringList list;
    for (const auto &[rank, tag] : ranked)
        list += tag;
    return list;
}

} // namespace sconce::tags
