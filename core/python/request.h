// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "python/interpreter.h"

namespace sconce::python {

/// What `--python`, UV_PYTHON or .python-version asks for, understood as the reference does.
struct Request {
    enum class Kind { Any, Version, Path, Name };
    Kind kind = Kind::Any;
    /// As written, for messages.
    QString text;
    /// "cpython", "pypy", "graalpy"; empty: any.
    QString implementation;
    std::optional<versions::SpecifierSet> versions;
    bool isFreeThreaded = false;

    static Result<Request> parse(const QString &text);
    /// Whether a Python called "python3.11" could be it.
    bool mayBe(int major, int minor) const;
    bool matches(const Interpreter &python) const;
    bool allowsPreReleases() const;
};

} // namespace sconce::python
