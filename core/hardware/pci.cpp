// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Folder = "/sys/bus/pci/devices"_L1;

std::optional<uint> hexNumber(const std::optional<QString> &text)
{
    bool isNumber = false;
    const uint value = text.value_or(QString()).trimmed().toUInt(&isNumber, 16);
    return isNumber ? std::optional(value) : std::nullopt;
}

/// "DRIVER=i915" among the lines of uevent.
QString boundDriver(const QString &uevent)
{
    for (const QString &line : uevent.split(u'\n')) {
        if (line.startsWith("DRIVER="_L1))
            return line.mid(7).trimmed();
    }
    return {};
}

/// "GA106 [GeForce RTX 3060]" of the vendor's block: the part in brackets is the name on the box.
QString nameInList(const QString &list, const PciDevice &device)
{
    const QString vendorLine = u"\n%1  "_s.arg(device.vendor, 4, 16, QLatin1Char('0'));
    const QString deviceLine = u"\t%1  "_s.arg(device.device, 4, 16, QLatin1Char('0'));
    qsizetype start = list.indexOf(vendorLine);
    if (start < 0)
        return {};
    for (start = list.indexOf(u'\n', start + 1) + 1; start > 0 && start < list.size();
        start = list.indexOf(u'\n', start) + 1) {
        const qsizetype end = list.indexOf(u'\n', start);
        const QStringView line = QStringView(list).sliced(start, (end < 0 ? list.size() : end) - start);
        if (!line.startsWith(u'\t') && !line.startsWith(u'#'))
            return {};
        if (!line.startsWith(deviceLine))
            continue;
        const QStringView name = line.sliced(deviceLine.size()).trimmed();
        const qsizetype open = name.indexOf(u'[');
        const qsizetype close = name.lastIndexOf(u']');
        return (open >= 0 && close > open ? name.sliced(open + 1, close - open - 1) : name).toString();
    }
    return {};
}

QString numberText(const PciDevice &device)
{
    return u"%1:%2"_s.arg(device.vendor, 4, 16, QLatin1Char('0')).arg(device.device, 4, 16, QLatin1Char('0'));
}

QString sourceText(const PciDevice &device)
{
    return QCoreApplication::translate("hardware", "the list of known cards (PCI %1)")
        .arg(numberText(device));
}

QString withVendor(quint16 vendor, const QString &name)
{
    const QString maker = vendor == PciNvidia ? u"NVIDIA"_s : vendor == PciAmd ? u"AMD"_s : u"Intel"_s;
    return name.contains(maker) ? name : maker + u' ' + name;
}

} // namespace

std::vector<PciDevice> pciDevices(Evidence &evidence)
{
    std::vector<PciDevice> found;
    QStringList described;
    const QStringList addresses = evidence.entries(Folder);
    for (const QString &address : addresses) {
        const QString path = u"%1/%2/"_s.arg(Folder, address);
        const uint deviceClass = hexNumber(evidence.detail(path + u"class"_s)).value_or(0) >> 16;
        const auto vendor = hexNumber(evidence.detail(path + u"vendor"_s));
        // 0x03: display. 0x12: processing accelerator, as data centre GPUs without outputs call themselves;
        // Intel's are no GPUs.
        if (deviceClass != 0x03 && (deviceClass != 0x12 || vendor == PciIntel))
            continue;
        const auto device = hexNumber(evidence.detail(path + u"device"_s));
        if (!vendor || *vendor > 0xffff)
            continue;
        found.push_back({address.toLower(), quint16(*vendor), quint16(device.value_or(0)),
            boundDriver(evidence.detail(path + u"uevent"_s).value_or(QString()))});
        described.append(address + u' ' + numberText(found.back()));
    }
    if (addresses.isEmpty())
        evidence.note(QCoreApplication::translate("hardware", "%1: not there").arg(Folder));
    else if (described.isEmpty())
        evidence.note(
            QCoreApplication::translate("hardware", "%1: nothing for display or computing").arg(Folder));
    else
        evidence.note(u"%1: %2"_s.arg(Folder, described.join(u", "_s)));
    return found;
}

Fact pciName(const PciDevice &device, Evidence &evidence)
{
    if (const QString name = knownName(device.vendor, device.device); !name.isEmpty())
        return {withVendor(device.vendor, name), sourceText(device)};
    for (const QString &path : {u"/usr/share/misc/pci.ids"_s, u"/usr/share/hwdata/pci.ids"_s}) {
        if (const QString name = nameInList(evidence.detail(path).value_or(QString()), device);
            !name.isEmpty())
            return {withVendor(device.vendor, name), path};
    }
    return {withVendor(
                device.vendor, QCoreApplication::translate("hardware", "device %1").arg(numberText(device))),
        sourceText(device)};
}

std::optional<Fact> pciArchitecture(const PciDevice &device)
{
    const QString architecture = knownArchitecture(device.vendor, device.device);
    if (architecture.isEmpty())
        return std::nullopt;
    return Fact{architecture, sourceText(device)};
}

} // namespace sconce::hardware
