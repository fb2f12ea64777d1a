// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/environment.h"
#include "process/runner.h"
#include "tags/tags.h"

namespace sconce::python {

/// One Python as it answered when asked.
struct Interpreter {
    QString executable;
    /// The real installation behind a virtual environment; equal to `prefix` for a base interpreter.
    QString basePrefix;
    QString prefix;
    QString baseExecutable;
    markers::Environment environment;
    tags::PythonAbi abi;
    tags::Platform platform;
    /// sysconfig's folders relative to the prefix for a venv: purelib, platlib, scripts, data, include.
    QString purelib;
    QString platlib;
    QString scripts;
    QString include;
    QString data;
    bool isVirtual() const { return prefix != basePrefix; }
    versions::Version version() const;
};

/// Asks a Python for its facts (one run, JSON, 10 s limit); BadInput with its words when it cannot answer.
/// Answers are cached in `cacheFolder` by path, size and time of change; empty: no cache.
Result<Interpreter> probe(const QString &executable, process::Runner &runner, const QString &cacheFolder, const JobContext &context);

struct Wish {
    /// "3.12", ">=3.10", "/usr/bin/python3", "cpython@3.12", "python3.11"; empty: any that fits requiresPython.
    QString request;
    std::optional<versions::SpecifierSet> requiresPython;
    /// An active or given environment first.
    QString environmentFolder;
};

/// Every Python found on PATH, under ~/.pyenv/versions, in the folders of uv and conda, in order of preference; unusable ones
/// left out with a line in `context`'s log.
std::vector<QString> candidates(const QHash<QString, QString> &environment);
/// The first that meets the wish. NotFound lists what was found and why it does not fit.
Result<Interpreter> find(const Wish &wish, process::Runner &runner, const QString &cacheFolder, const JobContext &context);

} // namespace sconce::python
