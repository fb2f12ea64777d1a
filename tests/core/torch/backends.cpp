// SPDX-License-Identifier: Apache-2.0
#include "torch/backends.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "kit/fake_computer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using torch::Backend;
using torch::TargetSystem;

namespace {

// The rows of the files were recorded from the reference, but for oracle.json: that is the table of
// torch-backends.md § 12.
void rowsOf(const char *file)
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray rows =
        QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/%1.json").arg(QLatin1StringView(file))))
            .array();
    QVERIFY(!rows.isEmpty());
    for (qsizetype number = 0; number < rows.size(); ++number) {
        const QByteArray text = QJsonDocument(rows[number].toObject()).toJson(QJsonDocument::Compact);
        QTest::addRow("%d %s", int(number), text.left(160).constData()) << rows[number].toObject();
    }
}

TargetSystem systemOf(const QString &platform)
{
    if (platform.contains("android"_L1) || platform.contains("pyodide"_L1))
        return TargetSystem::Other;
    if (platform.contains("musl"_L1))
        return TargetSystem::MuslLinux;
    if (platform.contains("windows"_L1))
        return TargetSystem::Windows;
    if (platform.contains("apple"_L1) || platform == "macos"_L1)
        return TargetSystem::MacOs;
    return TargetSystem::GlibcLinux;
}

/// A computer made of a row: contents of the sources, null where a source is absent.
class RowComputer {
public:
    explicit RowComputer(const QJsonObject &row)
    {
        write(u"/sys/module/nvidia/version"_s, row[u"sys_module_nvidia_version"]);
        write(u"/proc/driver/nvidia/version"_s, row[u"proc_driver_nvidia_version"]);
        int number = 0;
        for (const QJsonValue &device : row[u"pci"].toArray()) {
            const QString folder =
                u"/sys/bus/pci/devices/0000:00:%1.0/"_s.arg(++number, 2, 10, QLatin1Char('0'));
            write(folder + u"class"_s, device[u"class"]);
            write(folder + u"vendor"_s, device[u"vendor"]);
        }
        script(u"nvidia-smi --query-gpu=driver_version --format=csv,noheader"_s, row[u"nvidia_smi"]);
        script(u"rocm_agent_enumerator"_s, row[u"rocm_agent_enumerator"]);
        const QJsonObject variables = row[u"env"].toObject();
        for (auto variable = variables.begin(); variable != variables.end(); ++variable)
            m_computer.environment.insert(variable.key(), variable.value().toString());
        m_computer.root = m_root.path();
        m_computer.runner = &m_runner;
        m_computer.operatingSystem = u"Linux"_s;
    }

    Result<std::optional<hardware::Accelerator>> accelerator()
    {
        const auto report = SCONCE_TRY(hardware::detect(m_computer, JobContext::unwatched()));
        return report.accelerator;
    }

private:
    void write(const QString &path, const QJsonValue &text)
    {
        if (text.isString())
            kit::spill(m_root.path() + path, text.toString().toUtf8());
    }
    void script(const QString &command, const QJsonValue &answer)
    {
        if (!answer.isObject())
            return;
        process::Outcome outcome;
        outcome.output = answer[u"stdout"].toString().toUtf8();
        outcome.status = answer[u"status"].toInt();
        m_runner.add({command, outcome});
    }

    QTemporaryDir m_root;
    kit::ScriptedRunner m_runner;
    hardware::Computer m_computer;
};

QStringList namesOf(const std::vector<const Backend *> &list)
{
    QStringList names;
    for (const Backend *backend : list)
        names.append(backend->name);
    return names;
}

void checkIndexes(const QJsonObject &row)
{
    const auto accelerator = RowComputer(row).accelerator();
    QCOMPARE(accelerator.has_value(), !row.contains(u"error"));
    if (!accelerator) {
        QCOMPARE(accelerator.error().kind(), ErrorKind::BadInput);
        return;
    }
    QStringList expected;
    for (const QJsonValue &name : row[u"indexes"].toArray())
        expected.append(name.toString());
    const auto mode = torch::Mode::parse(u"auto");
    QVERIFY(mode);
    QCOMPARE(
        namesOf(torch::indexesFor(*mode, *accelerator, systemOf(row[u"platform"].toString()))), expected);
}

} // namespace

class BackendsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namedModeHasOneIndex_data() { rowsOf("explicit"); }
    void namedModeHasOneIndex();
    void autoModeOrdersIndexes_data() { rowsOf("auto"); }
    void autoModeOrdersIndexes();
    void detectionLeadsToIndexes_data() { rowsOf("detect"); }
    void detectionLeadsToIndexes();
    void tableOfTheSpecificationHolds_data() { rowsOf("oracle"); }
    void tableOfTheSpecificationHolds();
    void refusesOtherSpellings_data() { rowsOf("rejected"); }
    void refusesOtherSpellings();
    void listsPackages_data() { rowsOf("packages"); }
    void listsPackages();
    void everyNameIsAMode();
    void namesAreCountedOnce();
    void knowsBackendOfAnIndex_data();
    void knowsBackendOfAnIndex();
    void takesTheMinimumOfEachDriver_data();
    void takesTheMinimumOfEachDriver();
};

void BackendsCheck::namedModeHasOneIndex()
{
    QFETCH(const QJsonObject, row);
    const auto mode = torch::Mode::parse(row[u"mode"].toString());
    QVERIFY(mode);
    const hardware::Accelerator amd{hardware::Accelerator::Kind::Amd, {}, u"gfx1100"_s, {}};
    for (const TargetSystem system : {TargetSystem::GlibcLinux, TargetSystem::MacOs, TargetSystem::Windows}) {
        const auto list = torch::indexesFor(*mode, amd, system);
        QCOMPARE(list.size(), 1U);
        QCOMPARE(list.front()->url().toString(), row[u"index"].toString());
    }
}

