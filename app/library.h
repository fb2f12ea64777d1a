// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLibrary>

namespace sconce::app {

/// A part of the program that lies in a library of its own, so that starting without it is fast:
/// "sconce_window" beside the program or in ../lib/sconce. The library stays loaded.
class Library {
public:
    explicit Library(const QString &name);
    /// Null, and error(), when there is no such library or function.
    QFunctionPointer resolve(const char *function) { return m_library.resolve(function); }
    QString error() const { return m_library.errorString(); }

private:
    QLibrary m_library;
};

} // namespace sconce::app
