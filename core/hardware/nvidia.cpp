// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hardware", text);
}

/// nvidia-smi writes the domain with eight digits and capitals, the kernel with four: "00000000:01:00.0" is
/// "0000:01:00.0".
QString normalAddress(const QString &address)
{
    const QString lower = address.toLower();
    const qsizetype colon = lower.indexOf(u':');
    return colon > 4 ? lower.mid(colon - 4) : lower;
}

Device &deviceAt(std::vector<Device> &devices, const QString &address, const QString &source)
{
    const auto found = std::ranges::find_if(devices,
        [&](const Device &device) { return device.pciAddress && device.pciAddress->value == address; });
    if (found != devices.end())
        return *found;
    Device &added = devices.emplace_back();
    added.pciAddress = Fact{address, source};
    return added;
}

/// One value of the tool's answer; "[N/A]", "[Not Supported]", "[Unknown Error]" and the like stand for what
/// it does not know.
std::optional<Fact> smiFact(const QString &value, QLatin1StringView field)
{
    if (value.isEmpty() || value.startsWith(u'[') || value == "N/A"_L1)
        return std::nullopt;
    return Fact{value, "nvidia-smi --query-gpu="_L1 + field};
}

/// "12288 MiB" in bytes.
std::optional<Fact> smiMemory(const QString &value)
{
    bool isNumber = false;
    const qint64 count = value.chopped(std::min<qsizetype>(4, value.size())).toLongLong(&isNumber);
    if (!isNumber || !value.endsWith(" MiB"_L1))
        return std::nullopt;
    return smiFact(QString::number(count << 20), "memory.total"_L1);
}

/// Reads the rows of an answer. The name comes first and is the only value that could hold a comma, so values
/// are taken from the end.
void addSmiRows(
    const QByteArray &output, const QStringList &fields, std::vector<Device> &devices, Evidence &evidence)
{
    for (const QByteArray &line : output.split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        QStringList values = QString::fromUtf8(line).split(u',');
        for (QString &value : values)
            value = value.trimmed();
        if (values.size() < fields.size() || !values.last().contains(u':')) {
            evidence.warn(tr("nvidia-smi said “%1” where values of a GPU are expected")
                    .arg(QString::fromUtf8(line).simplified()));
            continue;
        }
        Device &device =
            deviceAt(devices, normalAddress(values.takeLast()), u"nvidia-smi --query-gpu=pci.bus_id"_s);
        if (const auto memory = smiMemory(values.takeLast()))
            device.memory = memory;
        if (fields.contains("compute_cap"_L1)) {
            if (const auto capability = smiFact(values.takeLast(), "compute_cap"_L1))
                device.computeCapability = capability;
        }
        if (const auto driver = smiFact(values.takeLast(), "driver_version"_L1))
            device.driver = driver;
        if (const auto name = smiFact(values.join(u", "_s), "name"_L1))
            device.name = *name;
        device.obstacle.clear();
    }
}

/// Asks nvidia-smi for all it knows. Drivers before 510 do not know the field compute_cap and refuse the
/// whole query. Gives its complaint; empty when it answered or is not there.
Result<QString> askSmi(std::vector<Device> &devices, Evidence &evidence)
{
    QStringList fields{u"name"_s, u"driver_version"_s, u"compute_cap"_s, u"memory.total"_s, u"pci.bus_id"_s};
    for (;;) {
        const auto outcome = SCONCE_TRY(evidence.run(
            u"nvidia-smi"_s, {u"--query-gpu="_s + fields.join(u','), u"--format=csv,noheader"_s}));
        if (!outcome)
            return QString();
        if (outcome->succeeded()) {
            addSmiRows(outcome->output, fields, devices, evidence);
            return QString();
        }
        const QByteArray said = (outcome->output + outcome->errorOutput).trimmed();
        if (said.contains("compute_cap") && fields.removeOne("compute_cap"_L1))
            continue;
        if (outcome->crashed || said.isEmpty())
            return tr("nvidia-smi ended with status %1 and without an answer").arg(outcome->status);
        return tr("nvidia-smi said: “%1”").arg(QString::fromUtf8(said.split('\n').first()).simplified());
    }
}

