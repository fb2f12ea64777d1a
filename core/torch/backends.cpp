// SPDX-License-Identifier: Apache-2.0
#include "torch/backends.h"

#include <algorithm>

#include <QCoreApplication>
#include <QSet>

namespace sconce::torch {

using namespace Qt::StringLiterals;

namespace {

// Exactly the reference's names. Not each of them has packages today.
constexpr const char16_t *Names[] = {u"cpu", u"cu132", u"cu130", u"cu129", u"cu128", u"cu126", u"cu125",
    u"cu124", u"cu123", u"cu122", u"cu121", u"cu120", u"cu118", u"cu117", u"cu116", u"cu115", u"cu114",
    u"cu113", u"cu112", u"cu111", u"cu110", u"cu102", u"cu101", u"cu100", u"cu92", u"cu91", u"cu90", u"cu80",
    u"rocm7.2", u"rocm7.1", u"rocm7.0", u"rocm6.4", u"rocm6.3", u"rocm6.2.4", u"rocm6.2", u"rocm6.1",
    u"rocm6.0", u"rocm5.7", u"rocm5.6", u"rocm5.5", u"rocm5.4.2", u"rocm5.4", u"rocm5.3", u"rocm5.2",
    u"rocm5.1.1", u"rocm4.2", u"rocm4.1", u"rocm4.0.1", u"xpu"};

const QSet<QString> &backendPackages()
{
    static const QSet<QString> packages{u"fbgemm-gpu"_s, u"fbgemm-gpu-genai"_s, u"pytorch-triton"_s,
        u"pytorch-triton-rocm"_s, u"pytorch-triton-xpu"_s, u"torch"_s, u"torch-tensorrt"_s, u"torchao"_s,
        u"torcharrow"_s, u"torchaudio"_s, u"torchcodec"_s, u"torchcsprng"_s, u"torchdistx"_s, u"torchrec"_s,
        u"torchserve"_s, u"torchtext"_s, u"torchtune"_s, u"torchvision"_s, u"triton"_s, u"triton-rocm"_s,
        u"triton-xpu"_s, u"xformers"_s};
    return packages;
}

const QSet<QString> &systemPackages()
{
    static const QSet<QString> packages{u"deepspeed"_s, u"fbgemm-gpu"_s, u"fbgemm-gpu-genai"_s,
        u"flash-attn"_s, u"flash-attn-3"_s, u"megablocks"_s, u"natten"_s, u"torch"_s, u"torch-tensorrt"_s,
        u"torchao"_s, u"torcharrow"_s, u"torchaudio"_s, u"torchcodec"_s, u"torchcsprng"_s, u"torchdistx"_s,
        u"torchrec"_s, u"torchtext"_s, u"torchtune"_s, u"torchvision"_s, u"vllm"_s};
    return packages;
}

Backend backendNamed(const QString &name)
{
    if (name.startsWith("cu"_L1)) // the last digit is the minor version: cu92, cu128
        return {name, Backend::Kind::Cuda, u"%1.%2"_s.arg(name.sliced(2).chopped(1), name.last(1))};
    if (name.startsWith("rocm"_L1))
        return {name, Backend::Kind::Rocm, name.sliced(4)};
    return {name, name == "xpu"_L1 ? Backend::Kind::Xpu : Backend::Kind::Cpu, {}};
}

} // namespace

QUrl Backend::url() const
{
    return QUrl(u"https://download.pytorch.org/whl/"_s + name);
}

QString Backend::title() const
{
    switch (kind) {
    case Kind::Cpu: return QCoreApplication::translate("torch", "CPU only");
    case Kind::Cuda: return u"CUDA "_s + platformVersion;
    case Kind::Rocm: return u"ROCm "_s + platformVersion;
    case Kind::Xpu: return QCoreApplication::translate("torch", "Intel XPU");
    }
    Q_UNREACHABLE();
}

std::span<const Backend> backends()
{
    static const std::vector<Backend> all = [] {
        std::vector<Backend> rows;
        for (const char16_t *name : Names)
            rows.push_back(backendNamed(QString::fromUtf16(name)));
        return rows;
    }();
    return all;
}

const Backend *findBackend(QStringView name)
{
    const auto found = std::ranges::find(backends(), name, &Backend::name);
    return found == backends().end() ? nullptr : &*found;
}

const Backend *backendOf(const QUrl &indexUrl)
{
    const QStringList segments = indexUrl.path().split(u'/');
    if (indexUrl.host() != "download.pytorch.org"_L1 || segments.value(1) != "whl"_L1)
        return nullptr;
    return findBackend(segments.value(2));
}

bool appliesTo(const names::PackageName &package)
{
    return backendPackages().contains(package.text());
}

bool hasSystemDependency(const names::PackageName &package)
{
    return systemPackages().contains(package.text());
}

std::optional<SystemDependency> systemDependency(const QUrl &indexUrl)
{
    const Backend *backend = backendOf(indexUrl);
    if (!backend || backend->platformVersion.isEmpty())
        return std::nullopt;
    auto version = versions::Version::parse(backend->platformVersion);
    Q_ASSERT(version);
    return SystemDependency{
        backend->kind == Backend::Kind::Cuda ? u"cuda"_s : u"rocm"_s, *std::move(version)};
}

} // namespace sconce::torch
