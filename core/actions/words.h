// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace sconce::actions {

/// Words::tr("…") for the texts of this module.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(actions)
};

} // namespace sconce::actions
