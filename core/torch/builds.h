// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torch/backends.h"

namespace sconce::torch {

/// What is known of the packages published for one CUDA version.
struct CudaBuild {
    const Backend *backend = nullptr;
    /// The smallest driver that runs it.
    versions::Version linuxDriver;
    versions::Version windowsDriver;
    /// Compute capabilities it has code for, oldest first. Code for 8.6 runs on 8.6 to 8.9, not on 9.0.
    std::vector<versions::Version> capabilities;
    /// It also has code that a driver newer than the build can compile for a newer card.
    bool isForward = false;
    /// The last torch that has code for a capability that later ones dropped; empty when none.
    std::optional<versions::Version> droppedCapability;
    QString lastTorchBeforeDrop;
    /// No torch is newer; empty while releases go on or when it is not known.
    QString lastTorch;
    bool isPublished = true;
};

/// In the order of § 4b: newest first. `machine` as in wheel tags: ARM packages have code for fewer cards.
std::span<const CudaBuild> cudaBuilds(const QString &machine);

/// § 4c: whether the ROCm backend lists the architecture. Nothing for those older than 6.0, of which nothing
/// is known.
std::optional<bool> rocmHasCodeFor(const Backend &backend, const QString &architecture);

/// Whether PyTorch lists the Intel family among the GPUs it supports; nothing for one that is not known here.
std::optional<bool> xpuSupports(const QString &family);

} // namespace sconce::torch
