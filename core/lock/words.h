// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace sconce::lock {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lock)
};

} // namespace sconce::lock
