// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tags/tags.h"

using namespace Qt::StringLiterals;

namespace sconce::tags {

namespace {

struct OldestGlibc {
    QLatin1StringView architecture;
    int minor;
};

/// The glibc 2.x of the oldest manylinux tag that was defined for an architecture.
constexpr std::array<OldestGlibc, 9> OldestGlibcs{{
    {"x86_64"_L1, 5},
    {"i686"_L1, 5},
    {"aarch64"_L1, 17},
    {"armv7l"_L1, 17},
    {"ppc64"_L1, 17},
    {"ppc64le"_L1, 17},
    {"s390x"_L1, 17},
    {"riscv64"_L1, 31},
    {"loongarch64"_L1, 36},
}};

/// From before glibc versions stood in the tags (PEP 600, "Legacy manylinux tags").
QString legacyManyLinux(int minor)
{
    switch (minor) {
    case 5: return u"manylinux1"_s;
    case 12: return u"manylinux2010"_s;
    case 17: return u"manylinux2014"_s;
    default: return {};
    }
}

QStringList manyLinuxTags(const Platform &platform)
{
    QStringList tags;
    const auto *oldest = std::ranges::find(OldestGlibcs, platform.architecture, &OldestGlibc::architecture);
    for (int minor = platform.minor; oldest != OldestGlibcs.end() && minor >= oldest->minor; --minor) {
        tags += u"manylinux_%1_%2_%3"_s.arg(platform.major).arg(minor).arg(platform.architecture);
        if (const QString legacy = legacyManyLinux(minor); !legacy.isEmpty())
            tags += legacy + u'_' + platform.architecture;
    }
    return tags << u"linux_"_s + platform.architecture;
}

QStringList muslLinuxTags(const Platform &platform)
{
    QStringList tags;
    for (int minor = platform.minor; minor >= 0; --minor)
        tags += u"musllinux_%1_%2_%3"_s.arg(platform.major).arg(minor).arg(platform.architecture);
    return tags << u"linux_"_s + platform.architecture;
}

QStringList macOsTags(const Platform &platform)
{
    const bool isArm = platform.architecture == "arm64"_L1;
    const QStringList formats = isArm
        ? QStringList{u"arm64"_s, u"universal2"_s}
        : QStringList{u"x86_64"_s, u"intel"_s, u"fat64"_s, u"fat32"_s, u"universal2"_s, u"universal"_s};
    QStringList tags;
    const auto append = [&tags](int major, int minor, const QStringList &binaries) {
        for (const QString &format : binaries)
            tags += u"macosx_%1_%2_%3"_s.arg(major).arg(minor).arg(format);
    };
    for (int major = platform.major; major >= 11; --major)
        append(major, 0, formats);
    // 10.x has no Arm machines, but universal2 wheels whose Intel half asks for no more.
    for (int minor = platform.major >= 11 ? 16 : platform.minor; minor >= 4; --minor)
        append(10, minor, isArm ? QStringList{u"universal2"_s} : formats);
    return tags;
}

} // namespace

QStringList Platform::tags() const
{
    switch (system) {
    case System::ManyLinux: return manyLinuxTags(*this);
    case System::MuslLinux: return muslLinuxTags(*this);
    case System::MacOs: return macOsTags(*this);
    case System::Windows: return {architecture == "x86"_L1 ? u"win32"_s : u"win_"_s + architecture};
    case System::Other: break;
    }
    return {};
}

} // namespace sconce::tags
