// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <random>

#include <QString>

#include "markers/environment.h"
#include "markers/marker.h"

namespace sconce::markers {

/// Texts of markers and environments that meet in their values. The seed is printed, and SCONCE_SEED sets it.
class RandomMarker {
public:
    RandomMarker()
        : m_seed(qEnvironmentVariableIsSet("SCONCE_SEED")
                  ? quint32(qEnvironmentVariableIntValue("SCONCE_SEED"))
                  : std::random_device()())
        , m_random(m_seed)
    {
        qInfo("SCONCE_SEED=%u", m_seed);
    }

    QString text(int comparisons = 0)
    {
        if (comparisons == 0)
            comparisons = 1 + below(7);
        if (comparisons == 1)
            return comparison();
        const int left = 1 + below(comparisons - 1);
        const QString word = below(2) == 0 ? QStringLiteral(" and ") : QStringLiteral(" or ");
        return QStringLiteral("(") + text(left) + word + text(comparisons - left) + QStringLiteral(")");
    }

    Marker marker() { return *Marker::parse(text()); }

    /// A computer that exists, as far as impossible combinations tell.
    Environment environment()
    {
        struct Platform {
            const char16_t *os, *sys, *system;
        };
        static constexpr std::array<Platform, 4> Platforms{
            {{u"posix", u"linux", u"Linux"}, {u"nt", u"win32", u"Windows"}, {u"posix", u"darwin", u"Darwin"},
                {u"posix", u"freebsd", u"FreeBSD"}}};
        const Platform &platform = Platforms[std::size_t(below(4))];
        Environment environment;
        environment.osName = QString::fromUtf16(platform.os);
        environment.sysPlatform = QString::fromUtf16(platform.sys);
        environment.platformSystem = QString::fromUtf16(platform.system);
        environment.platformMachine = pick({u"x86_64", u"arm64", u"aarch64"});
        environment.implementationName = pick({u"cpython", u"pypy"});
        environment.pythonFullVersion =
            pick({u"3.9", u"3.10.4", u"3.11", u"3.11.4", u"3.12.0", u"3.12.1", u"3.13.0b1"});
        environment.implementationVersion = environment.pythonFullVersion;
        environment.platformVersion = pick({u"1", u"#1 Ubuntu"});
        return environment;
    }

    std::set<names::ExtraName> extras()
    {
        std::set<names::ExtraName> extras;
        for (const QStringView name : {u"a", u"b", u"c"}) {
            if (below(2) == 0)
                extras.insert(*names::ExtraName::parse(name));
        }
        return extras;
    }

    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(m_random); }

private:
    QString pick(std::initializer_list<QStringView> words)
    {
        return (words.begin() + below(int(words.size())))->toString();
    }

    QString comparison()
    {
        const QString equal = pick({u"==", u"!="});
        const auto say = [](const QString &key, const QString &op, const QString &value) {
            return QStringLiteral("%1 %2 '%3'").arg(key, op, value);
        };
        switch (below(9)) {
        case 0: return say(QStringLiteral("sys_platform"), equal, pick({u"linux", u"win32", u"darwin"}));
        case 1: return say(QStringLiteral("os_name"), equal, pick({u"nt", u"posix", u"java"}));
        case 2:
            return say(QStringLiteral("platform_system"), equal, pick({u"Linux", u"FreeBSD", u"Windows"}));
        case 3:
            return say(QStringLiteral("platform_machine"), equal, pick({u"x86_64", u"arm64", u"aarch64"}));
        case 4: return say(QStringLiteral("implementation_name"), equal, pick({u"cpython", u"pypy"}));
        case 5:
            return say(QStringLiteral("python_full_version"), pick({u"==", u"!=", u"<", u"<=", u">", u">="}),
                pick({u"3.10", u"3.11", u"3.11.4", u"3.12.1", u"3.13"}));
        case 6:
            return say(QStringLiteral("python_version"), pick({u"==", u"!=", u"<", u"<=", u">", u">="}),
                pick({u"3.10", u"3.11", u"3.12"}));
        case 7:
            return say(pick({u"platform_version", u"sys_platform"}), pick({u"in", u"not in"}),
                pick({u"linux darwin", u"1"}));
        default: return say(QStringLiteral("extra"), equal, pick({u"a", u"b", u"c"}));
        }
    }

    quint32 m_seed;
    std::mt19937 m_random;
};

} // namespace sconce::markers
