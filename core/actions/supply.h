// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "resolve/policy.h"
#include "resolve/supply.h"

namespace sconce::actions {

/// An answer with these files, put in the order of their names.
metadata::PageAnswer answerWith(std::vector<metadata::IndexFile> files);

index::IndexClient::Settings clientSettings(const Tools &tools, index::Refresh refresh = {});
/// The index that answers for packages that none knows.
QUrl lastIndex(const resolve::Policy &policy);

/// Answers the solver's questions from the indexes, for one resolution.
class IndexSupply final : public resolve::Supply {
public:
    /// Guesses ahead run under `context` too: they end with it.
    IndexSupply(index::IndexClient &client, JobContext context)
        : m_client(client)
        , m_context(std::move(context))
    {}

    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override
    {
        return m_client.page(index, package, context);
    }
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override
    {
        return m_client.metadata(file, context);
    }
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        return m_client.pageAtHand(index, package);
    }
    void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        m_client.expectPage(index, package, m_context);
    }
    void expectMetadata(const metadata::IndexFile &file) override
    {
        m_client.expectMetadata(file, m_context);
    }
    bool isUnderWay(const metadata::IndexFile &file) override { return m_client.isUnderWay(file); }
    bool awaitNews(const JobContext &context) override { return m_client.awaitNews(context); }

private:
    index::IndexClient &m_client;
    JobContext m_context;
};

} // namespace sconce::actions
