// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "screenshots/staged.h"

class QWidget;

namespace sconce::ui {

class MainWindow;

/// One picture: how the stage is set, what a person does, and what must be seen before the shutter opens.
struct Scene {
    QString name;
    std::function<void(Stage &)> set;
    /// A step each, done when everything before has settled.
    std::vector<std::function<void(MainWindow &)>> acts;
    /// How much of the usual size the window has.
    double scale = 1;
};
std::vector<Scene> allScenes();

} // namespace sconce::ui
