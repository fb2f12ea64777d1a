// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/local_files.h"

namespace sconce::kit {

/// Files of this computer, and everything else from another fetcher.
class WithLocalFiles final : public net::Fetcher {
public:
    explicit WithLocalFiles(net::Fetcher &next)
        : m_next(next)
    {}
    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override
    {
        return request.url.isLocalFile() ? net::readLocal(request, context) : m_next.fetch(request, context);
    }
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override
    {
        return request.url.isLocalFile() ? net::readLocal(request, sink, context)
                                         : m_next.download(request, sink, context);
    }

private:
    net::Fetcher &m_next;
};

} // namespace sconce::kit
