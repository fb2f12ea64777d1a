// SPDX-License-Identifier: Apache-2.0
#include "resolve/file_verdict.h"

#include <algorithm>

namespace sconce::resolve {

using Kind = Unusable::Kind;
using metadata::IndexFile;

namespace {

/// The most telling reason is the largest.
int rank(Kind kind)
{
    switch (kind) {
    case Kind::TooNew: return 5;
    case Kind::Platform: return 4;
    case Kind::Abi: return 3;
    case Kind::Python: return 2;
    case Kind::Yanked: return 1;
    default: return 0;
    }
}

std::optional<Unusable> whySourcesAreUnusable(
    const Listing &list, const IndexFile &file, const Policy &policy, bool mayBeYanked)
{
    if (!mayBuild(policy, file.package))
        return Unusable{Kind::NoBuild, {}};
    if (isTooNew(list.indexOf(file), file, policy))
        return Unusable{Kind::TooNew, {}};
    if (file.yanked && !mayBeYanked)
        return Unusable{Kind::Yanked, *file.yanked};
    if (!file.fileName.endsWith(u".tar.gz") && !file.fileName.endsWith(u".zip"))
        return Unusable{Kind::BadFormat, file.fileName};
    return {};
}

std::optional<Unusable> whyWheelIsUnusable(
    const Listing &list, const IndexFile &file, const Policy &policy, bool mayBeYanked, const Fit &fit)
{
    if (!mayUseWheels(policy, file.package))
        return Unusable{Kind::NoBinary, {}};
    if (isTooNew(list.indexOf(file), file, policy))
        return Unusable{Kind::TooNew, {}};
    if (file.yanked && !mayBeYanked)
        return Unusable{Kind::Yanked, *file.yanked};
    if (const auto part = fit.misfit(file))
        return Unusable{*part, {}};
    return {};
}

/// The better wheel for the interpreter; of equals the first in file order.
bool isBetter(const IndexFile &wheel, const IndexFile &than, const tags::CompatibleTags &tags)
{
    const auto grade = [&](const IndexFile &file) {
        return std::pair(tags.priority(file.wheel->tags), file.wheel->build);
    };
    return grade(wheel) > grade(than);
}

} // namespace

bool isTooNew(const metadata::IndexLocation &index, const IndexFile &file, const Policy &policy)
{
    if (index.isFlat)
        return false;
    const std::optional<QDateTime> cutOff = policy.excludeNewer.of(file.package, index);
    return cutOff && (!file.uploadTime || *file.uploadTime >= *cutOff);
}

bool mayBuild(const Policy &policy, const names::PackageName &package)
{
    return !policy.noBuild && !policy.noBuildPackages.contains(package);
}

bool mayUseWheels(const Policy &policy, const names::PackageName &package)
{
    return !policy.noBinary && !policy.noBinaryPackages.contains(package);
}

std::optional<Kind> misfit(const IndexFile &wheel, const tags::CompatibleTags &tags)
{
    using Misfit = tags::CompatibleTags::Misfit;
    const auto part = tags.misfit(wheel.wheel->tags);
    if (!part)
        return {};
    switch (*part) {
    case Misfit::Platform: return Kind::Platform;
    case Misfit::AbiPythonVersion:
    case Misfit::FreeThreadedAbi:
    case Misfit::Abi: return Kind::Abi;
    case Misfit::Python: break;
    }
    return Kind::Python;
}

Fit Fit::forTags(const tags::CompatibleTags &tags)
{
    return {.misfit = [&tags](const IndexFile &wheel) { return resolve::misfit(wheel, tags); },
        .isBetter = [&tags](const IndexFile &wheel,
                        const IndexFile &than) { return resolve::isBetter(wheel, than, tags); }};
}

std::optional<Unusable> whyUnusable(const Listing &list, const IndexFile &file, const Policy &policy,
    const AllowedYanks &yanks, const Fit &fit)
{
    const bool mayBeYanked = file.yanked && yanks.contains(file.package, file.version);
    return file.wheel ? whyWheelIsUnusable(list, file, policy, mayBeYanked, fit)
                      : whySourcesAreUnusable(list, file, policy, mayBeYanked);
}

Choice judge(const Listing &list, const Release &release, const Policy &policy, const AllowedYanks &yanks,
    const Fit &fit)
{
    Choice choice{.list = &list, .release = &release, .reason = {Kind::NoBuild, {}}};
    const IndexFile *sources = nullptr;
    const IndexFile *wheel = nullptr;
    const IndexFile *readableWheel = nullptr; // not for this interpreter, but its metadata is as good
    std::optional<Unusable> sourcesReason;
    std::optional<Unusable> wheelReason;
    for (const IndexFile *file : release.files()) {
        auto reason = whyUnusable(list, *file, policy, yanks, fit);
        if (!file->wheel) {
            if (!reason && !sources)
                sources = file;
            else if (reason && !sourcesReason)
                sourcesReason = std::move(reason);
            continue;
        }
        if (!reason) {
            if (!wheel || (fit.isBetter && fit.isBetter(*file, *wheel)))
                wheel = file;
            continue;
        }
        if (reason->kind != Kind::TooNew && !readableWheel)
            readableWheel = file;
        if (!wheelReason || rank(reason->kind) > rank(wheelReason->kind))
            wheelReason = std::move(reason);
    }
    choice.file = wheel ? wheel : sources;
    choice.metadataFile = wheel ? wheel : readableWheel ? readableWheel : sources;
    if (!choice.file)
        choice.reason = sourcesReason ? *sourcesReason : wheelReason.value_or(Unusable{Kind::NoBuild, {}});
    return choice;
}

} // namespace sconce::resolve
