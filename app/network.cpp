// SPDX-License-Identifier: Apache-2.0
#include "network.h"

#include "library.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

Result<net::Fetcher *> Network::fetcher()
{
    std::call_once(m_once, [this] {
        Library library(u"sconce_network"_s);
        if (const auto make = reinterpret_cast<MakeFetcher>(library.resolve("sconce_make_fetcher")))
            m_fetcher.reset(make(m_settings));
        else
            m_problem = library.error();
    });
    if (m_fetcher)
        return m_fetcher.get();
    return std::unexpected(
        Error(ErrorKind::Broken, Words::tr("The part of the program that asks the network is missing"))
            .detail(m_problem)
            .hint(Words::tr("Install the program again")));
}

Result<net::Reply> Network::fetch(const net::Request &request, const JobContext &context)
{
    net::Fetcher *next = SCONCE_TRY(fetcher());
    return next->fetch(request, context);
}

Result<net::Reply> Network::download(
    const net::Request &request, const net::Sink &sink, const JobContext &context)
{
    net::Fetcher *next = SCONCE_TRY(fetcher());
    return next->download(request, sink, context);
}

} // namespace sconce::app
