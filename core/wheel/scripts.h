// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "metadata/record.h"

namespace sconce::wheel {

/// The first line or lines that start `python` (an absolute path). A path that a "#!" line cannot hold,
/// because of blanks or its length, is started by the shell.
QByteArray interpreterLine(const QString &python);

/// The program of an entry point; the same for consoles and windows.
QByteArray entryPointScript(const metadata::EntryPoint &point, const QString &python);

/// A wheel's script with its "#!python" line made to start `python`; nothing when its first line is another.
/// Whatever follows "#!python" in that line is dropped.
std::optional<QByteArray> withInterpreter(const QByteArray &script, const QString &python);

/// The path of the Python that a script starts, in either form of interpreterLine(); nothing when its first
/// line starts another program. `head`: the beginning of the script, more than the longest path.
std::optional<QString> startedPython(const QByteArray &head);

} // namespace sconce::wheel
