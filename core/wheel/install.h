// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "files/files.h"
#include "metadata/wheel_name.h"
#include "wheel/file_changes.h"

namespace sconce::wheel {

struct Contents;

/// An unpacked, checked wheel in the cache, ready to be linked into environments.
struct UnpackedWheel {
    QString folder;
    metadata::WheelName name;
    /// What is in it, known since it was unpacked or opened.
    std::shared_ptr<const Contents> contents;
};

/// Whether the archive's own digest was compared with one from a lock or an index. Only then may a hash in
/// RECORD be wrong.
enum class ArchiveDigest { Checked, Unknown };

/// Reads the archive, checks everything reliability.md § 6.A refuses (entries, dist-info, WHEEL, METADATA,
/// RECORD, entry points, .data schemes), and unpacks it into `folder`, which appears by rename when all of it
/// held. When the folder is there already and whole, that one is taken. What is only odd is told in the
/// context's log.
Result<UnpackedWheel> unpackChecked(const QString &archivePath, const metadata::WheelName &name,
    const QString &folder, const JobContext &context, ArchiveDigest digest = ArchiveDigest::Checked);

/// A wheel unpacked before. NotFound when there is none; BadHash when a file is missing or has another size
/// or time of change than when it was unpacked: remove the folder and unpack again.
Result<UnpackedWheel> openUnpacked(
    const QString &folder, const metadata::WheelName &name, const JobContext &context);

/// Compares every byte of a wheel unpacked before, where openUnpacked() trusts times of change: somebody may
/// have edited a file of an environment that is one with the cache's. NotFound, BadHash.
Result<> checkUnpacked(const QString &folder, const JobContext &context);

/// What a change brings besides its packages.
struct Company {
    /// Written with it: all of it or nothing.
    std::vector<FileChange> files{};
    /// What left stays as a state that can be gone back to, told by this note (states.h); without a note it
    /// is dropped.
    std::optional<QByteArray> note{};
    /// The environment was made for this change, so undoing it takes the environment away.
    bool madeEnvironment = false;
};

/// A change of an environment, prepared beside it and then exchanged in. Nothing in the environment changes
/// before commit(); commit is journalled, so after a crash the next command finishes it (recover).
class Transaction {
public:
    /// Takes the environment's lock (the same file uv takes) and recovers first. Files are put into the
    /// environment as clones, hard links or copies, starting with `first`. BadInput when it is no virtual
    /// environment.
    static Result<Transaction> begin(const python::Interpreter &environment, const JobContext &context,
        files::LinkMode first = files::LinkMode::Clone);
    /// Without commit, what was prepared is dropped.
    ~Transaction();
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(Transaction &&) noexcept;

    struct Source {
        UnpackedWheel wheel;
        /// Written as direct_url.json.
        std::optional<metadata::DirectUrl> directUrl;
        bool isRequested = true;
    };
    /// Stages one wheel: links files, writes scripts, INSTALLER ("sconce"), REQUESTED. Of two wheels that own
    /// one path, the one whose name sorts last has it, whatever the order of the calls, with a line in the
    /// log.
    Result<> add(const Source &source, const JobContext &context);
    /// Marks an installed distribution for removal by its RECORD; files outside the environment, files of
    /// other distributions and the environment's own are never touched. Without a RECORD only the .dist-info
    /// folder goes, with a line in the log.
    Result<> remove(const environment::Installed &installed, const JobContext &context);
    /// Makes it durable and visible. Stoppable until the first change; an error leaves the environment as it
    /// was, or, when even that cannot be had, finished by the next command. BadInput when one of the files is
    /// no longer what it was.
    Result<> commit(const JobContext &context, const Company &company = {});

private:
    struct State;
    explicit Transaction(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// A change of the files alone, journalled as if packages changed with them. `environmentFolder` is an
/// environment.
Result<> changeFiles(const QString &environmentFolder, const Company &company, const JobContext &context);

/// Whether a change of it broke off half made.
bool isUnfinished(const QString &environmentFolder);

/// Finishes or drops what a crash left behind, under the environment's lock, and says so in the context's
/// log; called by begin().
Result<> recover(const QString &environmentFolder, const JobContext &context = JobContext::unwatched());

/// The same for whoever only looks: when nothing broke off, those who change the environment are not waited
/// for.
Result<> recoverIfUnfinished(const QString &environmentFolder, const JobContext &context);

} // namespace sconce::wheel
