// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <unordered_map>

#include "resolve/policy.h"

namespace sconce::resolve {

/// One dependency as it applies to a version: overridden, constrained and with the extras taken out of its
/// marker.
struct Need {
    requirements::Requirement requirement;
    /// The index the person pinned the package to.
    std::optional<metadata::IndexLocation> index;
    /// The file that a direct reference stands for.
    std::shared_ptr<const metadata::IndexFile> file;
};

/// Turns requirements as they are written into what a version needs (resolver.md § 2.3–2.5).
class NeedRules {
public:
    explicit NeedRules(const Policy &policy);

    /// Whether a marker without extras counts for the environment in question.
    using Applies = std::function<bool(const markers::Marker &)>;

    /// What the person asked for.
    std::vector<Need> ofWishes(const std::vector<Need> &wishes, const Applies &applies) const;
    /// What a package needs: its production part, or that of one extra on top.
    std::vector<Need> of(const metadata::CoreMetadata &metadata, const std::optional<names::ExtraName> &extra,
        const Applies &applies) const;

private:
    using ByName = std::unordered_map<names::PackageName, std::vector<const requirements::Requirement *>>;
    /// `owner`: whose needs they are; null: the person's own.
    std::vector<Need> replaced(std::vector<Need> needs, const metadata::CoreMetadata *owner) const;
    /// The overrides that count for this package only: those of its version, else those of every version.
    ByName scopedOverrides(const metadata::CoreMetadata &owner) const;
    bool isExcluded(const names::PackageName &package, const metadata::CoreMetadata *owner) const;
    std::vector<Need> constrained(std::vector<Need> needs, const Applies &applies) const;

    const Policy &m_policy;
    ByName m_constraints;
    ByName m_overrides;
    std::set<names::PackageName> m_excludes;
};

} // namespace sconce::resolve
