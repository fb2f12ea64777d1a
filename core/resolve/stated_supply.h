// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "resolve/policy.h"
#include "resolve/supply.h"

namespace sconce::resolve {

/// Answers for packages whose metadata the project states itself (Policy::staticMetadata): an entry for the
/// version, else one for every version. Everything else is asked from `next`.
class StatedSupply final : public Supply {
public:
    StatedSupply(const Policy &policy, Supply &next);

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

private:
    const project::StaticMetadata *stated(const metadata::IndexFile &file) const;

    Supply &m_next;
    /// Of each package: entries with a version first.
    std::map<names::PackageName, std::vector<const project::StaticMetadata *>> m_stated;
};

} // namespace sconce::resolve
