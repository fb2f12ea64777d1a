// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;
using versions::Version;

namespace {

constexpr auto CudaVariable = "UV_CUDA_DRIVER_VERSION"_L1;
constexpr auto AmdVariable = "UV_AMD_GPU_ARCHITECTURE"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("hardware", text);
}

Result<Accelerator> cuda(QStringView text, const QString &source)
{
    const QStringView trimmed = text.trimmed();
    auto driver = Version::parse(trimmed);
    if (!driver)
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("“%1” says “%2” where a driver version is expected")
                .arg(source, trimmed.toString().simplified()))
                .detail(driver.error().summary())
                .hint(tr("Set UV_CUDA_DRIVER_VERSION to the driver's version, for example 550.144.03")));
    return Accelerator{Accelerator::Kind::Cuda, *driver, {}, {trimmed.toString(), source}};
}

Accelerator amd(const QString &architecture, const QString &source)
{
    return {Accelerator::Kind::Amd, {}, architecture, {architecture, source}};
}

/// Step 6: of several architectures the oldest known one decides.
Result<std::optional<Accelerator>> amdArchitecture(Evidence &evidence)
{
    const QString program = u"rocm_agent_enumerator"_s;
    const auto outcome = SCONCE_TRY(evidence.run(program, {}));
    if (!outcome || !outcome->succeeded())
        return std::nullopt;
    qsizetype oldest = -1;
    for (const QByteArray &line : outcome->output.split('\n')) {
        const qsizetype rank = knownArchitectures().indexOf(QString::fromUtf8(line.trimmed()));
        if (rank >= 0 && (oldest < 0 || rank < oldest))
            oldest = rank;
    }
    if (oldest < 0)
        return std::nullopt;
    return amd(knownArchitectures().at(oldest), program);
}

/// Step 7: any display device of Intel, integrated or not.
std::optional<Accelerator> intelOnPci(Evidence &evidence)
{
    const QString folder = u"/sys/bus/pci/devices"_s;
    for (const QString &address : evidence.entries(folder)) {
        const QString path = folder + u'/' + address;
        const auto number = [&](const QString &name) {
            const QString text = evidence.detail(path + u'/' + name).value_or(QString()).trimmed();
            bool isNumber = text.startsWith("0x"_L1);
            const uint value = isNumber ? text.mid(2).toUInt(&isNumber, 16) : 0;
            return isNumber ? std::optional(value) : std::nullopt;
        };
        const auto deviceClass = number(u"class"_s);
        if (deviceClass && (*deviceClass & 0xff0000) == 0x030000 && number(u"vendor"_s) == uint(PciIntel))
            return Accelerator{Accelerator::Kind::Xpu, {}, {}, {address, folder}};
    }
    return std::nullopt;
}

/// Step 8. The reference asks the Configuration Manager for the present devices of the display class; pnputil
/// lists the same. Labels are in the system's language, so only the identifiers are looked at:
/// "PCI\VEN_8086&DEV_A780&SUBSYS_…\3&…".
Result<std::optional<Accelerator>> intelOnWindows(Evidence &evidence)
{
    if (evidence.computer().operatingSystem != "Windows"_L1)
        return std::nullopt;
    const QString program = u"pnputil"_s;
    const QStringList arguments{
        u"/enum-devices"_s, u"/class"_s, u"{4d36e968-e325-11ce-bfc1-08002be10318}"_s, u"/connected"_s};
    const auto outcome = SCONCE_TRY(evidence.run(program, arguments));
    if (!outcome || !outcome->succeeded())
        return std::nullopt;
    for (const QString &word : QString::fromUtf8(outcome->output).simplified().split(u' ')) {
        const QString segments = QString(word).replace(u'\\', u'&');
        if (word.contains(u'\\') && segments.split(u'&').contains("VEN_8086"_L1, Qt::CaseInsensitive))
            return Accelerator{Accelerator::Kind::Xpu, {}, {}, {word, commandText(program, arguments)}};
    }
    return std::nullopt;
}

} // namespace

