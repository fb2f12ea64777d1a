// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>

#include "actions/verify_steps.h"
#include "base/text.h"
#include "torch/backends.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using hardware::Device;
using hardware::DeviceReport;
using hardware::Vendor;
using Outcome = Rung::Outcome;
using torch::Backend;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("actions", text);
}

torch::TargetSystem systemOf(const DeviceReport &computer)
{
    return computer.operatingSystem == "Windows"_L1 ? torch::TargetSystem::Windows
        : computer.operatingSystem == "macOS"_L1    ? torch::TargetSystem::MacOs
                                                    : torch::TargetSystem::GlibcLinux;
}

Vendor vendorOf(Backend::Kind kind)
{
    return kind == Backend::Kind::Cuda ? Vendor::Nvidia
        : kind == Backend::Kind::Rocm  ? Vendor::Amd
                                       : Vendor::Intel;
}

/// Whether code for "sm_86" or "compute_90" runs on a device of this capability.
bool hasCode(const QStringList &code, int major, int minor)
{
    return std::ranges::any_of(code, [&](const QString &word) {
        QString digits = word.section(u'_', 1);
        while (!digits.isEmpty() && !digits.back().isDigit()) // sm_90a
            digits.chop(1);
        const int built = digits.toInt();
        const bool isSame = built / 10 == major && built % 10 <= minor;
        return isSame || (word.startsWith("compute_"_L1) && built <= major * 10 + minor);
    });
}

class Climb {
public:
    Climb(const VerifySteps &steps, const DeviceReport &computer, const QHash<QString, QString> &variables)
        : m_steps(steps)
        , m_computer(computer)
        , m_variables(variables)
    {}
    CheckReport report();

private:
    Rung importRung();
    Rung buildRung();
    Rung devicesRung();
    Rung allocateRung();
    Rung productRung();
    std::optional<Rung> fault(QLatin1StringView id, const QString &doing) const;
    QString deviceFault(const QJsonObject &step) const;
    Rung eachDevice(QLatin1StringView id, const char *passed, const char *wrong) const;

    QJsonObject first(QLatin1StringView id) const
    {
        const auto steps = m_steps.of(id);
        return steps.empty() ? QJsonObject() : steps.front();
    }
    QString buildKind() const { return first("build"_L1)[u"kind"].toString(); }
    QJsonArray devices() const { return first("devices"_L1)[u"devices"].toArray(); }
    QString deviceName(const QString &device) const;
    /// Names of this computer's devices of a vendor; empty when there is none.
    QString hardwareNames(Vendor vendor) const;
    /// The best backend for this computer when it is not the CPU's.
    std::optional<torch::Verdict> betterBackend() const;
    QString whyUnseen(Vendor vendor) const;

    const VerifySteps &m_steps;
    const DeviceReport &m_computer;
    const QHash<QString, QString> &m_variables;
};

QString Climb::deviceName(const QString &device) const
{
    for (const QJsonValue &row : devices()) {
        if (row[u"device"].toString() == device)
            return row[u"name"].toString();
    }
    return tr("the processor");
}

QString Climb::hardwareNames(Vendor vendor) const
{
    QStringList names;
    for (const Device &device : m_computer.devices) {
        if (device.vendor == vendor && !names.contains(device.name.value))
            names.append(device.name.value);
    }
    return listText(names);
}

std::optional<torch::Verdict> Climb::betterBackend() const
{
    const torch::Verdict best = torch::judge(m_computer, systemOf(m_computer)).front();
    return best.backend->kind == Backend::Kind::Cpu ? std::nullopt : std::optional(best);
}

/// A rung that raised an exception, or at which the process ended.
std::optional<Rung> Climb::fault(QLatin1StringView id, const QString &doing) const
{
    if (m_steps.isUnfinished(id))
        return Rung{id, Outcome::Failed, m_steps.endSentence(doing), m_steps.lastWords()};
    // With several devices one may fail and the others work.
    const auto steps = m_steps.of(id);
    const auto isFault = [](const QJsonObject &step) { return step.contains(u"error"); };
    const auto found = std::ranges::find_if(steps, isFault);
    if (found != steps.end()) {
        const bool isAll = std::ranges::all_of(steps, isFault);
        return Rung{id, isAll ? Outcome::Failed : Outcome::Caveat, deviceFault(*found),
            (*found)[u"message"].toString()};
    }
    return std::nullopt;
}

QString Climb::deviceFault(const QJsonObject &step) const
{
    const QString message = step[u"message"].toString();
    const QString subject = step[u"subject"].toString();
    if (subject.isEmpty())
        return tr("torch cannot be asked: %1").arg(importFault(step));
    const QString name = deviceName(subject);
    if (message.contains("no kernel image"_L1) || message.contains("invalid device function"_L1))
        return tr("This build of torch has no code for %1").arg(name);
    if (message.contains("out of memory"_L1, Qt::CaseInsensitive))
        return tr("The memory of %1 is used up by other programs").arg(name);
    return tr("torch cannot use %1: %2").arg(name, importFault(step));
}

