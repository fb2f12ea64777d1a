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
/// "NVIDIA", "AMD", "Intel", "Apple".
QString vendorName(Vendor vendor);

/// One accelerator of this computer. What could not be read is absent.
struct Device {
    Vendor vendor = Vendor::Nvidia;
    Fact name;
    std::optional<Fact> driver;
    std::optional<Fact> computeCapability; // NVIDIA: "8.6"
    std::optional<Fact> architecture; // AMD: "gfx1100"; Intel: the family, "Battlemage"
    std::optional<Fact> memory; // bytes, decimal text
    std::optional<Fact> pciAddress; // "0000:01:00.0"
    bool isIntegrated = false;
    /// Why programs cannot use it just now, a sentence: no driver, no access from this container. Empty:
    /// nothing known.
    QString obstacle;
    bool operator==(const Device &) const = default;
};

/// What the reference's detection answers (torch-backends.md § 3): exactly one of these, or nothing.
struct Accelerator {
    enum class Kind { Cuda, Amd, Xpu };
    Kind kind = Kind::Cuda;
    versions::Version driver; // Cuda
    QString architecture; // Amd
    Fact evidence;
};

struct DeviceReport {
    /// NVIDIA, AMD, Intel, Apple; within a vendor by PCI address.
    std::vector<Device> devices;
    std::optional<Accelerator> accelerator;
    /// When an override variable decided about the accelerator: a sentence that says so.
    QString overrideNote;
    QString operatingSystem; // "Linux", "Windows", "macOS"
    QString machine; // "x86_64"
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
    /// Holds the overrides UV_CUDA_DRIVER_VERSION and UV_AMD_GPU_ARCHITECTURE.
    QHash<QString, QString> environment;
    QString operatingSystem;
    QString machine;
    static Computer here(process::Runner &runner);
};

/// The accelerator that the override variables name, if they are set and not empty; CUDA before AMD. BadInput
/// when either cannot be understood: the reference refuses every command then, whether it needs the value or
/// not.
Result<std::optional<Accelerator>> acceleratorFromVariables(const QHash<QString, QString> &environment);

/// Errors only where the reference stops too: an override variable or a driver version that cannot be parsed,
/// or a driver file that exists and cannot be read.
Result<DeviceReport> detect(const Computer &computer, const JobContext &context);

/// The AMD architectures the reference knows, oldest first: on a mixed machine the first of them decides.
const QStringList &knownArchitectures();

} // namespace sconce::hardware
