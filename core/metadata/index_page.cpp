// SPDX-License-Identifier: Apache-2.0
#include "metadata/index_page.h"

#include <algorithm>

namespace sconce::metadata {

QString IndexFile::sha256() const
{
    const auto found =
        std::ranges::find(hashes, QStringLiteral("sha256"), &std::pair<QString, QString>::first);
    return found == hashes.end() ? QString() : found->second;
}

} // namespace sconce::metadata
