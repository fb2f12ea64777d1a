// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/index_client.h"
#include "kit/tiny_index.h"

/// What the checks of this module share.
namespace sconce::kit {

inline const QByteArray Json = "application/vnd.pypi.simple.v1+json";

inline names::PackageName package(const QString &name = QStringLiteral("alpha"))
{
    return *names::PackageName::parse(name);
}

inline metadata::IndexLocation location(const QString &url = QStringLiteral("https://pypi.test/simple"),
    const QString &name = QStringLiteral("corp"))
{
    return {.name = name, .url = QUrl(url), .ignoreErrorCodes = {}};
}

inline const TinyWheel Alpha{.name = QStringLiteral("alpha"),
    .version = QStringLiteral("1.0"),
    .requiresDist = {QStringLiteral("beta>=2")}};

/// The first file of alpha in an index that lists it.
inline metadata::IndexFile fileOf(net::Fetcher &fetcher)
{
    index::IndexClient client(fetcher, {});
    return client.page(location(), package(), JobContext::unwatched())->page->files(0).front();
}

/// What the wheel wants, or why that cannot be told.
inline QString sentence(const Result<std::shared_ptr<const metadata::CoreMetadata>> &found)
{
    return found ? (*found)->requiresDist.at(0).text() : found.error().summary();
}

} // namespace sconce::kit
