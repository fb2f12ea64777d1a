// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "project/workspace.h"
#include "resolve/policy.h"
#include "resolve/unusable.h"

namespace sconce::resolve {

/// One dependency as it applies to a version: overridden, constrained and with the extras taken out of its
/// marker.
struct Need {
    requirements::Requirement requirement;
    /// The index the person pinned the package to.
    std::optional<metadata::IndexLocation> index{};
    /// The file that a direct reference stands for.
    std::shared_ptr<const metadata::IndexFile> file{};
    /// In universal resolution: groups of a member, and where the package has to come from.
    std::vector<names::GroupName> groups{};
    project::RequirementSource source{};
};

/// Turns requirements as they are written into what a version needs (resolver.md § 2.3–2.5).
class NeedRules {
public:
    /// With the constraints and overrides of the policy.
    explicit NeedRules(const Policy &policy);
    /// With others in their place. `policy` outlives the rules.
    NeedRules(const Policy &policy, const std::vector<Need> &constraints, const std::vector<Need> &overrides);

    /// Whose needs they are.
    struct Owner {
        const names::PackageName &name;
        const versions::Version &version;
    };

    // All of them for every environment: what counts in one are the needs whose markers hold there.

    /// What the person asked for.
    std::vector<Need> ofWishes(const std::vector<Need> &wishes) const;
    /// What a package needs: its production part, or that of one extra on top.
    std::vector<Need> of(const Owner &owner, const std::vector<Need> &needs,
        const std::optional<names::ExtraName> &extra) const;
    std::vector<Need> ofGroup(const Owner &owner, const std::vector<Need> &needs) const;

private:
    using ByName = std::unordered_map<names::PackageName, std::vector<Need>>;
    /// `owner` null: the person's own.
    std::vector<Need> replaced(std::vector<Need> needs, const Owner *owner) const;
    /// The overrides that count for this package only: those of its version, else those of every version.
    ByName scopedOverrides(const Owner &owner) const;
    bool isExcluded(const names::PackageName &package, const Owner *owner) const;
    std::vector<Need> constrained(std::vector<Need> needs) const;

    const Policy &m_policy;
    ByName m_constraints;
    ByName m_overrides;
    std::set<names::PackageName> m_excludes;
};

/// The requirements of a package as they stand in its metadata.
std::vector<Need> needsOf(const metadata::CoreMetadata &metadata);
/// A need for versions that cannot be ("a <1, >2") is a reason to pass its owner over.
std::optional<Unusable> whyImpossible(const Need &need);

} // namespace sconce::resolve
