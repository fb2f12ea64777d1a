// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/set_up.h"
#include "hardware/memory_text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;
using hardware::Device;
using hardware::Fact;

namespace {

QString vendorText(hardware::Vendor vendor)
{
    switch (vendor) {
    case hardware::Vendor::Nvidia: return u"NVIDIA"_s;
    case hardware::Vendor::Amd: return u"AMD"_s;
    case hardware::Vendor::Intel: return u"Intel"_s;
    case hardware::Vendor::Apple: return u"Apple"_s;
    }
    return {};
}

struct NamedFact {
    QString key;
    QString label;
    const std::optional<Fact> &fact;
};

std::vector<NamedFact> factsOf(const Device &device)
{
    return {{u"driver"_s, Words::tr("driver"), device.driver},
        {u"compute_capability"_s, Words::tr("compute capability"), device.computeCapability},
        {u"architecture"_s, Words::tr("architecture"), device.architecture},
        {u"memory"_s, Words::tr("memory"), device.memory},
        {u"pci_address"_s, Words::tr("PCI address"), device.pciAddress}};
}

QJsonObject asJson(const Fact &fact)
{
    return {{u"value"_s, fact.value}, {u"source"_s, fact.source}};
}

QJsonObject asJson(const hardware::DeviceReport &report)
{
    QJsonArray devices;
    for (const Device &device : report.devices) {
        QJsonObject object{{u"vendor"_s, vendorText(device.vendor)}, {u"name"_s, asJson(device.name)},
            {u"integrated"_s, device.isIntegrated}};
        for (const NamedFact &named : factsOf(device)) {
            if (named.fact)
                object[named.key] = asJson(*named.fact);
        }
        devices.append(object);
    }
    QJsonObject object{{u"operating_system"_s, report.operatingSystem}, {u"machine"_s, report.machine},
        {u"devices"_s, devices}, {u"looked"_s, QJsonArray::fromStringList(report.looked)},
        {u"warnings"_s, QJsonArray::fromStringList(report.warnings)}, {u"accelerator"_s, QJsonValue::Null}};
    if (const auto &found = report.accelerator) {
        static const QStringList kinds{u"cuda"_s, u"amd"_s, u"xpu"_s};
        QJsonObject accelerator{
            {u"kind"_s, kinds[qsizetype(found->kind)]}, {u"evidence"_s, asJson(found->evidence)}};
        if (found->kind == hardware::Accelerator::Kind::Cuda)
            accelerator[u"driver"_s] = found->evidence.value; // as the driver spells it
        if (found->kind == hardware::Accelerator::Kind::Amd)
            accelerator[u"architecture"_s] = found->architecture;
        object[u"accelerator"_s] = accelerator;
    }
    return object;
}

QString valueText(const NamedFact &named)
{
    return named.key == u"memory" ? hardware::memoryText(*named.fact) : named.fact->value;
}

void printReport(const hardware::DeviceReport &report, const Console &console)
{
    for (const Device &device : report.devices) {
        QString line = u"%1 %2"_s.arg(vendorText(device.vendor), device.name.value);
        if (device.name.value.startsWith(vendorText(device.vendor)))
            line = device.name.value;
        console.print(device.isIntegrated ? Words::tr("%1 (integrated)").arg(line) : line);
        console.print(u"    %1  %2"_s.arg(Words::tr("name"), -18).arg(device.name.source));
        for (const NamedFact &named : factsOf(device)) {
            if (named.fact)
                console.print(
                    u"    %1  %2  (%3)"_s.arg(named.label, -18).arg(valueText(named), named.fact->source));
        }
    }
    if (!report.overrideNote.isEmpty())
        console.print(report.overrideNote);
    if (report.devices.empty()) {
        if (report.overrideNote.isEmpty())
            console.print(Words::tr("No GPU was found. PyTorch would run on the processor."));
        for (const QString &line : report.looked)
            console.print(u"    "_s + line);
    }
    for (const QString &warning : report.warnings)
        console.say(warning);
}

} // namespace

Verb devicesVerb()
{
    return {u"devices"_s, u"[--json]"_s,
        Words::tr("accelerators of this computer, and where each fact was read"),
        {{u"json"_s, {}, {}, Words::tr("one JSON document"), {}, false}},
        [](const Invocation &invocation) -> Result<Exit> {
            const hardware::DeviceReport report =
                SCONCE_TRY(actions::detectDevices(invocation.tools, invocation.context));
            if (invocation.arguments.has(u"json"_s))
                invocation.console.print(QJsonDocument(asJson(report)));
            else
                printReport(report, invocation.console);
            return Exit::Done;
        }};
}

} // namespace sconce::app
