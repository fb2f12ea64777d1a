// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <thread>

#include "work/job_context.h"

namespace sconce::app {

/// While it lives, one line on the terminal says how far the operation is.
class ProgressLine {
public:
    explicit ProgressLine(std::shared_ptr<const Progress> progress);

private:
    std::jthread m_painter;
};

} // namespace sconce::app
