// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "base/text.h"
#include "torch/builds.h"
#include "torch/verdicts.h"

namespace sconce::torch {

using namespace Qt::StringLiterals;
using hardware::Device;
using hardware::DeviceReport;
using versions::Version;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("torch", text);
}

enum class Code { Present, Compiled, Dropped, Absent, Unknown };

/// Code for one capability runs on later ones of the same major version.
Code codeFor(const CudaBuild &build, const Device &device)
{
    if (!device.computeCapability)
        return Code::Unknown;
    const auto capability = Version::parse(device.computeCapability->value);
    if (!capability)
        return Code::Unknown;
    const auto runsOn = [&](const Version &built) {
        return built.release().front() == capability->release().front() && built <= *capability;
    };
    if (std::ranges::any_of(build.capabilities, runsOn))
        return Code::Present;
    if (build.isForward && build.capabilities.back() < *capability)
        return Code::Compiled;
    if (build.droppedCapability && runsOn(*build.droppedCapability))
        return Code::Dropped;
    return Code::Absent;
}

const Version &minimumDriver(const CudaBuild &build, TargetSystem system)
{
    return system == TargetSystem::Windows ? build.windowsDriver : build.linuxDriver;
}

struct Sorted {
    std::vector<const Device *> present;
    std::vector<const Device *> compiled;
    std::vector<const Device *> dropped;
    std::vector<const Device *> absent;
    std::vector<const Device *> unknown;
};

Sorted sortByCode(const CudaBuild &build, const std::vector<const Device *> &devices)
{
    Sorted sorted;
    for (const Device *device : devices) {
        switch (codeFor(build, *device)) {
        case Code::Present: sorted.present.push_back(device); break;
        case Code::Compiled: sorted.compiled.push_back(device); break;
        case Code::Dropped: sorted.dropped.push_back(device); break;
        case Code::Absent: sorted.absent.push_back(device); break;
        case Code::Unknown: sorted.unknown.push_back(device); break;
        }
    }
    return sorted;
}

/// The driver that counts: the one the accelerator was told or measured with.
std::optional<hardware::Fact> driverOf(const DeviceReport &report)
{
    if (report.accelerator && report.accelerator->kind == hardware::Accelerator::Kind::Cuda)
        return report.accelerator->evidence;
    return std::nullopt;
}

/// "Choose CUDA 12.6, which has it": the newest build that this driver runs and that has code for all the
/// devices.
QString betterChoice(std::span<const CudaBuild> builds, const std::vector<const Device *> &devices,
    const Version &driver, TargetSystem system)
{
    for (const CudaBuild &build : builds) {
        const bool hasAll = std::ranges::all_of(
            devices, [&](const Device *device) { return codeFor(build, *device) == Code::Present; });
        if (build.isPublished && hasAll && minimumDriver(build, system) <= driver)
            return tr("Choose %1, which has code for it").arg(build.backend->title());
    }
    return {};
}

QString capabilityText(const CudaBuild &build)
{
    QStringList all;
    for (const Version &capability : build.capabilities)
        all.append(capability.text());
    return all.join(u' ');
}

/// Why it does not run here, apart from the devices.
std::optional<Verdict> refusal(const CudaBuild &build, const DeviceReport &report, TargetSystem system,
    const std::vector<const Device *> &devices)
{
    const Backend &backend = *build.backend;
    if (system == TargetSystem::MacOs)
        return doesNotFit(backend, tr("There are no CUDA builds for macOS"));
    if (system == TargetSystem::MuslLinux || system == TargetSystem::Other)
        return doesNotFit(backend, tr("There are CUDA builds for Windows and for Linux with glibc only"));
    const auto driver = driverOf(report);
    if (devices.empty() && !driver)
        return doesNotFit(backend, tr("Needs an NVIDIA GPU; none was found on this computer"));
    if (!build.isPublished)
        return doesNotFit(backend,
            build.lastTorch == "-"_L1
                ? tr("PyTorch has published no builds for %1").arg(backend.title())
                : tr("There are no %1 builds for %2").arg(backend.title(), report.machine));
    const Version &minimum = minimumDriver(build, system);
    if (!driver)
        return doesNotFit(backend,
            tr("Needs the NVIDIA driver %1 or newer: %2").arg(minimum.text(), devices.front()->obstacle),
            tr("Install the NVIDIA driver"));
    if (report.accelerator->driver < minimum) {
        Verdict verdict = doesNotFit(backend,
            tr("Needs driver %1 or newer, this computer has %2").arg(minimum.text(), driver->value),
            tr("Update the NVIDIA driver to %1 or newer").arg(minimum.text()));
        verdict.evidence.append(factText(tr("driver"), *driver));
        return verdict;
    }
    return std::nullopt;
}

} // namespace

