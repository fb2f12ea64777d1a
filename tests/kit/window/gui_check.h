// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QTest>

namespace sconce::kit {

/// Base of every check of a window. Any warning of Qt fails the check function that it comes in, or the whole
/// program when it comes outside of one.
class GuiCheck : public QObject {
    Q_OBJECT

protected:
    /// Before and after every check function.
    virtual void begin() {}
    virtual void end() {}

private Q_SLOTS:
    void init();
    void cleanup();
};

/// Makes an application that looks like the program's, runs the check in it and gives the exit status.
int runGuiCheck(int argc, char **argv, const std::function<std::unique_ptr<GuiCheck>()> &make);

} // namespace sconce::kit

#define GUI_CHECK_MAIN(Check)                                                                                \
    int main(int argc, char **argv)                                                                          \
    {                                                                                                        \
        return sconce::kit::runGuiCheck(argc, argv,                                                          \
            []() -> std::unique_ptr<sconce::kit::GuiCheck> { return std::make_unique<Check>(); });           \
    }