const QStringList &knownArchitectures()
{
    static const QStringList known{u"gfx900"_s, u"gfx906"_s, u"gfx908"_s, u"gfx90a"_s, u"gfx942"_s,
        u"gfx950"_s, u"gfx1030"_s, u"gfx1100"_s, u"gfx1101"_s, u"gfx1102"_s, u"gfx1150"_s, u"gfx1151"_s,
        u"gfx1200"_s, u"gfx1201"_s};
    return known;
}

Result<std::optional<Accelerator>> acceleratorFromVariables(const QHash<QString, QString> &environment)
{
    std::optional<Accelerator> found;
    // Both are read even when the first decides: nonsense in either is refused.
    if (const QString architecture = environment.value(AmdVariable); !architecture.isEmpty()) {
        if (!knownArchitectures().contains(architecture))
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("The variable %1 holds “%2”, which is not a known AMD architecture")
                    .arg(AmdVariable, architecture))
                    .detail(tr("Known: %1").arg(knownArchitectures().join(u", "_s)))
                    .hint(tr("Set %1 to a known architecture, or remove it").arg(AmdVariable)));
        found = amd(architecture, tr("variable %1").arg(AmdVariable));
    }
    if (const QString driver = environment.value(CudaVariable); !driver.isEmpty()) {
        auto accelerator = cuda(driver, tr("variable %1").arg(CudaVariable));
        if (!accelerator)
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("The variable %1 holds “%2”, which is not a driver version").arg(CudaVariable, driver))
                    .detail(accelerator.error().detail())
                    .hint(tr("Set %1 to a version such as 550.144.03, or remove it").arg(CudaVariable)));
        found = *std::move(accelerator);
    }
    return found;
}

Result<std::optional<Accelerator>> findNvidiaDriver(Evidence &evidence)
{
    const QString module = u"/sys/module/nvidia/version"_s;
    if (const auto text = SCONCE_TRY(evidence.text(module)))
        return SCONCE_TRY(cuda(*text, module));

    // "NVRM version: NVIDIA UNIX x86_64 Kernel Module  375.74  Wed …": double blanks stand between the parts.
    const QString kernel = u"/proc/driver/nvidia/version"_s;
    if (const auto text = SCONCE_TRY(evidence.text(kernel))) {
        const QStringList parts = text->split(u"  "_s);
        if (parts.size() > 1)
            return SCONCE_TRY(cuda(parts.at(1), kernel));
    }

    const QString program = u"nvidia-smi"_s;
    const QStringList arguments{u"--query-gpu=driver_version"_s, u"--format=csv,noheader"_s};
    const auto outcome = SCONCE_TRY(evidence.run(program, arguments));
    if (!outcome || !outcome->succeeded() || outcome->output.isEmpty())
        return std::nullopt;
    // One line for each GPU; they share the driver.
    return SCONCE_TRY(
        cuda(QString::fromUtf8(outcome->output.split('\n').first()), commandText(program, arguments)));
}

Result<std::optional<Accelerator>> findAccelerator(Evidence &evidence)
{
    if (auto found = SCONCE_TRY(acceleratorFromVariables(evidence.computer().environment))) {
        evidence.note(u"%1: “%2”"_s.arg(found->evidence.source, found->evidence.value));
        evidence.noteOverride(found->kind == Accelerator::Kind::Cuda
                ? tr("Taken as the variable %1 says: NVIDIA driver %2")
                      .arg(CudaVariable, found->evidence.value)
                : tr("Taken as the variable %1 says: AMD architecture %2")
                      .arg(AmdVariable, found->evidence.value));
        return found;
    }
    if (auto found = SCONCE_TRY(findNvidiaDriver(evidence)))
        return found;
    if (auto found = SCONCE_TRY(amdArchitecture(evidence)))
        return found;
    if (auto found = intelOnPci(evidence))
        return found;
    return intelOnWindows(evidence);
}

} // namespace sconce::hardware
