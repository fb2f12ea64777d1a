// SPDX-License-Identifier: Apache-2.0
#include "actions/supply.h"

#include <algorithm>

namespace sconce::actions {

using namespace Qt::StringLiterals;

metadata::PageAnswer answerWith(std::vector<metadata::IndexFile> files)
{
    return {metadata::PageAnswer::Kind::Found, 200,
        std::make_shared<const metadata::IndexPage>(std::move(files))};
}

index::IndexClient::Settings clientSettings(const Tools &tools, index::Refresh refresh)
{
    return {.cacheFolder = tools.cacheFolder.isEmpty() ? QString() : tools.cacheFolder + u"/index"_s,
        .refresh = std::move(refresh)};
}

QUrl lastIndex(const resolve::Policy &policy)
{
    const auto isSearched = [](const metadata::IndexLocation &index) { return !index.isExplicit; };
    const auto found = std::ranges::find_last_if(policy.indexes, isSearched);
    return found.empty() ? QUrl() : found.front().url;
}

} // namespace sconce::actions
