// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/universal.h"

namespace sconce::resolve {

/// The forks of a resolution put together: what a lock is written from (resolver.md § 11).
struct ResolutionGraph {
    using NodeId = UniversalResolution::NodeId;
    struct Edge {
        NodeId to;
        /// Where it counts, of all forks together and simplified by what is known of extras and groups.
        markers::Marker marker;
    };
    struct Node {
        /// False for a node that nothing leads to; it has no edges then.
        bool isNeeded = false;
        /// Where something leads to it, with conflict items as extras.
        markers::Marker reached = markers::Marker::never();
        /// The part of `reached` that may be taken for granted where the node is looked at: it speaks of
        /// computers and Pythons only (lock-format.md § 13.2).
        markers::Marker known = markers::Marker::never();
        /// By number of the target; those of extras, groups and bases one by one.
        std::vector<Edge> edges;
    };
    /// In the order in which they were completed; empty for a single one that holds always.
    std::vector<markers::Marker> forks;
    /// By number, as those of the resolution.
    std::vector<Node> nodes;
    const Node &at(NodeId id) const { return nodes[id.value]; }
    Node &at(NodeId id) { return nodes[id.value]; }
};

ResolutionGraph graphOf(
    const UniversalResolution &resolution, const std::vector<project::ConflictSet> &conflicts);

} // namespace sconce::resolve
