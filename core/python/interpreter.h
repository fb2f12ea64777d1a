// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/environment.h"
#include "process/runner.h"
#include "tags/tags.h"
#include "versions/specifier.h"

namespace sconce::python {

/// One Python as it answered when asked.
struct Interpreter {
    /// As Python itself calls it: for a shim the interpreter behind it, for a virtual environment the link
    /// inside it.
    QString executable;
    /// The real installation behind a virtual environment; equal to `prefix` for a base interpreter.
    QString basePrefix;
    QString prefix;
    /// The executable of that installation, which new environments link to.
    QString baseExecutable;
    markers::Environment environment;
    tags::PythonAbi abi;
    tags::Platform platform;
    /// Folders of a virtual environment with this Python, relative to its prefix:
    /// "lib/python3.12/site-packages", "bin", "include/site/python3.12".
    QString purelib;
    QString platlib;
    QString scripts;
    QString include;
    QString data;
    bool isVirtual() const { return prefix != basePrefix; }
    versions::Version version() const;
};

/// Asks a Python for its facts: one run with a limit of 10 s, without site-packages, so that nothing of an
/// environment runs along. NotFound and Denied as of Runner; BadInput with its words when it cannot answer or
/// is older than 3.6. Answers are kept in `cacheFolder` by path, size and time of change; empty: no cache.
/// Scripts that stand for an interpreter (shims) are asked each time, since they may lead elsewhere tomorrow.
Result<Interpreter> probe(const QString &executable, process::Runner &runner, const QString &cacheFolder,
    const JobContext &context);

struct Wish {
    /// "3.12", "3.12.1", "312", "3.13t", ">=3.10,<3.13", "cpython@3.12", "pypy", "python3.11", a name on
    /// PATH, the path of an executable or of an environment; empty: any that fits requiresPython.
    QString request;
    std::optional<versions::SpecifierSet> requiresPython;
    /// An active or given environment, looked at first. Other environments count only when the request is a
    /// path.
    QString environmentFolder;
    /// PATH, HOME and what else says where Pythons lie; empty: those of this process.
    QHash<QString, QString> variables;
};

/// Paths of every Python, in order of preference: the reference's own folder, PATH, pyenv, conda. One file
/// under several names in one folder counts once, under its plainest name.
std::vector<QString> candidates(const QHash<QString, QString> &variables);
/// The first that meets the wish; without a say, releases of CPython come before pre-releases, other
/// implementations and free-threaded builds. What cannot be used is left out with a line in `context`'s log.
/// NotFound lists in its detail what was found and why it does not fit.
Result<Interpreter> find(
    const Wish &wish, process::Runner &runner, const QString &cacheFolder, const JobContext &context);

/// The executable inside an environment's folder; empty when there is none.
QString executableIn(const QString &environmentFolder);

} // namespace sconce::python
