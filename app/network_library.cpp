// SPDX-License-Identifier: Apache-2.0
#include <QtGlobal>

#include "net/fetcher_qt.h"

/// The one function of libsconce_network; see network.h.
extern "C" Q_DECL_EXPORT sconce::net::Fetcher *sconce_make_fetcher(
    const sconce::net::FetcherSettings &settings)
{
    return new sconce::net::QtFetcher(settings);
}