/// /proc/driver/nvidia/gpus/<address>/information: "Model:", "Bus Location:" and more, a line each.
void addKernelFacts(std::vector<Device> &devices, Evidence &evidence)
{
    const QString folder = u"/proc/driver/nvidia/gpus"_s;
    for (const QString &entry : evidence.entries(folder)) {
        const QString path = folder + u'/' + entry + u"/information"_s;
        const auto text = evidence.detail(path);
        if (!text)
            continue;
        evidence.note(u"%1: “%2”"_s.arg(path, text->trimmed().section(u'\n', 0, 0).simplified()));
        Device &device = deviceAt(devices, normalAddress(entry), folder);
        for (const QString &line : text->split(u'\n')) {
            const QString key = line.section(u':', 0, 0).trimmed();
            const QString value = line.section(u':', 1).trimmed();
            if (key == "Model"_L1 && !value.isEmpty() && value != "Unknown"_L1)
                device.name = {value, path};
            if (key == "GPU Excluded"_L1 && value == "Yes"_L1)
                device.obstacle = tr("The driver was told to leave it out");
        }
    }
}

/// The driver that runs here, whatever a variable says.
Result<std::optional<Fact>> runningDriver(const std::optional<Accelerator> &accelerator, Evidence &evidence)
{
    if (!SCONCE_TRY(acceleratorFromVariables(evidence.computer().environment)))
        return accelerator && accelerator->kind == Accelerator::Kind::Cuda
            ? std::optional(accelerator->evidence)
            : std::nullopt;
    const auto found = findNvidiaDriver(evidence);
    if (found)
        return *found ? std::optional((*found)->evidence) : std::nullopt;
    if (found.error().kind() == ErrorKind::Stopped)
        return std::unexpected(found.error());
    evidence.warn(found.error().summary());
    return std::nullopt;
}

QString obstacleOf(const PciDevice *pci, const std::optional<Fact> &driver, Evidence &evidence)
{
    if (!driver)
        return !pci || pci->driver.isEmpty()
            ? tr("NVIDIA's driver is not loaded")
            : tr("The driver “%1” is in use instead of NVIDIA's").arg(pci->driver);
    const bool isOpen = evidence.computer().operatingSystem != "Linux"_L1
        || evidence.isUsable(u"/dev/nvidiactl"_s)
        || evidence.exists(u"/dev/dxg"_s); // Windows' own driver, seen from its Linux subsystem
    return isOpen ? QString()
                  : tr("The driver is loaded, but “/dev/nvidiactl” is not open to this user or container");
}

} // namespace

Result<std::vector<Device>> nvidiaDevices(
    const std::vector<PciDevice> &pci, const std::optional<Accelerator> &accelerator, Evidence &evidence)
{
    const std::optional<Fact> driver = SCONCE_TRY(runningDriver(accelerator, evidence));
    std::vector<Device> devices;
    for (const PciDevice &found : pci) {
        if (found.vendor != PciNvidia)
            continue;
        Device &device = deviceAt(devices, found.address, u"/sys/bus/pci/devices"_s);
        device.name = pciName(found, evidence);
        device.computeCapability = pciArchitecture(found);
        device.driver = driver;
        device.obstacle = obstacleOf(&found, driver, evidence);
    }
    if (devices.empty() && !driver)
        return devices;

    addKernelFacts(devices, evidence);
    const QString complaint = SCONCE_TRY(askSmi(devices, evidence));
    if (devices.empty())
        devices.push_back({.name = {tr("NVIDIA GPU"), driver->source},
            .driver = driver,
            .obstacle = obstacleOf(nullptr, driver, evidence)});
    if (!complaint.isEmpty())
        evidence.warn(complaint);
    for (Device &device : devices) {
        if (device.obstacle.isEmpty())
            device.obstacle = complaint;
    }
    return devices;
}

} // namespace sconce::hardware
