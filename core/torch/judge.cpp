// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "base/text.h"
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

Vendor vendorOf(const Backend &backend)
{
    return backend.kind == Backend::Kind::Cuda ? Vendor::Nvidia
        : backend.kind == Backend::Kind::Rocm  ? Vendor::Amd
                                               : Vendor::Intel;
}

/// The CPU build is judged last: what it leaves unused depends on what the others could do.
Verdict judgeCpu(const Backend &backend, const DeviceReport &report, TargetSystem system,
    const std::vector<Verdict> &others)
{
    Verdict verdict{.backend = &backend, .fit = Fit::FitsWithCaveat};
    const auto apple = devicesThatCount(report, Vendor::Apple);
    if (system == TargetSystem::MuslLinux) {
        verdict.sentence =
            tr("PyTorch publishes no packages for Linux with musl, so there may be nothing to install");
        return verdict;
    }
    if (system == TargetSystem::MacOs && !apple.empty()) {
        verdict.fit = Fit::Fits;
        verdict.sentence = tr("On a Mac this build also uses the GPU of %1 (MPS)").arg(labelled(apple));
        return verdict;
    }
    if (system == TargetSystem::MacOs && report.machine == "x86_64"_L1) {
        verdict.sentence =
            tr("Runs here, but torch 2.2.2 was the last one made for Macs with an Intel processor");
        return verdict;
    }
    std::vector<const Device *> cards;
    for (const Device &device : report.devices) {
        verdict.evidence.append(factText(tr("found:"), device.name));
        if (!device.isIntegrated)
            cards.push_back(&device);
    }
    const auto better =
        std::ranges::find_if(others, [](const Verdict &other) { return other.fit != Fit::DoesNotFit; });
    if (better != others.end()) {
        const auto devices = devicesThatCount(report, vendorOf(*better->backend));
        verdict.sentence = tr("Runs on every computer, but torch will not use %1")
                               .arg(devices.empty() ? tr("the GPU") : labelled(devices));
        return verdict;
    }
    if (cards.empty()) {
        verdict.fit = Fit::Fits;
        verdict.sentence = report.devices.empty()
            ? tr("Runs on every computer; no GPU was found here")
            : tr("Runs on every computer; no build of PyTorch uses %1")
                  .arg(labelled(devicesThatCount(report, report.devices.front().vendor)));
        return verdict;
    }
    const auto hindered =
        std::ranges::find_if(cards, [](const Device *device) { return !device->obstacle.isEmpty(); });
    verdict.sentence = hindered == cards.end()
        ? tr("Runs on every computer, but leaves %1 unused: no GPU build fits it").arg(labelled(cards))
        : tr("Runs on every computer, but leaves %1 unused: %2")
              .arg(labelled({*hindered}), (*hindered)->obstacle);
    return verdict;
}

int rank(const Verdict &verdict)
{
    const bool isCpu = verdict.backend->kind == Backend::Kind::Cpu;
    return isCpu ? 2 : verdict.fit == Fit::Fits ? 0 : verdict.fit == Fit::FitsWithCaveat ? 1 : 3;
}

Verdict judgeDeviceBuild(const Backend &backend, const DeviceReport &report, TargetSystem system)
{
    switch (backend.kind) {
    case Backend::Kind::Cuda: return judgeCuda(backend, report, system);
    case Backend::Kind::Rocm: return judgeRocm(backend, report, system);
    default: return judgeXpu(backend, report, system);
    }
}

} // namespace

std::vector<const Device *> devicesThatCount(const DeviceReport &report, Vendor vendor)
{
    std::vector<const Device *> devices;
    for (const Device &device : report.devices) {
        if (device.vendor == vendor)
            devices.push_back(&device);
    }
    const auto narrow = [&devices](auto isWanted) {
        if (std::ranges::any_of(devices, isWanted))
            std::erase_if(devices, std::not_fn(isWanted));
    };
    narrow([](const Device *device) { return !device->isIntegrated; });
    narrow([](const Device *device) { return device->obstacle.isEmpty(); });
    return devices;
}

QString labelled(const std::vector<const Device *> &devices)
{
    QStringList labels;
    for (const Device *device : devices) {
        const auto &kind = device->computeCapability ? device->computeCapability : device->architecture;
        const QString label = kind ? u"%1 (%2)"_s.arg(device->name.value, kind->value) : device->name.value;
        if (!labels.contains(label))
            labels.append(label);
    }
    return listText(labels);
}

QString factText(const QString &what, const hardware::Fact &fact)
{
    return tr("%1 %2, read from %3").arg(what, fact.value, fact.source);
}

Verdict doesNotFit(const Backend &backend, const QString &sentence, const QString &hint)
{
    return {.backend = &backend, .sentence = sentence, .hint = hint};
}

std::vector<Verdict> judge(
    const DeviceReport &report, TargetSystem system, const std::optional<QStringList> &offered)
{
    std::vector<Verdict> verdicts;
    for (const Backend &backend : backends()) {
        if (backend.kind == Backend::Kind::Cpu)
            continue;
        if (offered && !offered->contains(backend.name))
            verdicts.push_back(
                doesNotFit(backend, tr("The package source has no torch for %1").arg(backend.title())));
        else
            verdicts.push_back(judgeDeviceBuild(backend, report, system));
    }
    verdicts.push_back(judgeCpu(*findBackend(u"cpu"), report, system, verdicts));
    std::ranges::stable_sort(verdicts, {}, rank);
    verdicts.front().isRecommended = true;
    return verdicts;
}

} // namespace sconce::torch
