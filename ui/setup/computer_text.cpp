// SPDX-License-Identifier: Apache-2.0
#include "setup/computer_text.h"

#include <QCoreApplication>

#include "hardware/memory_text.h"
#include "parts/text.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

struct ComputerWords {
    Q_DECLARE_TR_FUNCTIONS(ComputerWords)
};

} // namespace

QString deviceText(const hardware::Device &device)
{
    if (!device.obstacle.isEmpty())
        return ComputerWords::tr("%1: %2", "a GPU: why it cannot be used")
            .arg(code(device.name.value), device.obstacle);
    QStringList parts{code(device.name.value)};
    if (device.memory)
        parts << hardware::memoryText(*device.memory);
    if (device.computeCapability)
        parts << ComputerWords::tr("compute capability %1").arg(code(device.computeCapability->value));
    if (device.architecture)
        parts << code(device.architecture->value);
    if (device.driver)
        parts << ComputerWords::tr("driver %1").arg(code(device.driver->value));
    return parts.join(u" · "_s);
}

QStringList computerWarnings(const hardware::DeviceReport &report)
{
    QStringList sentences;
    for (const hardware::Device &device : report.devices) {
        if (!device.obstacle.isEmpty())
            sentences << deviceText(device);
    }
    return sentences + report.warnings;
}

QString computerSummary(const Answer<hardware::DeviceReport> &answer)
{
    if (answer.isRunning() && !answer.value)
        return ComputerWords::tr("Looking for GPUs…");
    if (answer.error)
        return answer.wasStopped() ? ComputerWords::tr("Not looked at: cancelled") : answer.error->summary();
    if (!answer.value)
        return ComputerWords::tr("Not looked at yet");
    const std::vector<hardware::Device> &devices = answer.value->devices;
    if (devices.empty() && !answer.value->overrideNote.isEmpty())
        return answer.value->overrideNote;
    if (devices.empty())
        return ComputerWords::tr("No GPU found, builds for the CPU will be used");
    if (devices.size() == 1)
        return deviceText(devices.front());
    QStringList names;
    for (const hardware::Device &device : devices)
        names << code(device.name.value);
    return listText(names);
}

Status computerStatus(const Answer<hardware::DeviceReport> &answer)
{
    if (answer.isRunning())
        return Status::Running;
    if (answer.error)
        return answer.wasStopped() ? Status::Attention : Status::Failed;
    if (!answer.value)
        return Status::Open;
    return computerWarnings(*answer.value).isEmpty() ? Status::Done : Status::Attention;
}

} // namespace sconce::ui
