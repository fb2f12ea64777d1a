// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QUrl>

#include "hardware/devices.h"
#include "names/package_name.h"

namespace sconce::torch {

/// A row of torch-backends.md § 1.
struct Backend {
    enum class Kind { Cpu, Cuda, Rocm, Xpu };
    QString name; // "cu128"
    Kind kind = Kind::Cpu;
    /// CUDA or ROCm version as written: "12.8".
    QString platformVersion;
    QUrl url() const;
    /// "CUDA 12.8", "ROCm 7.2", "CPU only", "Intel XPU".
    QString title() const;
};

/// All of them in the order of § 1: CPU, CUDA and ROCm newest first, XPU.
std::span<const Backend> backends();
const Backend *findBackend(QStringView name);
/// The backend an index belongs to (§ 1, reverse mapping).
const Backend *backendOf(const QUrl &indexUrl);

enum class TargetSystem { GlibcLinux, MuslLinux, Windows, MacOs, Other };

/// "auto" or a backend's name.
struct Mode {
    const Backend *backend = nullptr; // nothing: auto
    /// Exact spelling, lower case. BadInput with the names in the detail and the most similar one as a hint.
    static Result<Mode> parse(QStringView text);
};

/// § 4: the ordered list of indexes for a mode.
std::vector<const Backend *> indexesFor(
    const Mode &mode, const std::optional<hardware::Accelerator> &accelerator, TargetSystem system);

/// § 2: whether the backend list replaces the indexes of this package.
bool appliesTo(const names::PackageName &package);
/// § 6: whether packages of this name carry the "one CUDA only" rule, and the virtual dependency for an
/// index.
bool hasSystemDependency(const names::PackageName &package);
struct SystemDependency {
    QString system; // "cuda", "rocm"
    versions::Version version;
};
std::optional<SystemDependency> systemDependency(const QUrl &indexUrl);

enum class Fit { Fits, FitsWithCaveat, DoesNotFit };

/// One backend judged for one computer: a sentence with its evidence.
struct Verdict {
    const Backend *backend = nullptr;
    Fit fit = Fit::DoesNotFit;
    bool isRecommended = false;
    QString sentence;
    QStringList evidence; // "driver 550.144.03, read from /sys/module/nvidia/version"
    /// What to do to make it fit, imperative; may be empty.
    QString hint;
};

/// Every backend of § 1, best first: what runs on the devices, then what is newer. The first is the
/// recommended one, the only one. `offered` names the backends whose index is known to hold torch; nothing:
/// not known, all count.
std::vector<Verdict> judge(const hardware::DeviceReport &report, TargetSystem system,
    const std::optional<QStringList> &offered = std::nullopt);

} // namespace sconce::torch
