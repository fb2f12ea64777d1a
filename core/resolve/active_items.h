// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/resolution_graph.h"

namespace sconce::resolve {

/// Takes out of the edges' markers what is known of conflict items on all ways that lead to them (resolver.md
/// § 11.4). `starts` are the edges from the workspace.
void simplifyByActiveItems(ResolutionGraph &graph, const std::vector<ResolutionGraph::Edge> &starts,
    const UniversalResolution &resolution, const std::vector<project::ConflictSet> &conflicts);

} // namespace sconce::resolve
