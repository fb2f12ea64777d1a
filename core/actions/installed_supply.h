// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "resolve/supply.h"

namespace sconce::actions {

/// Puts what is installed among what the indexes offer, so that it can stay although no index has it (any
/// more): torch-backends.md § 8, resolver.md § 8.1.
class InstalledSupply final : public resolve::Supply {
public:
    /// `lastIndex` answers for installed packages that no index knows.
    InstalledSupply(
        resolve::Supply &next, const std::vector<environment::Installed> &installed, QUrl lastIndex);

    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override;
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) override;
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override;
    void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        m_next.expectPage(index, package);
    }
    void expectMetadata(const metadata::IndexFile &file) override;

private:
    metadata::PageAnswer withInstalled(metadata::PageAnswer answer, const metadata::IndexLocation &index,
        const names::PackageName &package) const;

    resolve::Supply &m_next;
    QUrl m_lastIndex;
    std::map<names::PackageName, environment::Installed> m_installed;
};

} // namespace sconce::actions
