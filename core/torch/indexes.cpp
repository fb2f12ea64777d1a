// SPDX-License-Identifier: Apache-2.0
#include "torch/builds.h"

namespace sconce::torch {

using namespace Qt::StringLiterals;
using hardware::Accelerator;

namespace {

// § 4b. Musl counts as Linux here.
std::vector<const Backend *> cudaIndexes(const versions::Version &driver, TargetSystem system)
{
    std::vector<const Backend *> list;
    const bool isLinux = system == TargetSystem::GlibcLinux || system == TargetSystem::MuslLinux;
    if (isLinux || system == TargetSystem::Windows) {
        const std::span<const CudaBuild> builds = cudaBuilds({});
        for (const CudaBuild &build : builds) {
            if ((isLinux ? build.linuxDriver : build.windowsDriver) <= driver)
                list.push_back(build.backend);
        }
    }
    list.push_back(findBackend(u"cpu"));
    return list;
}

// § 4c.
std::vector<const Backend *> rocmIndexes(const QString &architecture, TargetSystem system)
{
    std::vector<const Backend *> list;
    if (system == TargetSystem::GlibcLinux || system == TargetSystem::MuslLinux) {
        for (const Backend &backend : backends()) {
            if (backend.kind == Backend::Kind::Rocm && rocmHasCodeFor(backend, architecture).value_or(false))
                list.push_back(&backend);
        }
    }
    list.push_back(findBackend(u"cpu"));
    return list;
}

} // namespace

std::vector<const Backend *> indexesFor(
    const Mode &mode, const std::optional<Accelerator> &accelerator, TargetSystem system)
{
    if (mode.backend)
        return {mode.backend};
    if (!accelerator)
        return {findBackend(u"cpu")};
    switch (accelerator->kind) {
    case Accelerator::Kind::Cuda: return cudaIndexes(accelerator->driver, system);
    case Accelerator::Kind::Amd: return rocmIndexes(accelerator->architecture, system);
    case Accelerator::Kind::Xpu: break;
    }
    // § 4d: one index, without a way back to the CPU.
    const bool hasXpu = system == TargetSystem::GlibcLinux || system == TargetSystem::Windows;
    return {findBackend(hasXpu ? u"xpu" : u"cpu")};
}

} // namespace sconce::torch