void BackendsCheck::autoModeOrdersIndexes()
{
    QFETCH(const QJsonObject, row);
    checkIndexes(row);
}

void BackendsCheck::detectionLeadsToIndexes()
{
    QFETCH(const QJsonObject, row);
    checkIndexes(row);
}

void BackendsCheck::tableOfTheSpecificationHolds()
{
    QFETCH(const QJsonObject, row);
    checkIndexes(row);
}

void BackendsCheck::refusesOtherSpellings()
{
    QFETCH(const QJsonObject, row);
    const auto mode = torch::Mode::parse(row[u"input"].toString());
    QVERIFY(!mode);
    QCOMPARE(mode.error().kind(), ErrorKind::BadInput);
    QVERIFY(mode.error().detail().contains(u"auto, cpu, cu132"_s));
    QVERIFY(mode.error().detail().endsWith(u"rocm4.0.1, xpu"_s));
    const QString tip = row[u"tip"].toString();
    QCOMPARE(mode.error().hints(), tip.isEmpty() ? QStringList() : QStringList(u"Use “%1”"_s.arg(tip)));
}

void BackendsCheck::listsPackages()
{
    QFETCH(const QJsonObject, row);
    const auto package = names::PackageName::parse(row[u"package"].toString());
    QVERIFY(package);
    QCOMPARE(torch::appliesTo(*package), row[u"backend_index"].toBool());
    if (row.contains(u"system_rule"))
        QCOMPARE(torch::hasSystemDependency(*package), row[u"system_rule"].toBool());
}

void BackendsCheck::everyNameIsAMode()
{
    for (const Backend &backend : torch::backends()) {
        const auto mode = torch::Mode::parse(backend.name);
        QVERIFY(mode);
        QCOMPARE(mode->backend, &backend);
    }
    QVERIFY(!torch::Mode::parse(u"auto")->backend);
}

void BackendsCheck::namesAreCountedOnce()
{
    QCOMPARE(torch::backends().size(), 49U); // 50 modes with "auto"
    QCOMPARE(torch::findBackend(u"cu92")->platformVersion, u"9.2"_s);
    QCOMPARE(torch::findBackend(u"cu118")->title(), u"CUDA 11.8"_s);
    QCOMPARE(torch::findBackend(u"rocm6.2.4")->title(), u"ROCm 6.2.4"_s);
    QCOMPARE(torch::findBackend(u"cpu")->title(), u"CPU only"_s);
    QCOMPARE(torch::findBackend(u"xpu")->title(), u"Intel XPU"_s);
}

void BackendsCheck::knowsBackendOfAnIndex_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("version");
    const auto row = [](const char16_t *url, const char16_t *system, const char16_t *version) {
        QTest::addRow("%s", qPrintable(QString(url))) << QString(url) << QString(system) << QString(version);
    };
    row(u"https://download.pytorch.org/whl/cu128", u"cuda", u"12.8");
    row(u"https://download.pytorch.org/whl/cu128/", u"cuda", u"12.8");
    row(u"https://download.pytorch.org/whl/cu128/torch/", u"cuda", u"12.8");
    row(u"https://download.pytorch.org/whl/rocm6.2.4", u"rocm", u"6.2.4");
    row(u"https://download.pytorch.org/whl/cpu", u"", u"");
    row(u"https://download.pytorch.org/whl/xpu", u"", u"");
    row(u"https://download.pytorch.org/whl/nightly/cu128", u"", u"");
    row(u"https://download.pytorch.org/cu128", u"", u"");
    row(u"https://download.pytorch.org/whl/cu127", u"", u"");
    row(u"https://download-r2.pytorch.org/whl/cu128", u"", u"");
    row(u"https://mirror.example/whl/cu128", u"", u"");
}

void BackendsCheck::knowsBackendOfAnIndex()
{
    QFETCH(const QString, url);
    QFETCH(const QString, system);
    QFETCH(const QString, version);
    const auto dependency = torch::systemDependency(QUrl(url));
    QCOMPARE(dependency.has_value(), !system.isEmpty());
    if (dependency) {
        QCOMPARE(dependency->system, system);
        QCOMPARE(dependency->version.text(), version);
    }
}

void BackendsCheck::takesTheMinimumOfEachDriver_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("newestOnLinux");
    QTest::addColumn<QString>("newestOnWindows");
    const auto row = [](const char *driver, const char *newestOnLinux, const char *newestOnWindows) {
        QTest::newRow(driver) << QString::fromLatin1(driver) << QString::fromLatin1(newestOnLinux)
                              << QString::fromLatin1(newestOnWindows);
    };
    row("580", "cu132", "cu132");
    row("579.999", "cu129", "cu129");
    row("528.33", "cu129", "cu129");
    row("528.32", "cu129", "cu118");
    row("525.60.12", "cu118", "cu118");
    row("452.39", "cu118", "cu118");
    row("452.38", "cu118", "cu110");
    row("450.80.1", "cu110", "cu102");
    row("375.26", "cu80", "cpu");
    row("375.25", "cpu", "cpu");
}

void BackendsCheck::takesTheMinimumOfEachDriver()
{
    QFETCH(const QString, driver);
    const auto version = versions::Version::parse(driver);
    QVERIFY(version);
    const hardware::Accelerator accelerator{hardware::Accelerator::Kind::Cuda, *version, {}, {}};
    QTEST(torch::indexesFor({}, accelerator, TargetSystem::GlibcLinux).front()->name, "newestOnLinux");
    QTEST(torch::indexesFor({}, accelerator, TargetSystem::Windows).front()->name, "newestOnWindows");
}

QTEST_GUILESS_MAIN(BackendsCheck)
#include "backends.moc"
