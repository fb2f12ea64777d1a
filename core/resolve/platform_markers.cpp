// SPDX-License-Identifier: Apache-2.0
#include "resolve/platform_markers.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sconce::resolve {

using markers::Marker;

namespace {

Marker known(const QString &text)
{
    return Marker::parse(text).value(); // built from words that can stand in a marker
}

Marker equals(QLatin1StringView variable, const QString &value)
{
    return known(u"%1 == '%2'"_s.arg(variable, value));
}

Marker machine(const QString &name)
{
    return equals("platform_machine"_L1, name);
}

/// The part behind the last version of a Linux tag; empty for other tags.
QString linuxArchitecture(const QString &tag)
{
    static const QRegularExpression expression(
        uR"(^(?:manylinux\d*_\d+_\d+|manylinux\d+|musllinux_\d+_\d+|linux)_(\w+)$)"_s);
    return expression.match(tag).captured(1);
}

struct MacTag {
    int major;
    int minor;
    QString architecture;
};

std::optional<MacTag> macTag(const QString &tag)
{
    static const QRegularExpression expression(uR"(^macosx_(\d+)_(\d+)_(\w+)$)"_s);
    const auto match = expression.match(tag);
    if (!match.hasMatch())
        return {};
    return MacTag{match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3)};
}

QStringList macMachines(const QString &architecture)
{
    static const QHash<QString, QStringList> several{
        {u"universal2"_s, {u"x86_64"_s, u"arm64"_s}},
        {u"intel"_s, {u"x86_64"_s, u"i386"_s}},
        {u"universal"_s, {u"x86_64"_s, u"i386"_s, u"ppc64"_s, u"ppc"_s}},
        {u"fat"_s, {u"i386"_s, u"ppc"_s}},
        {u"fat32"_s, {u"i386"_s, u"ppc"_s}},
        {u"fat64"_s, {u"x86_64"_s, u"ppc64"_s}},
        {u"fat3"_s, {u"x86_64"_s, u"i386"_s, u"ppc"_s}},
    };
    return several.value(architecture, {architecture});
}

Marker macMarker(const MacTag &tag)
{
    // platform_release is the release of Darwin: 13 is macOS 10.9, 20 is macOS 11.
    const int release = tag.major == 10 ? tag.minor + 4 : tag.major + 9;
    Marker machines = Marker::never();
    for (const QString &name : macMachines(tag.architecture)) {
        const int oldest = name == "arm64"_L1 ? std::max(release, 20) : release; // arm64 came with macOS 11
        machines = machines
            | known(u"sys_platform == 'darwin' and platform_machine == '%1' and platform_release >= '%2'"_s
                    .arg(name)
                    .arg(oldest));
    }
    return machines;
}

struct Architecture {
    QLatin1StringView name;
    /// Values of platform_machine, separated by blanks.
    QLatin1StringView machines;
};

constexpr std::array<Architecture, 10> Architectures{{
    {"arm64"_L1, "aarch64 arm64 ARM64"_L1},
    {"x86-64"_L1, "x86_64 amd64 AMD64"_L1},
    {"x86"_L1, "i686 i386 win32 x86"_L1},
    {"armv7l"_L1, "armv7l armv8l"_L1},
    {"ppc64le"_L1, "ppc64le"_L1},
    {"ppc64"_L1, "ppc64"_L1},
    {"s390x"_L1, "s390x"_L1},
    {"riscv64"_L1, "riscv64"_L1},
    {"loongarch64"_L1, "loongarch64"_L1},
    {"armv6l"_L1, "armv6l"_L1},
}};

const Architecture *architectureNamed(QStringView name)
{
    const auto *found = std::ranges::find_if(
        Architectures, [&](const Architecture &architecture) { return name == architecture.name; });
    return found == Architectures.end() ? nullptr : found;
}

