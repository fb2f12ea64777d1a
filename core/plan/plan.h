// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "plan/folder_wheel.h"
#include "resolve/specific.h"

namespace sconce::plan {

/// One change of the environment, with its reason. Nothing is touched by making it.
struct Operation {
    /// SwitchBackend: the same public version with another local label, as from "+cpu" to "+cu128".
    enum class Kind { Add, Upgrade, Downgrade, SwitchBackend, Reinstall, Remove };
    Kind kind = Kind::Add;
    names::PackageName name;
    std::optional<versions::Version> from;
    std::optional<versions::Version> to;
    /// What will be installed; nothing for Remove, and for what is installed from its folder.
    std::optional<metadata::IndexFile> file;
    std::optional<FolderWheel> folder{};
    /// Without an address: the file itself was asked for, by path or URL.
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
    /// The package it is about, if it is about one.
    std::optional<names::PackageName> package;
};

/// A file that is written together with the environment: wholly, or not at all.
struct FileChange {
    QString path;
    /// Its contents when the plan was made; nothing: it was not there.
    std::optional<QByteArray> before;
    QByteArray after;
    /// What that means, in a sentence.
    QString summary;
    /// Each a line: "torch 2.8.0 -> 2.9.0"
    QStringList details{};
};

struct Plan {
    QString environmentFolder;
    /// Made first when the folder does not hold an environment yet.
    std::optional<python::Interpreter> createWith;
    /// Why the environment that is there goes, and the new one takes its place; empty: none is there.
    QString whyReplaced{};
    std::vector<Operation> operations;
    std::vector<resolve::ResolvedPackage> wanted;
    std::vector<names::PackageName> unchanged;
    std::vector<Warning> warnings;
    /// A file the plan was made from; carrying the plan out is refused when its contents are others by then.
    struct Input {
        QString path;
        QString sha256;
    };
    std::vector<Input> inputs;
    std::vector<FileChange> files;

    /// Nothing would be written.
    bool isEmpty() const { return operations.empty() && !createWith && files.empty(); }
    /// Of the downloads whose size is known.
    qint64 knownBytes() const;
    /// How many downloads have a size nobody said.
    std::size_t unknownSizes() const;
    std::size_t count(Operation::Kind kind) const;
};

enum class Extraneous { Keep, Remove };
/// What is installed anew although it is there in the right version.
struct Reinstall {
    bool isEverything = false;
    std::vector<names::PackageName> packages{};
};

/// Compares what is wanted with what is installed: versions, and for packages asked for by URL or path where
/// the installed one came from; for folders what is installed of them. Operations in order of names, removals
/// of what nobody wants at the end.
Plan make(const resolve::Resolution &wanted, const std::vector<environment::Installed> &installed,
    Extraneous extraneous, const Reinstall &reinstall = {}, const std::vector<FolderWheel> &folders = {});

/// One package taken away, with the reason.
Operation removal(const environment::Installed &installed, QString why);

} // namespace sconce::plan
