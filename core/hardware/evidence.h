// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hardware/devices.h"

namespace sconce::hardware {

/// The one way to look at a computer: every look is written into the report, with what it gave.
class Evidence {
public:
    Evidence(const Computer &computer, DeviceReport &report, const JobContext &context)
        : m_computer(computer)
        , m_report(report)
        , m_context(context)
    {}

    /// The text of a file; nothing when there is none. Other failures are errors.
    Result<std::optional<QString>> text(const QString &path);
    /// The same for small files of which there are many: not written down, and what cannot be read is absent.
    std::optional<QString> detail(const QString &path) const;
    /// Names in a folder, sorted; empty when there is none.
    QStringList entries(const QString &folder) const;
    bool exists(const QString &path) const;
    /// Whether this user may open the file for reading and writing.
    bool isUsable(const QString &path) const;
    /// What the command said; nothing when there is no such program or it did not answer in time. Only
    /// Stopped is an error.
    Result<std::optional<process::Outcome>> run(const QString &program, const QStringList &arguments);

    void note(const QString &line) { m_report.looked.append(line); }
    void warn(const QString &line) { m_report.warnings.append(line); }
    void noteOverride(const QString &sentence) { m_report.overrideNote = sentence; }
    const Computer &computer() const { return m_computer; }
    const JobContext &context() const { return m_context; }

private:
    const Computer &m_computer;
    DeviceReport &m_report;
    const JobContext &m_context;
};

/// "nvidia-smi --query-gpu=name": a command as it is written down.
QString commandText(const QString &program, const QStringList &arguments);

/// torch-backends.md § 3, all steps.
Result<std::optional<Accelerator>> findAccelerator(Evidence &evidence);
/// Steps 3 to 5: the NVIDIA driver, from the kernel or from its own tool.
Result<std::optional<Accelerator>> findNvidiaDriver(Evidence &evidence);

/// A display device or processing accelerator on the PCI bus.
struct PciDevice {
    QString address;
    quint16 vendor = 0;
    quint16 device = 0;
    QString driver; // kernel driver bound to it; may be empty
    bool operator==(const PciDevice &) const = default;
};
inline constexpr quint16 PciNvidia = 0x10de;
inline constexpr quint16 PciAmd = 0x1002;
inline constexpr quint16 PciIntel = 0x8086;
std::vector<PciDevice> pciDevices(Evidence &evidence);
/// The name of a PCI device from our table, else from pci.ids, else "10de:2504".
Fact pciName(const PciDevice &device, Evidence &evidence);
/// Compute capability, gfx architecture or Intel family that a device number stands for.
std::optional<Fact> pciArchitecture(const PciDevice &device);
/// Rows of the table behind pciName and pciArchitecture; empty when not in it.
QString knownName(quint16 vendor, quint16 device);
QString knownArchitecture(quint16 vendor, quint16 device);

Result<std::vector<Device>> nvidiaDevices(
    const std::vector<PciDevice> &pci, const std::optional<Accelerator> &accelerator, Evidence &evidence);
std::vector<Device> amdDevices(const std::vector<PciDevice> &pci, Evidence &evidence);
std::vector<Device> intelDevices(
    const std::vector<PciDevice> &pci, const std::optional<Accelerator> &accelerator, Evidence &evidence);
Result<std::vector<Device>> appleDevices(Evidence &evidence);

} // namespace sconce::hardware
