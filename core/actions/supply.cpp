// SPDX-License-Identifier: Apache-2.0
#include "actions/supply.h"

#include <algorithm>

namespace sconce::actions {

using namespace Qt::StringLiterals;

metadata::PageAnswer answerWith(const QUrl &page, std::vector<metadata::IndexFile> files)
{
    std::ranges::stable_sort(
        files, {}, [](const metadata::IndexFile &file) { return file.fileName.toUtf8(); });
    return {metadata::PageAnswer::Kind::Found, 200,
        std::make_shared<const metadata::IndexPage>(metadata::IndexPage{page, std::move(files)})};
}

index::IndexClient::Settings clientSettings(const Tools &tools)
{
    return {.cacheFolder = tools.cacheFolder.isEmpty() ? QString() : tools.cacheFolder + u"/index"_s};
}

QUrl lastIndex(const resolve::Policy &policy)
{
    const auto isSearched = [](const metadata::IndexLocation &index) { return !index.isExplicit; };
    const auto found = std::ranges::find_last_if(policy.indexes, isSearched);
    return found.empty() ? QUrl() : found.front().url;
}

Result<metadata::PageAnswer> IndexSupply::page(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    using Kind = metadata::PageAnswer::Kind;
    metadata::PageAnswer answer = SCONCE_TRY(m_client.page(index, package, context));
    if (m_findLinks.empty() || (answer.kind != Kind::Found && index.url != m_lastIndex))
        return answer;
    std::vector<metadata::IndexFile> files;
    for (const metadata::IndexLocation &place : m_findLinks) {
        const metadata::PageAnswer found = SCONCE_TRY(m_client.page(place, package, context));
        if (found.kind == Kind::Found)
            files.insert(files.end(), found.page->files.begin(), found.page->files.end());
    }
    if (files.empty())
        return answer;
    // A file that both have is taken from the place that was named for it.
    if (answer.kind == Kind::Found) {
        for (const metadata::IndexFile &file : answer.page->files) {
            if (!std::ranges::contains(files, file.fileName, &metadata::IndexFile::fileName))
                files.push_back(file);
        }
    }
    return answerWith(index.url, std::move(files));
}

} // namespace sconce::actions