/// Null for a tag of several architectures and for one that tells none.
const Architecture *architectureOf(const QString &tag)
{
    static const QHash<QString, QString> spellings{
        {u"aarch64"_s, u"arm64"_s},
        {u"arm64"_s, u"arm64"_s},
        {u"win_arm64"_s, u"arm64"_s},
        {u"x86_64"_s, u"x86-64"_s},
        {u"win_amd64"_s, u"x86-64"_s},
        {u"i686"_s, u"x86"_s},
        {u"i386"_s, u"x86"_s},
        {u"win32"_s, u"x86"_s},
    };
    if (tag.startsWith("ios_"_L1))
        return architectureNamed(tag.contains("arm64"_L1) ? u"arm64"
                : tag.contains("x86_64"_L1)               ? u"x86-64"
                                                          : u"");
    QString own = tag;
    if (const QString onLinux = linuxArchitecture(tag); !onLinux.isEmpty())
        own = onLinux;
    else if (const auto mac = macTag(tag))
        own = mac->architecture;
    else if (tag.startsWith("android_"_L1)) // other ones are not told apart
        own = tag.endsWith("_arm64_v8a"_L1) ? u"arm64"_s : QString();
    return architectureNamed(spellings.value(own, own));
}

/// The value of sys_platform; empty for systems that are not looked at.
QLatin1StringView systemOf(const QString &tag)
{
    if (tag.startsWith("manylinux"_L1) || tag.startsWith("musllinux"_L1) || tag.startsWith("linux"_L1))
        return "linux"_L1;
    if (tag == "win32"_L1 || tag == "win_amd64"_L1 || tag == "win_arm64"_L1 || tag == "win_ia64"_L1)
        return "win32"_L1;
    if (tag.startsWith("macosx_"_L1))
        return "darwin"_L1;
    return tag.startsWith("android_"_L1) ? "android"_L1 : ""_L1;
}

Marker systemMarker(QLatin1StringView system)
{
    const Marker marker = equals("sys_platform"_L1, system);
    if (system == "android"_L1)
        return marker;
    return marker & equals("os_name"_L1, system == "win32"_L1 ? u"nt"_s : u"posix"_s);
}

Marker machinesOf(const Architecture &architecture)
{
    Marker marker = Marker::never();
    for (const QString &name : QString(architecture.machines).split(u' '))
        marker = marker | machine(name);
    return marker;
}

/// What all tags say alike; the value of the first tag where they differ is replaced by `none`.
template <class Value, class Of>
Value common(const QStringList &tags, Of of, Value none)
{
    const Value first = tags.isEmpty() ? none : of(tags.front());
    return std::ranges::all_of(tags, [&](const QString &tag) { return of(tag) == first; }) ? first : none;
}

} // namespace

Marker platformMarker(const QString &tag)
{
    if (tag == "any"_L1)
        return {};
    if (tag == "win32"_L1 || tag == "win_amd64"_L1 || tag == "win_arm64"_L1) {
        const QString name = tag == "win32"_L1 ? u"x86"_s : tag.sliced(4).toUpper();
        return equals("sys_platform"_L1, u"win32"_s) & machine(name);
    }
    if (const auto mac = macTag(tag))
        return macMarker(*mac);
    if (const QString architecture = linuxArchitecture(tag); !architecture.isEmpty())
        return equals("sys_platform"_L1, u"linux"_s) & machine(architecture);
    if (tag.startsWith("android_"_L1))
        return equals("sys_platform"_L1, u"android"_s);
    return Marker::never();
}

std::vector<Marker> commonHomes(const QStringList &platforms)
{
    const Architecture *architecture = common<const Architecture *>(platforms, architectureOf, nullptr);
    const QLatin1StringView system = common(platforms, systemOf, ""_L1);
    Marker machines;
    if (architecture) {
        machines = machinesOf(*architecture);
        // Windows for ARM runs programs for x86-64.
        if (platforms.contains("win_amd64"_L1))
            machines =
                machines | (equals("sys_platform"_L1, u"win32"_s) & machinesOf(*architectureNamed(u"arm64")));
    }
    std::vector<Marker> homes;
    if (!system.isEmpty())
        homes.push_back(systemMarker(system) & machines);
    if (architecture)
        homes.push_back(machines);
    return homes;
}

} // namespace sconce::resolve
