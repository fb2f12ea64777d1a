// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSysInfo>

#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

QString vendorName(Vendor vendor)
{
    switch (vendor) {
    case Vendor::Nvidia: return u"NVIDIA"_s;
    case Vendor::Amd: return u"AMD"_s;
    case Vendor::Intel: return u"Intel"_s;
    case Vendor::Apple: return u"Apple"_s;
    }
    Q_UNREACHABLE();
}

Computer Computer::here(process::Runner &runner)
{
    Computer computer;
    computer.runner = &runner;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        computer.environment.insert(name, environment.value(name));
    const QString kernel = QSysInfo::kernelType();
    computer.operatingSystem = kernel == "linux"_L1 ? u"Linux"_s
        : kernel == "darwin"_L1                     ? u"macOS"_s
        : kernel == "winnt"_L1                      ? u"Windows"_s
                                                    : kernel;
    computer.machine = QSysInfo::currentCpuArchitecture();
    if (computer.operatingSystem == "Linux"_L1 && computer.machine == "arm64"_L1)
        computer.machine = u"aarch64"_s; // as the kernel and wheel tags say it
    return computer;
}

std::vector<Device> intelDevices(
    const std::vector<PciDevice> &pci, const std::optional<Accelerator> &accelerator, Evidence &evidence)
{
    const bool isLinux = evidence.computer().operatingSystem == "Linux"_L1;
    const QStringList nodes = evidence.entries(u"/dev/dri"_s).filter(u"renderD"_s);
    const bool isOpen = std::ranges::any_of(
        nodes, [&](const QString &node) { return evidence.isUsable(u"/dev/dri/"_s + node); });
    std::vector<Device> devices;
    for (const PciDevice &found : pci) {
        if (found.vendor != PciIntel)
            continue;
        Device device{.vendor = Vendor::Intel,
            .name = pciName(found, evidence),
            .architecture = pciArchitecture(found),
            .pciAddress = Fact{found.address, u"/sys/bus/pci/devices"_s}};
        if (!found.driver.isEmpty())
            device.driver = Fact{found.driver, u"/sys/bus/pci/devices/%1/uevent"_s.arg(found.address)};
        // Graphics inside the processor has a fixed place on the first bus.
        device.isIntegrated = found.address.endsWith(":00:02.0"_L1);
        if (isLinux && !isOpen)
            device.obstacle = QCoreApplication::translate(
                "hardware", "No “/dev/dri/renderD…” is open to this user or container");
        devices.push_back(device);
    }
    // Windows has no such files; its identifier "PCI\VEN_8086&DEV_56A0&…" names the device.
    static const QRegularExpression deviceNumber(u"DEV_([0-9A-Fa-f]{4})"_s);
    if (devices.empty() && accelerator && accelerator->kind == Accelerator::Kind::Xpu) {
        const auto match = deviceNumber.match(accelerator->evidence.value);
        const PciDevice found{{}, PciIntel, match.captured(1).toUShort(nullptr, 16), {}};
        devices.push_back({.vendor = Vendor::Intel,
            .name = pciName(found, evidence),
            .architecture = pciArchitecture(found)});
    }
    return devices;
}

Result<std::vector<Device>> appleDevices(Evidence &evidence)
{
    std::vector<Device> devices;
    if (evidence.computer().operatingSystem != "macOS"_L1)
        return devices;
    const auto ask = [&evidence](const QString &name) -> Result<QString> {
        const auto outcome = SCONCE_TRY(evidence.run(u"sysctl"_s, {u"-n"_s, name}));
        return outcome && outcome->succeeded() ? QString::fromUtf8(outcome->output).trimmed() : QString();
    };
    // Only processors of Apple's own have the graphics that PyTorch's MPS uses; a Rosetta process still says
    // x86_64.
    const QString name = SCONCE_TRY(ask(u"machdep.cpu.brand_string"_s));
    if (!name.startsWith("Apple"_L1))
        return devices;
    Device device{.vendor = Vendor::Apple,
        .name = {name, u"sysctl -n machdep.cpu.brand_string"_s},
        .isIntegrated = true};
    if (const QString memory = SCONCE_TRY(ask(u"hw.memsize"_s)); !memory.isEmpty())
        device.memory = Fact{memory, u"sysctl -n hw.memsize"_s};
    devices.push_back(device);
    return devices;
}

Result<DeviceReport> detect(const Computer &computer, const JobContext &context)
{
    DeviceReport report;
    report.operatingSystem = computer.operatingSystem;
    report.machine = computer.machine;
    Evidence evidence(computer, report, context);
    report.accelerator = SCONCE_TRY(findAccelerator(evidence));
    const std::vector<PciDevice> pci = pciDevices(evidence);
    SCONCE_TRY(context.goOn());
    const auto take = [&report](std::vector<Device> found) {
        std::ranges::move(found, std::back_inserter(report.devices));
    };
    take(SCONCE_TRY(nvidiaDevices(pci, report.accelerator, evidence)));
    take(amdDevices(pci, evidence));
    take(intelDevices(pci, report.accelerator, evidence));
    take(SCONCE_TRY(appleDevices(evidence)));
    return report;
}

} // namespace sconce::hardware
