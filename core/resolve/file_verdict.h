// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "resolve/listing.h"
#include "resolve/unusable.h"
#include "resolve/yanked.h"

namespace sconce::resolve {

/// A file uploaded at or after the cut-off, or at an unknown time while there is one (resolver.md § 4.3).
bool isTooNew(const metadata::IndexLocation &index, const metadata::IndexFile &file, const Policy &policy);

/// Whether sources, or wheels, of a package may be used at all (§ 4.1 line 1).
bool mayBuild(const Policy &policy, const names::PackageName &package);
bool mayUseWheels(const Policy &policy, const names::PackageName &package);

/// A version on an index and the file that stands for it (resolver.md § 4).
struct Choice {
    const Listing *list = nullptr;
    const Release *release = nullptr;
    /// What would be installed; null: the version cannot be used, `reason` says why.
    const metadata::IndexFile *file = nullptr;
    /// Whose metadata counts; usually the same file.
    const metadata::IndexFile *metadataFile = nullptr;
    Unusable reason;

    bool isUsable() const { return file != nullptr; }
    const versions::Version &version() const { return release->version; }
};

/// The part of the wheel's tags that does not fit the interpreter; nothing when the wheel runs there.
std::optional<Unusable::Kind> misfit(const metadata::IndexFile &wheel, const tags::CompatibleTags &tags);

/// For whom files are judged.
struct Fit {
    /// The part of the tags because of which the wheel does not count.
    std::function<std::optional<Unusable::Kind>(const metadata::IndexFile &wheel)> misfit;
    /// Whether the first wheel is better than the second; unset: the first in the list is as good as any.
    std::function<bool(const metadata::IndexFile &, const metadata::IndexFile &)> isBetter;

    /// One interpreter, which `tags` has to outlive.
    static Fit forTags(const tags::CompatibleTags &tags);
};

/// Why a file of a version cannot be used; nothing when it can.
std::optional<Unusable> whyUnusable(const Listing &list, const metadata::IndexFile &file,
    const Policy &policy, const AllowedYanks &yanks, const Fit &fit);

/// Judges the files of a version.
Choice judge(const Listing &list, const Release &release, const Policy &policy, const AllowedYanks &yanks,
    const Fit &fit);

} // namespace sconce::resolve