Verdict judgeCuda(const Backend &backend, const DeviceReport &report, TargetSystem system)
{
    const std::span<const CudaBuild> builds = cudaBuilds(report.machine);
    const CudaBuild &build = *std::ranges::find(builds, &backend, &CudaBuild::backend);
    const auto devices = devicesThatCount(report, hardware::Vendor::Nvidia);
    if (auto refused = refusal(build, report, system, devices))
        return *std::move(refused);

    const auto driver = *driverOf(report);
    const Sorted sorted = sortByCode(build, devices);
    Verdict verdict{.backend = &backend, .fit = Fit::FitsWithCaveat};
    verdict.evidence.append(factText(tr("driver"), driver));
    for (const Device *device : devices) {
        if (device->computeCapability)
            verdict.evidence.append(
                factText(tr("%1: compute capability").arg(device->name.value), *device->computeCapability));
    }
    verdict.evidence.removeDuplicates();
    verdict.evidence.append(tr("its newest builds have code for %1").arg(capabilityText(build)));

    const QString runs = tr("Driver %1 can run it (%2 or newer is enough)")
                             .arg(driver.value, minimumDriver(build, system).text());
    const bool noneRuns =
        sorted.present.empty() && sorted.compiled.empty() && sorted.dropped.empty() && sorted.unknown.empty();
    if (!devices.empty() && noneRuns) {
        verdict.fit = Fit::DoesNotFit;
        verdict.sentence =
            tr("Has no code for %1; it has code for %2").arg(labelled(sorted.absent), capabilityText(build));
        verdict.hint = betterChoice(builds, sorted.absent, report.accelerator->driver, system);
    } else if (!sorted.absent.empty()) {
        std::vector<const Device *> others;
        for (const auto *part : {&sorted.present, &sorted.compiled, &sorted.dropped, &sorted.unknown})
            others.insert(others.end(), part->begin(), part->end());
        verdict.sentence =
            tr("Has no code for %1, though it can run on %2").arg(labelled(sorted.absent), labelled(others));
        verdict.hint = betterChoice(builds, devices, report.accelerator->driver, system);
    } else if (!sorted.dropped.empty()) {
        verdict.sentence = tr("Has code for %1 only up to torch %2")
                               .arg(labelled(sorted.dropped), build.lastTorchBeforeDrop);
        verdict.hint = betterChoice(builds, devices, report.accelerator->driver, system);
    } else if (devices.empty() || !sorted.unknown.empty()) {
        verdict.sentence = tr(
            "%1, but whether it has code for the GPU is not known: its compute capability could not be read")
                               .arg(runs);
    } else if (!devices.front()->obstacle.isEmpty()) {
        verdict.sentence = tr("%1, but the GPU cannot be used now: %2").arg(runs, devices.front()->obstacle);
    } else if (!sorted.compiled.empty()) {
        verdict.sentence = tr("%1; its code for %2 is compiled by the driver at the first start")
                               .arg(runs, labelled(sorted.compiled));
    } else if (!build.lastTorch.isEmpty()) {
        verdict.sentence = tr("%1, but no torch newer than %2 was made for it").arg(runs, build.lastTorch);
    } else {
        verdict.fit = Fit::Fits;
        verdict.sentence = tr("%1, and it has code for %2").arg(runs, labelled(devices));
    }
    return verdict;
}

} // namespace sconce::torch
