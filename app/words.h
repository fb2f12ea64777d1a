// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace sconce::app {

/// Words::tr("…") for the texts of the program itself.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(app)
};

} // namespace sconce::app
