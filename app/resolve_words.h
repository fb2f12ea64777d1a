// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/resolve_options.h"
#include "verbs.h"

/// Words of the command line that say how versions are chosen, shared by all verbs that choose any.
namespace sconce::app {

std::vector<Option> resolveWords();
/// The variables' words, then the command line's over them.
actions::ResolveOptions resolveOptionsOf(const Invocation &invocation);

} // namespace sconce::app
