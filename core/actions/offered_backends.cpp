// SPDX-License-Identifier: Apache-2.0
#include "actions/offered_backends.h"

#include "actions/supply.h"
#include "torch/mirror.h"
#include "work/each.h"

namespace sconce::actions {

Result<QStringList> offeredBackends(const QUrl &mirror, const Tools &tools, const JobContext &context)
{
    const names::PackageName torch = SCONCE_TRY(names::PackageName::parse(u"torch"));
    const std::span<const torch::Backend> all = torch::backends();
    std::vector<char> isOffered(all.size(), false); // bytes: threads write beside each other
    index::IndexClient client(*tools.fetcher, clientSettings(tools));
    const auto ask = [&](std::size_t i) -> Result<> {
        const metadata::PageAnswer answer = SCONCE_TRY(
            client.page({.name = all[i].name, .url = torch::indexBelow(mirror, all[i])}, torch, context));
        isOffered[i] = answer.kind == metadata::PageAnswer::Kind::Found && !answer.page->releases().empty();
        return {};
    };
    SCONCE_TRY(each(all.size(), 16, ask, context));
    QStringList offered;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (isOffered[i])
            offered.append(all[i].name);
    }
    return offered;
}

} // namespace sconce::actions
