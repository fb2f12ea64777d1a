// SPDX-License-Identifier: Apache-2.0
#include "resolve/policy.h"

namespace sconce::resolve {

QUrl CutOffs::keyOf(const QUrl &index)
{
    return index.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveUserInfo);
}

std::optional<QDateTime> CutOffs::of(
    const names::PackageName &package, const metadata::IndexLocation &index) const
{
    if (const auto own = packages.find(package); own != packages.end())
        return own->second;
    if (!indexes.empty()) {
        if (const auto own = indexes.find(keyOf(index.url)); own != indexes.end())
            return own->second;
    }
    return everywhere;
}

} // namespace sconce::resolve
