// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Nodes = "/sys/class/kfd/kfd/topology/nodes"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("hardware", text);
}

/// "key number" a line, as the kernel's compute driver writes them.
QHash<QString, quint64> properties(const QString &text)
{
    QHash<QString, quint64> found;
    for (const QString &line : text.split(u'\n')) {
        const QStringList words = line.simplified().split(u' ');
        bool isNumber = false;
        const quint64 value = words.value(1).toULongLong(&isNumber);
        if (words.size() == 2 && isNumber)
            found.insert(words.first(), value);
    }
    return found;
}

/// gfx_target_version packs major, minor and stepping in two decimal digits each; the name writes minor and
/// stepping in hexadecimal: 90010 is gfx90a, 110001 is gfx1101.
QString architectureName(quint64 packed)
{
    return u"gfx%1%2%3"_s.arg(packed / 10000).arg(packed / 100 % 100, 0, 16).arg(packed % 100, 0, 16);
}

QString addressOf(const QHash<QString, quint64> &node)
{
    const quint64 location = node.value(u"location_id"_s);
    return u"%1:%2:%3.%4"_s.arg(node.value(u"domain"_s), 4, 16, QLatin1Char('0'))
        .arg(location >> 8 & 0xff, 2, 16, QLatin1Char('0'))
        .arg(location >> 3 & 0x1f, 2, 16, QLatin1Char('0'))
        .arg(location & 7);
}

/// Memory of the card itself: banks of heap type 1 (visible to the processor) and 2 (private).
quint64 ownMemory(const QString &node, Evidence &evidence)
{
    quint64 sum = 0;
    for (const QString &bank : evidence.entries(node + u"/mem_banks"_s)) {
        const auto values = properties(
            evidence.detail(node + u"/mem_banks/"_s + bank + u"/properties"_s).value_or(QString()));
        const quint64 heap = values.value(u"heap_type"_s);
        if (heap == 1 || heap == 2)
            sum += values.value(u"size_in_bytes"_s);
    }
    return sum;
}

/// Processors with graphics inside: Raven Ridge to Strix Halo. Their memory is the computer's.
bool isProcessorGraphics(const QString &architecture)
{
    static const QStringList inside{u"gfx902"_s, u"gfx909"_s, u"gfx90c"_s, u"gfx1013"_s, u"gfx1033"_s,
        u"gfx1035"_s, u"gfx1036"_s, u"gfx1037"_s, u"gfx1103"_s, u"gfx1150"_s, u"gfx1151"_s, u"gfx1152"_s,
        u"gfx1153"_s};
    return inside.contains(architecture);
}

/// What the compute driver knows of one GPU, laid over what the PCI bus told. Gives its address.
QString addNode(const QString &path, std::vector<Device> &devices, Evidence &evidence)
{
    const QString source = path + u"/properties"_s;
    const auto node = properties(evidence.detail(source).value_or(QString()));
    if (node.isEmpty()) // the kernel hides a GPU from a control group that may not use it
        evidence.note(tr("%1: cannot be read").arg(source));
    if (node.value(u"simd_count"_s) == 0 || node.value(u"vendor_id"_s) != PciAmd) // processors are nodes too
        return {};
    const quint64 packed = node.value(u"gfx_target_version"_s);
    evidence.note(u"%1: gfx_target_version %2"_s.arg(source).arg(packed));
    const QString address = addressOf(node);
    auto found = std::ranges::find_if(
        devices, [&](const Device &device) { return device.pciAddress->value == address; });
    if (found == devices.end()) {
        const PciDevice pci{address, PciAmd, quint16(node.value(u"device_id"_s)), {}};
        devices.push_back(
            {.vendor = Vendor::Amd, .name = pciName(pci, evidence), .pciAddress = Fact{address, source}});
        found = std::prev(devices.end());
    }
    if (packed != 0)
        found->architecture = Fact{architectureName(packed), source};
    if (const quint64 memory = ownMemory(path, evidence))
        found->memory = Fact{QString::number(memory), path + u"/mem_banks"_s};
    if (node.value(u"cpu_cores_count"_s) > 0)
        found->isIntegrated = true;
    return address;
}

QString obstacleOf(const Device &device, const QStringList &offered, Evidence &evidence)
{
    if (evidence.computer().operatingSystem != "Linux"_L1)
        return {};
    if (!evidence.exists(u"/dev/kfd"_s))
        return tr(
            "“/dev/kfd” is not there: AMD's driver is not loaded, or this container has no access to it");
    if (!evidence.isUsable(u"/dev/kfd"_s))
        return tr("“/dev/kfd” is not open to this user, who is missing in the group “render”");
    if (!evidence.entries(Nodes).isEmpty() && !offered.contains(device.pciAddress->value))
        return tr("AMD's driver does not offer it for computing, or hides it from this container");
    return {};
}

} // namespace

std::vector<Device> amdDevices(const std::vector<PciDevice> &pci, Evidence &evidence)
{
    std::vector<Device> devices;
    for (const PciDevice &found : pci) {
        if (found.vendor != PciAmd)
            continue;
        const QString path = u"/sys/bus/pci/devices/"_s + found.address;
        Device device{.vendor = Vendor::Amd,
            .name = pciName(found, evidence),
            .architecture = pciArchitecture(found),
            .pciAddress = Fact{found.address, u"/sys/bus/pci/devices"_s}};
        if (const QString product = evidence.detail(path + u"/product_name"_s).value_or(QString()).trimmed();
            !product.isEmpty())
            device.name = {product, path + u"/product_name"_s};
        if (const QString memory =
                evidence.detail(path + u"/mem_info_vram_total"_s).value_or(QString()).trimmed();
            !memory.isEmpty())
            device.memory = Fact{memory, path + u"/mem_info_vram_total"_s};
        devices.push_back(device);
    }
    QStringList nodes = evidence.entries(Nodes);
    if (nodes.isEmpty() && !devices.empty())
        evidence.note(tr("%1: not there").arg(Nodes));
    std::ranges::sort(nodes, {}, [](const QString &node) { return node.toInt(); });
    QStringList offered;
    for (const QString &node : nodes)
        offered.append(addNode(u"%1/%2"_s.arg(Nodes, node), devices, evidence));

    const QString driver = evidence.detail(u"/sys/module/amdgpu/version"_s).value_or(QString()).trimmed();
    for (Device &device : devices) {
        if (!driver.isEmpty())
            device.driver = Fact{driver, u"/sys/module/amdgpu/version"_s};
        if (device.architecture && isProcessorGraphics(device.architecture->value))
            device.isIntegrated = true;
        device.obstacle = obstacleOf(device, offered, evidence);
    }
    return devices;
}

} // namespace sconce::hardware
