// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QHash>
#include <QStringList>

#include "tags/wheel_tags.h"
#include "versions/version.h"

namespace sconce::tags {

/// Where wheels are to run: "linux x86_64 glibc 2.28", "macos 14.0 arm64", "windows x86_64".
struct Platform {
    enum class System { ManyLinux, MuslLinux, MacOs, Windows, Other };
    System system = System::Other;
    /// libc version on Linux, release on macOS.
    int major = 0;
    int minor = 0;
    /// As in wheel tags of the system: x86_64, aarch64, i686, ppc64le … on Linux, x86_64 or arm64 on macOS,
    /// amd64, arm64 or x86 on Windows.
    QString architecture;
    /// The platform tags it takes, best first; empty for a system that has none. "any" is not among them.
    QStringList tags() const;
    bool operator==(const Platform &) const = default;
};

struct PythonAbi {
    QString implementation; // "cpython", "pypy", "graalpy"
    int major = 3;
    int minor = 0;
    bool isFreeThreaded = false;
    /// Of the implementation, where it counts apart from Python: 7.3 for "pypy310_pp73".
    int implementationMajor = 0;
    int implementationMinor = 0;
    bool operator==(const PythonAbi &) const = default;
};

/// The tags a Python on a platform takes. The order is the reference's: the own ABI on all platforms, abi3
/// from newest to oldest (and "none" behind the newest), pyXY-none, then all that run anywhere.
class CompatibleTags {
public:
    static CompatibleTags make(const PythonAbi &python, const Platform &platform);
    /// Rank of the wheel's best tag, higher is better; nothing when no tag fits.
    std::optional<int> priority(const WheelTags &wheel) const;
    /// Which part fails for the nearest tag, from farthest to nearest: said in messages. AbiPythonVersion is
    /// not found here: it is for a range of Pythons.
    enum class Misfit { Python, Abi, FreeThreadedAbi, AbiPythonVersion, Platform };
    std::optional<Misfit> misfit(const WheelTags &wheel) const;
    /// All of them, best first, as "cp312-cp312-manylinux_2_28_x86_64".
    QStringList list() const;
    const PythonAbi &python() const { return m_python; }
    const Platform &platform() const { return m_platform; }

private:
    using Ranks = QHash<QString, int>; // by platform tag
    void append(const QString &python, const QString &abi, const QStringList &platforms);

    PythonAbi m_python;
    Platform m_platform;
    QHash<QString, QHash<QString, Ranks>> m_ranks; // by Python tag, then by ABI tag
    int m_count = 0;
};

} // namespace sconce::tags
