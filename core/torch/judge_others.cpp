// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "torch/builds.h"
#include "torch/verdicts.h"

namespace sconce::torch {

using namespace Qt::StringLiterals;
using hardware::Device;
using hardware::DeviceReport;
using hardware::Vendor;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("torch", text);
}

/// The devices of AMD, or one that stands for the architecture that a variable names.
std::vector<Device> amdDevices(const DeviceReport &report)
{
    std::vector<Device> devices;
    for (const Device *device : devicesThatCount(report, Vendor::Amd))
        devices.push_back(*device);
    if (devices.empty() && report.accelerator && report.accelerator->kind == hardware::Accelerator::Kind::Amd)
        devices.push_back({.vendor = Vendor::Amd,
            .name = {tr("AMD GPU"), report.accelerator->evidence.source},
            .architecture = report.accelerator->evidence});
    return devices;
}

void addEvidence(Verdict &verdict, const std::vector<const Device *> &devices)
{
    for (const Device *device : devices) {
        if (device->architecture)
            verdict.evidence.append(factText(device->name.value + u':', *device->architecture));
    }
    verdict.evidence.removeDuplicates();
}

} // namespace

Verdict judgeRocm(const Backend &backend, const DeviceReport &report, TargetSystem system)
{
    if (system != TargetSystem::GlibcLinux || (!report.machine.isEmpty() && report.machine != "x86_64"_L1))
        return doesNotFit(backend, tr("There are ROCm builds for Linux on x86_64 only"));
    const std::vector<Device> devices = amdDevices(report);
    if (devices.empty())
        return doesNotFit(backend, tr("Needs an AMD GPU; none was found on this computer"));

    std::vector<const Device *> able;
    std::vector<const Device *> unable;
    bool isListed = true;
    for (const Device &device : devices) {
        const QString architecture = device.architecture ? device.architecture->value : QString();
        // Nothing is listed for the old ones; what 6.0 could not run they cannot either.
        isListed = rocmHasCodeFor(backend, architecture).has_value();
        const bool hasCode =
            rocmHasCodeFor(isListed ? backend : *findBackend(u"rocm6.0"), architecture).value_or(false);
        (hasCode ? able : unable).push_back(&device);
    }
    Verdict verdict{.backend = &backend, .fit = Fit::FitsWithCaveat};
    addEvidence(verdict, able);
    addEvidence(verdict, unable);
    if (able.empty()) {
        verdict.fit = Fit::DoesNotFit;
        verdict.sentence = tr("Has no code for %1").arg(labelled(unable));
    } else if (!able.front()->obstacle.isEmpty()) {
        verdict.sentence = tr("Has code for %1, but the GPU cannot be used now: %2")
                               .arg(labelled(able), able.front()->obstacle);
    } else if (!unable.empty()) {
        verdict.sentence = tr("Has code for %1, but not for %2").arg(labelled(able), labelled(unable));
    } else if (!isListed) {
        verdict.sentence =
            tr("Is old and never chosen automatically; whether it has code for %1 is not known")
                .arg(labelled(able));
    } else {
        verdict.fit = Fit::Fits;
        verdict.sentence = tr("Has code for %1").arg(labelled(able));
    }
    return verdict;
}

Verdict judgeXpu(const Backend &backend, const DeviceReport &report, TargetSystem system)
{
    const bool isX86 = report.machine.isEmpty() || report.machine == "x86_64"_L1;
    if ((system != TargetSystem::GlibcLinux && system != TargetSystem::Windows) || !isX86)
        return doesNotFit(backend, tr("There are XPU builds for Windows and Linux on x86_64 only"));
    // Graphics inside the processor counts here also beside a card: newer ones are supported.
    std::vector<const Device *> supported;
    std::vector<const Device *> unknown;
    std::vector<const Device *> others;
    for (const Device &device : report.devices) {
        if (device.vendor != Vendor::Intel)
            continue;
        const auto answer = xpuSupports(device.architecture ? device.architecture->value : QString());
        (!answer ? unknown : *answer ? supported : others).push_back(&device);
    }
    Verdict verdict{.backend = &backend, .fit = Fit::FitsWithCaveat};
    addEvidence(verdict, supported);
    addEvidence(verdict, others);
    const auto usable =
        std::ranges::find_if(supported, [](const Device *device) { return device->obstacle.isEmpty(); });
    if (usable != supported.end()) {
        verdict.fit = Fit::Fits;
        verdict.sentence = tr("PyTorch supports %1").arg(labelled(supported));
    } else if (!supported.empty()) {
        verdict.sentence = tr("PyTorch supports %1, but the GPU cannot be used now: %2")
                               .arg(labelled(supported), supported.front()->obstacle);
    } else if (!unknown.empty()) {
        verdict.sentence = tr("Whether PyTorch supports %1 is not known").arg(labelled(unknown));
    } else if (!others.empty()) {
        verdict.fit = Fit::DoesNotFit;
        verdict.sentence = tr("%1 was found, but it is not among the Intel GPUs that PyTorch supports")
                               .arg(labelled(others));
    } else {
        return doesNotFit(backend, tr("Needs an Intel GPU; none was found on this computer"));
    }
    return verdict;
}

} // namespace sconce::torch
