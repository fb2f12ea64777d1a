// SPDX-License-Identifier: Apache-2.0
#include "hardware/devices.h"

#include <QJsonArray>
#include <QTest>

#include "kit/fake_computer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using hardware::Accelerator;
using hardware::Device;
using hardware::Fact;

namespace {

QJsonArray asJson(const Fact &fact)
{
    return {fact.value, fact.source};
}

QJsonObject asJson(const Device &device)
{
    QJsonObject object{{u"vendor"_s, vendorName(device.vendor)}, {u"name"_s, asJson(device.name)}};
    const auto add = [&object](const QString &key, const std::optional<Fact> &fact) {
        if (fact)
            object.insert(key, asJson(*fact));
    };
    add(u"driver"_s, device.driver);
    add(u"computeCapability"_s, device.computeCapability);
    add(u"architecture"_s, device.architecture);
    add(u"memory"_s, device.memory);
    add(u"pciAddress"_s, device.pciAddress);
    if (device.isIntegrated)
        object.insert(u"integrated"_s, true);
    if (!device.obstacle.isEmpty())
        object.insert(u"obstacle"_s, device.obstacle);
    return object;
}

QJsonObject asJson(const Accelerator &accelerator)
{
    QJsonObject object{{u"evidence"_s, asJson(accelerator.evidence)}};
    switch (accelerator.kind) {
    case Accelerator::Kind::Cuda: object.insert(u"cuda"_s, accelerator.driver.text()); break;
    case Accelerator::Kind::Amd: object.insert(u"amd"_s, accelerator.architecture); break;
    case Accelerator::Kind::Xpu: object.insert(u"xpu"_s, true); break;
    }
    return object;
}

QJsonObject asJson(const Result<hardware::DeviceReport> &report, const QString &root)
{
    if (!report) {
        // Sentences of the files module name the real path.
        const QString sentence = QString(report.error().summary()).remove(root);
        return {{u"error"_s, sentence}, {u"hints"_s, QJsonArray::fromStringList(report.error().hints())}};
    }
    QJsonArray devices;
    for (const Device &device : report->devices)
        devices.append(asJson(device));
    QJsonObject object{{u"devices"_s, devices},
        {u"accelerator"_s, report->accelerator ? QJsonValue(asJson(*report->accelerator)) : QJsonValue()},
        {u"looked"_s, QJsonArray::fromStringList(report->looked)},
        {u"warnings"_s, QJsonArray::fromStringList(report->warnings)}};
    if (!report->overrideNote.isEmpty())
        object.insert(u"override"_s, report->overrideNote);
    return object;
}

} // namespace

class DevicesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatTheComputerHas_data();
    void findsWhatTheComputerHas();
    void readsThisComputer();
    void stopsWhenAsked();
};

void DevicesCheck::findsWhatTheComputerHas_data()
{
    QTest::addColumn<QString>("folder");
    const QStringList cases =
        QDir(QStringLiteral(CASES)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QVERIFY(cases.size() >= 25);
    for (const QString &name : cases)
        QTest::addRow("%s", qPrintable(name)) << name;
}

void DevicesCheck::findsWhatTheComputerHas()
{
    QFETCH(const QString, folder);
    kit::FakeComputer fake(QStringLiteral(CASES "/") + folder);
    const auto report = hardware::detect(fake.computer(), JobContext::unwatched());
    COMPARE_KEPT(QJsonDocument(asJson(report, fake.computer().root)).toJson(), folder + u"/expected.json"_s);
}

void DevicesCheck::readsThisComputer()
{
    // Nothing is known of the machine that runs this, but every look is written down and no source is
    // nonsense.
    process::SystemRunner runner;
    hardware::Computer computer = hardware::Computer::here(runner);
    computer.environment.remove(u"UV_CUDA_DRIVER_VERSION"_s);
    computer.environment.remove(u"UV_AMD_GPU_ARCHITECTURE"_s);
    const auto report = hardware::detect(computer, JobContext::unwatched());
    QVERIFY2(report, qPrintable(report ? QString() : report.error().summary()));
    QVERIFY(!report->looked.isEmpty());
    QCOMPARE(report->operatingSystem, u"Linux"_s);
    QVERIFY(!report->machine.isEmpty());
}

void DevicesCheck::stopsWhenAsked()
{
    kit::FakeComputer fake(QStringLiteral(CASES "/nvidia-blackwell"));
    std::stop_source source;
    source.request_stop();
    const auto report =
        hardware::detect(fake.computer(), JobContext(source.get_token(), std::make_shared<Progress>()));
    QVERIFY(!report);
    QCOMPARE(report.error().kind(), ErrorKind::Stopped);
}

QTEST_GUILESS_MAIN(DevicesCheck)
#include "devices.moc"
