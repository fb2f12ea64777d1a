// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "resolve/policy.h"
#include "resolve/supply.h"

namespace sconce::resolve {

/// What the project states of packages in place of their own metadata: an entry for the version, else one for
/// every version.
class StatedMetadata {
public:
    /// `policy` outlives the object.
    explicit StatedMetadata(const Policy &policy);
    /// Null: nothing is stated.
    const project::StaticMetadata *find(
        const names::PackageName &package, const versions::Version &version) const;
    /// For sources that do not tell their version: that of the only entry.
    std::optional<versions::Version> onlyVersion(const names::PackageName &package) const;
    std::shared_ptr<const metadata::CoreMetadata> of(
        const names::PackageName &package, const versions::Version &version) const;

private:
    /// Of each package: entries with a version first.
    std::map<names::PackageName, std::vector<const project::StaticMetadata *>> m_entries;
};

/// Answers with what the project states; everything else is asked from `next`.
class StatedSupply final : public Supply {
public:
    StatedSupply(const Policy &policy, Supply &next)
        : m_next(next)
        , m_stated(policy)
    {}

    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override
    {
        return m_next.page(index, package, context);
    }
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        return m_next.pageAtHand(index, package);
    }
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override;
    void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        m_next.expectPage(index, package);
    }
    void expectMetadata(const metadata::IndexFile &file) override;
    bool isUnderWay(const metadata::IndexFile &file) override { return m_next.isUnderWay(file); }
    bool awaitNews(const JobContext &context) override { return m_next.awaitNews(context); }

private:
    Supply &m_next;
    StatedMetadata m_stated;
};

} // namespace sconce::resolve
