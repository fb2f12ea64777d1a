// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QStringList>

#include "base/result.h"
#include "versions/version.h"

namespace sconce::tags {

/// The tag part of a wheel's file name: each field a set ("py2.py3-none-any"), PEP 425.
struct WheelTags {
    QStringList pythons;
    QStringList abis;
    QStringList platforms;
    static Result<WheelTags> parse(QStringView text);
    QString text() const;
    bool operator==(const WheelTags &) const = default;
};

/// Where wheels are to run: "linux x86_64 glibc 2.28", "macos 14.0 arm64", "windows x86_64".
struct Platform {
    enum class System { ManyLinux, MuslLinux, MacOs, Windows, Other };
    System system = System::Other;
    /// libc version on Linux, release on macOS.
    int major = 0;
    int minor = 0;
    /// As in wheel tags: x86_64, aarch64, arm64, amd64 …
    QString architecture;
    /// sys_platform and the other marker values follow from it; see platform_names.h for `--python-platform` names.
    bool operator==(const Platform &) const = default;
};

struct PythonAbi {
    QString implementation; // "cpython", "pypy"
    int major = 3;
    int minor = 0;
    bool isFreeThreaded = false;
    bool operator==(const PythonAbi &) const = default;
};

/// The tags a Python on a platform takes, best first.
class CompatibleTags {
public:
    static CompatibleTags make(const PythonAbi &python, const Platform &platform);
    /// Rank of the wheel's best tag, higher is better; nothing when no tag fits.
    std::optional<int> priority(const WheelTags &wheel) const;
    /// Which part fails for the nearest tag: said in messages.
    enum class Misfit { Platform, AbiPythonVersion, Abi, Python };
    std::optional<Misfit> misfit(const WheelTags &wheel) const;
    /// All of them, best first, as "cp312-cp312-manylinux_2_28_x86_64".
    QStringList list() const;

private:
    struct Row {
        QString python;
        QString abi;
        QString platform;
        int rank;
    };
    std::vector<Row> m_rows; // owner may choose another shape
};

} // namespace sconce::tags
