// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"

namespace sconce::actions {

/// Writes the sample project (pyproject.toml, a script) into `folder`, which must not hold one yet. Its index is built in:
/// addresses sconce-sample:/… are answered by sampleFetcher, with no network.
Result<> makeSampleProject(const QString &folder);
/// Answers sconce-sample: addresses from the resources and passes everything else on.
std::unique_ptr<net::Fetcher> sampleFetcher(net::Fetcher &next);

} // namespace sconce::actions