Rung Climb::importRung()
{
    const QJsonObject step = first("import"_L1);
    if (m_steps.isUnfinished("import"_L1))
        return *fault("import"_L1, tr("importing torch"));
    if (step.contains(u"error"))
        return {u"import"_s, Outcome::Failed, tr("torch does not import: %1").arg(importFault(step)),
            step[u"message"].toString()};
    if (step.isEmpty()) {
        const bool isOdd = m_steps.outcome.succeeded();
        return {u"import"_s, Outcome::Failed,
            isOdd ? tr("The environment's Python answered with something else than the check")
                  : m_steps.endSentence(tr("starting")),
            isOdd ? QString::fromUtf8(m_steps.outcome.output.left(500)).trimmed() : m_steps.lastWords()};
    }
    return {u"import"_s, Outcome::Passed, tr("torch %1 imports").arg(step[u"version"].toString()),
        tr("in %1 seconds").arg(step[u"seconds"].toDouble(), 0, 'f', 1)};
}

Rung Climb::buildRung()
{
    if (auto failed = fault("build"_L1, tr("asking torch how it was built")))
        return *failed;
    const QJsonObject step = first("build"_L1);
    const QString kind = step[u"kind"].toString();
    if (kind == "cpu"_L1) {
        const auto better = betterBackend();
        if (!better)
            return {u"build"_s, Outcome::Passed, tr("It was built for the processor"), {}};
        const QString names = hardwareNames(vendorOf(better->backend->kind));
        return {u"build"_s, Outcome::Caveat,
            tr("It was built for the processor only, though this computer has %1")
                .arg(names.isEmpty() ? tr("a GPU") : names),
            tr("%1 would fit: %2").arg(better->backend->title(), better->sentence)};
    }
    const QString version = step[kind == "hip"_L1 ? u"hip"_s : kind].toString();
    const QString platform = kind == "cuda"_L1 ? u"CUDA %1"_s.arg(version)
        : kind == "hip"_L1                     ? u"ROCm %1"_s.arg(version)
                                               : tr("Intel XPU");
    Rung rung{u"build"_s, Outcome::Passed, tr("It was built for %1").arg(platform), {}};
    const Backend *backend =
        kind == "cuda"_L1 ? torch::findBackend(u"cu"_s + QString(version).remove(u'.')) : nullptr;
    const bool hasDriver =
        m_computer.accelerator && m_computer.accelerator->kind == hardware::Accelerator::Kind::Cuda;
    if (!backend || !hasDriver)
        return rung;
    const auto verdicts = torch::judge(m_computer, systemOf(m_computer));
    const auto verdict = std::ranges::find(verdicts, backend, &torch::Verdict::backend);
    rung.evidence = verdict->evidence.join(u'\n');
    if (verdict->fit == torch::Fit::DoesNotFit) {
        rung.outcome = Outcome::Caveat;
        rung.sentence =
            tr("It was built for %1, which does not fit this computer: %2").arg(platform, verdict->sentence);
    } else {
        rung.sentence = tr("It was built for %1, which driver %2 can run")
                            .arg(platform, m_computer.accelerator->evidence.value);
    }
    return rung;
}

QString Climb::whyUnseen(Vendor vendor) const
{
    const QString variable = vendor == Vendor::Nvidia ? u"CUDA_VISIBLE_DEVICES"_s
        : vendor == Vendor::Amd                       ? u"HIP_VISIBLE_DEVICES"_s
                                                      : u"ZE_AFFINITY_MASK"_s;
    if (m_variables.contains(variable))
        return tr("the variable %1 is “%2”").arg(variable, m_variables.value(variable));
    for (const Device &device : m_computer.devices) {
        if (device.vendor == vendor && !device.obstacle.isEmpty())
            return device.obstacle;
    }
    const QString words = m_steps.lastWords().section(u'\n', -1).simplified();
    return words.isEmpty() ? tr("it gives no reason") : words.left(200);
}

