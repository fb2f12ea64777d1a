// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"

namespace sconce::wheel {

/// Something about what is installed that is not as it was installed (reliability.md A60, A61, A75, A76, L39,
/// L40). Facts only; the words are made by who shows them.
struct Fault {
    enum class Kind {
        // Of a distribution; `path` is its .dist-info folder.
        /// There is no RECORD.
        NoRecord,
        /// RECORD cannot be read; `detail` says why.
        BadRecord,
        /// METADATA is missing, cannot be read, or is another package's; `detail` says which.
        NoMetadata,
        /// Nothing says who installed it, which is allowed.
        NoInstaller,
        /// Neither METADATA nor RECORD.
        Hollow,
        /// A .dist-info folder that names no package and version, or whose direct_url.json is damaged;
        /// `detail` says why.
        Nameless,
        /// None of its files is there, `count` of them.
        NoCode,
        /// The folder that it is an editable installation of, in `detail`, is gone.
        EditableGone,

        // Of files; `path` is the first of `count`.
        Missing,
        /// Not what RECORD lists; `detail` says how it differs.
        Changed,
        /// RECORD lists a place outside of the environment, or a file of the environment itself.
        NotItsOwn,
        /// A link on the way leads out of the environment, so the file was not looked at.
        BehindLink,
        /// A script that starts the Python of another environment, in `detail`.
        ForeignPython,
        /// Two packages list it with different contents; `detail` is the other package.
        Shared,
        /// In a library folder, and no RECORD lists it; with "/" at the end a folder with `count` files.
        Unlisted,
        /// Runs whenever the interpreter starts.
        RunsAtStart,
    };
    Kind kind = Kind::Missing;
    std::optional<names::PackageName> package{};
    /// Relative to the environment; empty when no distribution is concerned.
    QString distInfo{};
    /// Relative to the environment, or as RECORD has it for NotItsOwn.
    QString path{};
    QString detail{};
    std::size_t count = 1;
    bool operator==(const Fault &) const = default;
};

struct Audit {
    /// By package, those without one last; then by path.
    std::vector<Fault> faults;
    /// Those that can be named, by name and version.
    std::vector<environment::Installed> installed;
    /// Files that were compared.
    std::size_t files = 0;
};

/// Compares what is installed with what each RECORD says, byte by byte, and looks for what none of them
/// lists. Reads only, and nothing behind a link that leads out of the environment. Bytes count in the
/// progress. BadInput when it is no virtual environment. `formerPlaces`: folders where the environment is
/// known to have been.
Result<Audit> audit(
    const python::Interpreter &environment, const QStringList &formerPlaces, const JobContext &context);

} // namespace sconce::wheel
