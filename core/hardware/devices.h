// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QHash>

#include "process/runner.h"
#include "versions/version.h"

namespace sconce::hardware {

/// One thing known, and where it was read: "550.144.03", "/sys/module/nvidia/version".
struct Fact {
    QString value;
    QString source;
    bool operator==(const Fact &) const = default;
};

enum class Vendor { Nvidia, Amd, Intel, Apple };

/// One accelerator of this computer.
struct Device {
    Vendor vendor = Vendor::Nvidia;
    Fact name;
    std::optional<Fact> driver;
    std::optional<Fact> computeCapability; // "8.6"
    std::optional<Fact> architecture;      // "gfx1100"
    std::optional<Fact> memory;            // bytes, decimal text
    std::optional<Fact> pciAddress;        // "0000:01:00.0"
    bool isIntegrated = false;
};

/// What the reference's detection answers (torch-backends.md § 3): exactly one of these, or nothing.
struct Accelerator {
    enum class Kind { Cuda, Amd, Xpu };
    Kind kind = Kind::Cuda;
    versions::Version driver; // Cuda
    QString architecture;     // Amd
    Fact evidence;
};

struct DeviceReport {
    std::vector<Device> devices;
    std::optional<Accelerator> accelerator;
    QString operatingSystem; // "Linux"
    QString machine;         // "x86_64"
    /// What was looked at and what it said, for "copy what was looked at".
    QStringList looked;
    /// A source that answered nonsense; the rest of the report stands.
    QStringList warnings;
};

/// Where the facts come from; tests give a folder of fake files and scripted commands.
struct Computer {
    /// Put before every path read: "" for this computer.
    QString root;
    process::Runner *runner = nullptr;
    QHash<QString, QString> environment;
    QString operatingSystem;
    QString machine;
    static Computer here(process::Runner &runner);
};

/// Errors only where the reference stops too: an override variable or a driver version that cannot be parsed.
Result<DeviceReport> detect(const Computer &computer, const JobContext &context);

} // namespace sconce::hardware
