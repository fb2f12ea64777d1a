// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "resolve/specific.h"

namespace sconce::plan {

/// One change of the environment, with its reason. Nothing is touched by making it.
struct Operation {
    enum class Kind { Add, Upgrade, Downgrade, SwitchBackend, Reinstall, Remove };
    Kind kind = Kind::Add;
    names::PackageName name;
    std::optional<versions::Version> from;
    std::optional<versions::Version> to;
    /// What will be installed; nothing for Remove.
    std::optional<metadata::IndexFile> file;
    metadata::IndexLocation index;
    std::optional<environment::Installed> installed;
    /// Bytes to download; 0 when the cache has it.
    struct Size {
        std::optional<qint64> bytes;
        enum class Source { Listed, Measured, Unknown } source = Source::Unknown;
    } size;
    bool isCached = false;
    bool isRequested = false;
    /// "you asked", "torch", "numba <2.2": one short phrase.
    QString why;
};

struct Warning {
    QString sentence;
    names::PackageName package;
};

struct Plan {
    QString environmentFolder;
    /// Made first when the folder does not hold an environment yet.
    std::optional<python::Interpreter> createWith;
    std::vector<Operation> operations;
    std::vector<resolve::ResolvedPackage> wanted;
    std::vector<names::PackageName> unchanged;
    std::vector<Warning> warnings;
    qint64 knownBytes() const;
    std::size_t unknownSizes() const;
    std::size_t count(Operation::Kind kind) const;
};

enum class Extraneous { Keep, Remove };
enum class Reinstall { OnlyChanged, Everything };

/// Compares what is wanted with what is installed.
Plan make(const resolve::Resolution &wanted, const std::vector<environment::Installed> &installed, Extraneous extraneous, Reinstall reinstall);

} // namespace sconce::plan
