// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "net/fetcher.h"

namespace sconce::actions {

/// Writes the sample project (pyproject.toml and a script) into `folder`, which is made when missing.
/// BadInput when one of its files is there already: nothing is overwritten.
Result<> makeSampleProject(const QString &folder);

/// Answers addresses of the sample's index (sconce-sample:/…), which is built into the program, and passes
/// everything else on to `next`, which must outlive it.
std::unique_ptr<net::Fetcher> sampleFetcher(net::Fetcher &next);

} // namespace sconce::actions
