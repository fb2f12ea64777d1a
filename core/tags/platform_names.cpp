// SPDX-License-Identifier: Apache-2.0
#include "tags/platform_names.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QRegularExpression>

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace sconce::tags {

namespace {

using System = Platform::System;

struct Named {
    QLatin1StringView name;
    System system;
    int major;
    int minor;
    QLatin1StringView architecture;
};

/// macOS: the release may be given otherwise.
constexpr std::array<Named, 17> Names{{
    {"linux"_L1, System::ManyLinux, 2, 28, "x86_64"_L1},
    {"macos"_L1, System::MacOs, 13, 0, "arm64"_L1},
    {"windows"_L1, System::Windows, 0, 0, "amd64"_L1},
    {"x86_64-unknown-linux-gnu"_L1, System::ManyLinux, 2, 28, "x86_64"_L1},
    {"aarch64-unknown-linux-gnu"_L1, System::ManyLinux, 2, 28, "aarch64"_L1},
    {"s390x-unknown-linux-gnu"_L1, System::ManyLinux, 2, 28, "s390x"_L1},
    {"powerpc64le-unknown-linux-gnu"_L1, System::ManyLinux, 2, 28, "ppc64le"_L1},
    {"loongarch64-unknown-linux-gnu"_L1, System::ManyLinux, 2, 36, "loongarch64"_L1},
    {"riscv64-unknown-linux"_L1, System::ManyLinux, 2, 39, "riscv64"_L1},
    {"x86_64-unknown-linux-musl"_L1, System::MuslLinux, 1, 2, "x86_64"_L1},
    {"aarch64-unknown-linux-musl"_L1, System::MuslLinux, 1, 2, "aarch64"_L1},
    {"x86_64-apple-darwin"_L1, System::MacOs, 13, 0, "x86_64"_L1},
    {"aarch64-apple-darwin"_L1, System::MacOs, 13, 0, "arm64"_L1},
    {"x86_64-pc-windows-msvc"_L1, System::Windows, 0, 0, "amd64"_L1},
    {"i686-pc-windows-msvc"_L1, System::Windows, 0, 0, "x86"_L1},
    {"aarch64-pc-windows-msvc"_L1, System::Windows, 0, 0, "arm64"_L1},
    {"arm64-pc-windows-msvc"_L1, System::Windows, 0, 0, "arm64"_L1},
}};

struct ManyLinuxArchitecture {
    QLatin1StringView name;
    QLatin1StringView inTags;
    int oldest;
};

constexpr std::array<ManyLinuxArchitecture, 5> ManyLinuxArchitectures{{
    {"x86_64"_L1, "x86_64"_L1, 17},
    {"aarch64"_L1, "aarch64"_L1, 17},
    {"s390x"_L1, "s390x"_L1, 17},
    {"powerpc64le"_L1, "ppc64le"_L1, 17},
    {"loongarch64"_L1, "loongarch64"_L1, 36},
}};
constexpr std::array<int, 12> Glibcs{17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40};

/// "x86_64-manylinux_2_28", "x86_64-manylinux2014", and as a wheel's tag has it: "manylinux_2_28_x86_64".
std::optional<Platform> manyLinux(QStringView name)
{
    for (const ManyLinuxArchitecture &architecture : ManyLinuxArchitectures) {
        for (const int glibc : Glibcs) {
            const QString standard = u"manylinux_2_%1"_s.arg(glibc);
            const QString standards[] = {standard, glibc == 17 ? u"manylinux2014"_s : standard};
            for (const QString &word : standards) {
                if (glibc >= architecture.oldest
                    && (name == architecture.name + u'-' + word || name == word + u'_' + architecture.inTags))
                    return Platform{System::ManyLinux, 2, glibc, architecture.inTags};
            }
        }
    }
    return std::nullopt;
}

} // namespace

Result<Platform> platformFromName(QStringView name, QStringView macOs)
{
    if (const std::optional<Platform> platform = manyLinux(name))
        return *platform;
    const auto *named = std::ranges::find_if(Names, [&](const Named &known) { return known.name == name; });
    if (named == Names.end()) {
        Error error(ErrorKind::BadInput,
            QCoreApplication::translate("tags", "“%1” is not the name of a platform").arg(elided(name)));
        if (const std::optional<QString> similar = mostSimilar(name, platformNames()))
            error = std::move(error).hint(QCoreApplication::translate("tags", "Write “%1”").arg(*similar));
        return std::unexpected(std::move(error).hint(
            QCoreApplication::translate("tags", "Choose one of: %1").arg(platformNames().join(u", "_s))));
    }
    Platform platform{named->system, named->major, named->minor, named->architecture};
    static const QRegularExpression release(u"^(\\d{1,3})(?:\\.(\\d{1,3}))?(?:\\.\\d+)*$"_s);
    if (const auto match = release.matchView(macOs); platform.system == System::MacOs && match.hasMatch()) {
        platform.major = match.capturedView(1).toInt();
        platform.minor = match.capturedView(2).toInt();
    }
    return platform;
}

QStringList platformNames()
{
    QStringList names;
    for (const Named &named : Names)
        names += named.name;
    for (const ManyLinuxArchitecture &architecture : ManyLinuxArchitectures) {
        if (architecture.oldest == 17)
            names += architecture.name + "-manylinux2014"_L1;
        for (const int glibc : Glibcs) {
            if (glibc >= architecture.oldest)
                names += u"%1-manylinux_2_%2"_s.arg(architecture.name).arg(glibc);
        }
    }
    return names;
}

markers::Environment onPlatform(markers::Environment environment, const Platform &platform)
{
    environment.platformRelease.clear();
    environment.platformVersion.clear();
    environment.platformMachine = platform.architecture;
    environment.osName = u"posix"_s;
    switch (platform.system) {
    case System::ManyLinux:
    case System::MuslLinux:
        environment.sysPlatform = u"linux"_s;
        environment.platformSystem = u"Linux"_s;
        break;
    case System::MacOs:
        environment.sysPlatform = u"darwin"_s;
        environment.platformSystem = u"Darwin"_s;
        break;
    case System::Windows:
        environment.osName = u"nt"_s;
        environment.sysPlatform = u"win32"_s;
        environment.platformSystem = u"Windows"_s;
        environment.platformMachine = platform.architecture == "amd64"_L1 ? u"x86_64"_s
            : platform.architecture == "arm64"_L1                         ? u"ARM64"_s
                                                                          : platform.architecture;
        break;
    case System::Other: break;
    }
    return environment;
}

markers::Environment withPython(markers::Environment environment, const versions::Version &python)
{
    versions::Version::Parts parts = python.parts();
    while (parts.release.size() < 3)
        parts.release.append(0);
    environment.pythonVersion = u"%1.%2"_s.arg(parts.release[0]).arg(parts.release[1]);
    environment.pythonFullVersion = versions::Version::from(parts).text();
    if (environment.implementationName == "cpython"_L1)
        environment.implementationVersion = environment.pythonFullVersion;
    return environment;
}

} // namespace sconce::tags
