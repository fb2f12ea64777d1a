// SPDX-License-Identifier: Apache-2.0
#include "torch/builds.h"

#include <algorithm>

namespace sconce::torch {

using namespace Qt::StringLiterals;
using versions::Version;

namespace {

struct CudaRow {
    const char16_t *backend;
    const char16_t *linuxDriver;
    const char16_t *windowsDriver;
    const char16_t *capabilities; // "+" at the end: forward
    const char16_t *lastTorch; // none was newer; "-": nothing was ever published
};

// Drivers: torch-backends.md § 4b, NVIDIA's minima for minor version compatibility.
// Capabilities: TORCH_CUDA_ARCH_LIST in .ci/manywheel/build_cuda.sh of pytorch/pytorch, before 2.6
// manywheel/build_cuda.sh of pytorch/builder; the newest release of each counts. Last torch:
// https://pytorch.org/get-started/previous-versions.
constexpr CudaRow CudaRows[] = {
    {u"cu132", u"580", u"580", u"7.5 8.0 8.6 9.0 10.0 12.0+", u""},
    {u"cu130", u"580", u"580", u"7.5 8.0 8.6 9.0 10.0 12.0+", u""},
    {u"cu129", u"525.60.13", u"528.33", u"7.5 8.0 8.6 9.0 10.0 12.0+", u""},
    {u"cu128", u"525.60.13", u"528.33", u"7.5 8.0 8.6 9.0 10.0 12.0", u""},
    {u"cu126", u"525.60.13", u"528.33", u"5.0 6.0 7.0 7.5 8.0 8.6 9.0", u""},
    {u"cu125", u"525.60.13", u"528.33", u"", u"-"},
    {u"cu124", u"525.60.13", u"528.33", u"5.0 6.0 7.0 7.5 8.0 8.6 9.0", u"2.6.0"},
    {u"cu123", u"525.60.13", u"528.33", u"", u"-"},
    {u"cu122", u"525.60.13", u"528.33", u"", u"-"},
    {u"cu121", u"525.60.13", u"528.33", u"5.0 6.0 7.0 7.5 8.0 8.6 9.0", u"2.5.1"},
    {u"cu120", u"525.60.13", u"528.33", u"", u"-"},
    {u"cu118", u"450.80.2", u"452.39", u"5.0 6.0 7.0 7.5 8.0 8.6 9.0", u"2.7.1"},
    {u"cu117", u"450.80.2", u"452.39", u"3.7 5.0 6.0 7.0 7.5 8.0 8.6", u"2.0.1"},
    {u"cu116", u"450.80.2", u"452.39", u"3.7 5.0 6.0 7.0 7.5 8.0 8.6", u"1.13.1"},
    {u"cu115", u"450.80.2", u"452.39", u"3.7 5.0 6.0 7.0 7.5 8.0 8.6", u"1.11.0"},
    {u"cu114", u"450.80.2", u"452.39", u"", u"-"},
    {u"cu113", u"450.80.2", u"452.39", u"3.7 5.0 6.0 7.0 7.5 8.0 8.6", u"1.12.1"},
    {u"cu112", u"450.80.2", u"452.39", u"", u"-"},
    {u"cu111", u"450.80.2", u"452.39", u"3.7 5.0 6.0 7.0 7.5 8.0 8.6", u"1.10.2"},
    {u"cu110", u"450.36.6", u"451.22", u"3.7 5.0 6.0 7.0 7.5 8.0", u"1.7.1"},
    {u"cu102", u"440.33", u"441.22", u"3.7 5.0 6.0 7.0 7.5", u"1.12.1"},
    {u"cu101", u"418.39", u"418.96", u"3.7 5.0 6.0 7.0 7.5", u"1.8.1"},
    {u"cu100", u"410.48", u"411.31", u"3.7 5.0 6.0 7.0 7.5", u"1.4"},
    {u"cu92", u"396.26", u"398.26", u"3.7 5.0 6.0 7.0", u"1.7.1"},
    {u"cu91", u"390.46", u"391.29", u"3.7 5.0 6.0 7.0", u"1.4"},
    {u"cu90", u"384.81", u"385.54", u"3.7 5.0 6.0 7.0", u"1.4"},
    {u"cu80", u"375.26", u"376.51", u"3.7 5.0 6.0", u"1.4"},
};

struct RocmRow {
    const char16_t *backend;
    const char16_t *architectures;
};

// torch-backends.md § 4c, by column.
constexpr RocmRow RocmRows[] = {
    {u"rocm7.2",
        u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx950 gfx1030 gfx1100 gfx1101 gfx1102 gfx1150 gfx1151 gfx1200 "
        u"gfx1201"},
    {u"rocm7.1",
        u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx950 gfx1030 gfx1100 gfx1101 gfx1102 gfx1200 gfx1201"},
    {u"rocm7.0",
        u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx950 gfx1030 gfx1100 gfx1101 gfx1102 gfx1200 gfx1201"},
    {u"rocm6.4", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100 gfx1101 gfx1102 gfx1200 gfx1201"},
    {u"rocm6.3", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100 gfx1101 gfx1102 gfx1200 gfx1201"},
    {u"rocm6.2.4", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100 gfx1101 gfx1102 gfx1200 gfx1201"},
    {u"rocm6.2", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100"},
    {u"rocm6.1", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100 gfx1101"},
    {u"rocm6.0", u"gfx900 gfx906 gfx908 gfx90a gfx942 gfx1030 gfx1100"},
};

Version version(QStringView text)
{
    auto parsed = Version::parse(text);
    Q_ASSERT(parsed);
    return *std::move(parsed);
}

/// filter_aarch64_archs of the same build script: nothing below 8.0, no 8.6; CUDA 13 adds 11.0. Before
/// CUDA 12.4 there were no packages for ARM.
void adaptToArm(CudaBuild &build)
{
    const Version cuda = version(build.backend->platformVersion);
    if (cuda < version(u"12.4"))
        build.isPublished = false;
    std::erase_if(build.capabilities,
        [](const Version &one) { return one < version(u"8.0") || one == version(u"8.6"); });
    if (cuda >= version(u"13.0"))
        build.capabilities.insert(
            std::ranges::lower_bound(build.capabilities, version(u"11.0")), version(u"11.0"));
}

void keepAll(CudaBuild &) {}

std::vector<CudaBuild> buildsFrom(void (*adapt)(CudaBuild &))
{
    std::vector<CudaBuild> builds;
    for (const CudaRow &row : CudaRows) {
        CudaBuild build{.backend = findBackend(row.backend),
            .linuxDriver = version(row.linuxDriver),
            .windowsDriver = version(row.windowsDriver)};
        QString capabilities = QString::fromUtf16(row.capabilities);
        build.isForward = capabilities.endsWith(u'+');
        if (build.isForward)
            capabilities.chop(1);
        for (const QString &capability : capabilities.split(u' ', Qt::SkipEmptyParts))
            build.capabilities.push_back(version(capability));
        build.lastTorch = QString::fromUtf16(row.lastTorch);
        build.isPublished = build.lastTorch != "-"_L1;
        // https://github.com/pytorch/pytorch/issues/157517: Volta stayed in these two until torch 2.11.
        if (build.backend->name == "cu128"_L1 || build.backend->name == "cu129"_L1) {
            build.droppedCapability = version(u"7.0");
            build.lastTorchBeforeDrop = u"2.10"_s;
        }
        adapt(build);
        builds.push_back(std::move(build));
    }
    return builds;
}

} // namespace

std::span<const CudaBuild> cudaBuilds(const QString &machine)
{
    static const std::vector<CudaBuild> usual = buildsFrom(&keepAll);
    static const std::vector<CudaBuild> arm = buildsFrom(&adaptToArm);
    return machine == "aarch64"_L1 ? arm : usual;
}

std::optional<bool> rocmHasCodeFor(const Backend &backend, const QString &architecture)
{
    for (const RocmRow &row : RocmRows) {
        if (backend.name == QStringView(row.backend))
            return QString::fromUtf16(row.architectures).split(u' ').contains(architecture);
    }
    return std::nullopt;
}

std::optional<bool> xpuSupports(const QString &family)
{
    // https://docs.pytorch.org/docs/stable/notes/get_start_xpu.html, table of validated hardware.
    static const QStringList supported{u"Ponte Vecchio"_s, u"Alchemist"_s, u"Battlemage"_s, u"Meteor Lake"_s,
        u"Arrow Lake"_s, u"Lunar Lake"_s, u"Panther Lake"_s};
    if (family.isEmpty())
        return std::nullopt;
    return supported.contains(family);
}

} // namespace sconce::torch