Rung Climb::devicesRung()
{
    if (auto failed = fault("devices"_L1, tr("looking for devices")))
        return *failed;
    const QString kind = buildKind();
    if (devices().isEmpty()) {
        if (kind == "cpu"_L1)
            return {u"devices"_s, Outcome::Skipped, tr("A build for the processor looks for no GPU"), {}};
        const Vendor vendor = kind == "cuda"_L1 ? Vendor::Nvidia
            : kind == "hip"_L1                  ? Vendor::Amd
                                                : Vendor::Intel;
        const QString names = hardwareNames(vendor);
        if (names.isEmpty())
            return {u"devices"_s, Outcome::Passed,
                tr("It sees no GPU, and none that it could use was found on this computer"), {}};
        return {u"devices"_s, Outcome::Caveat, tr("It does not see %1: %2").arg(names, whyUnseen(vendor)),
            m_steps.lastWords()};
    }
    QStringList seen;
    QStringList without;
    QStringList code;
    for (const QJsonValue &word : first("build"_L1)[u"code"].toArray())
        code.append(word.toString());
    for (const QJsonValue &device : devices()) {
        const QJsonArray capability = device[u"capability"].toArray();
        const QString name = capability.size() == 2 ? u"%1 (%2.%3)"_s.arg(device[u"name"].toString())
                                                          .arg(capability[0].toInt())
                                                          .arg(capability[1].toInt())
                                                    : device[u"name"].toString();
        const bool isKnown = capability.size() == 2 && !code.isEmpty() && kind == "cuda"_L1;
        (isKnown && !hasCode(code, capability[0].toInt(), capability[1].toInt()) ? without : seen)
            .append(name);
    }
    seen.removeDuplicates();
    without.removeDuplicates();
    const QString evidence = code.isEmpty() ? QString() : tr("code for %1").arg(code.join(u' '));
    if (without.isEmpty())
        return {u"devices"_s, Outcome::Passed, tr("It sees %1").arg(listText(seen)), evidence};
    return {u"devices"_s, seen.isEmpty() ? Outcome::Failed : Outcome::Caveat,
        tr("It sees %1, but has no code for it").arg(listText(without)), evidence};
}

/// One sentence for what was done on each device in turn; `passed` and `wrong` have the devices' names as %1.
Rung Climb::eachDevice(QLatin1StringView id, const char *passed, const char *wrong) const
{
    QStringList names;
    double slowest = 0;
    for (const QJsonObject &step : m_steps.of(id)) {
        const QString name = deviceName(step[u"subject"].toString());
        if (step[u"found"] != step[u"expected"])
            return {id, Outcome::Failed, tr(wrong).arg(name),
                tr("%1 instead of %2")
                    .arg(step[u"found"].toVariant().toString(), step[u"expected"].toVariant().toString())};
        if (!names.contains(name))
            names.append(name);
        slowest = std::max(slowest, step[u"milliseconds"].toDouble(step[u"seconds"].toDouble() * 1000));
    }
    return {id, Outcome::Passed, tr(passed).arg(listText(names)),
        tr("in %1 milliseconds").arg(slowest, 0, 'f', slowest < 10 ? 1 : 0)};
}

Rung Climb::allocateRung()
{
    if (auto failed = fault("allocate"_L1,
            tr("using the memory of %1").arg(deviceName(m_steps.unfinished[u"subject"].toString()))))
        return *failed;
    return eachDevice("allocate"_L1, QT_TRANSLATE_NOOP("actions", "The memory of %1 can be used"),
        QT_TRANSLATE_NOOP("actions", "The memory of %1 does not keep what is written"));
}

Rung Climb::productRung()
{
    if (auto failed = fault("product"_L1,
            tr("multiplying matrices on %1").arg(deviceName(m_steps.unfinished[u"subject"].toString()))))
        return *failed;
    return eachDevice("product"_L1,
        QT_TRANSLATE_NOOP("actions", "A product of two matrices on %1 came out right"),
        QT_TRANSLATE_NOOP("actions", "A product of two matrices on %1 came out wrong"));
}

CheckReport Climb::report()
{
    struct Step {
        QLatin1StringView id;
        Rung (Climb::*make)();
    };
    constexpr Step ladder[] = {{"import"_L1, &Climb::importRung}, {"build"_L1, &Climb::buildRung},
        {"devices"_L1, &Climb::devicesRung}, {"allocate"_L1, &Climb::allocateRung},
        {"product"_L1, &Climb::productRung}};
    CheckReport report;
    for (const Step &step : ladder) {
        const bool isReached =
            report.rungs.empty() || !m_steps.of(step.id).empty() || m_steps.isUnfinished(step.id);
        const bool hasFailed = std::ranges::contains(report.rungs, Outcome::Failed, &Rung::outcome);
        if (isReached)
            report.rungs.push_back((this->*step.make)());
        else if (hasFailed)
            report.rungs.push_back(
                {step.id, Outcome::Skipped, tr("Not tried, because a step before it failed"), {}});
        else
            report.rungs.push_back({step.id, Outcome::Failed,
                m_steps.endSentence(tr("going from one step to the next")), m_steps.lastWords()});
    }
    QStringList names;
    for (const QJsonValue &device : devices())
        names.append(device[u"name"].toString());
    names.removeDuplicates();
    conclude(report);
    if (report.outcome == Outcome::Passed)
        report.summary = names.isEmpty()
            ? tr("torch works on the processor")
            : tr("torch sees %1 and computes correctly on it").arg(listText(names));
    else if (report.outcome == Outcome::Caveat && names.isEmpty())
        report.summary = tr("torch works on the processor only, although this computer has a GPU");
    return report;
}

} // namespace

CheckReport climbedReport(
    const VerifySteps &steps, const DeviceReport &computer, const QHash<QString, QString> &variables)
{
    return Climb(steps, computer, variables).report();
}

} // namespace sconce::actions
