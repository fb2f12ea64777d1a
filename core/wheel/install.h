// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "metadata/wheel_name.h"

namespace sconce::wheel {

/// An unpacked, checked wheel in the cache, ready to be linked into environments.
struct UnpackedWheel {
    QString folder;
    metadata::WheelName name;
};

/// Reads the archive, checks everything reliability.md § 6.A refuses (entries, dist-info, WHEEL, METADATA, RECORD,
/// entry points, .data schemes), and unpacks it into `folder`, which appears by rename when all of it held.
Result<UnpackedWheel> unpackChecked(const QString &archivePath, const metadata::WheelName &name, const QString &folder, const JobContext &context);

/// A change of an environment, prepared beside it and then exchanged in. Nothing in the environment changes before
/// commit(); commit is journalled, so after a crash the next command finishes it (recover).
class Transaction {
public:
    /// Takes the environment's lock (the same file uv takes) and recovers first.
    static Result<Transaction> begin(const python::Interpreter &environment, const JobContext &context);
    ~Transaction();
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(Transaction &&) noexcept;

    struct Source {
        UnpackedWheel wheel;
        /// Written as direct_url.json.
        std::optional<metadata::DirectUrl> directUrl;
        bool isRequested = true;
    };
    /// Stages one wheel: links files, writes scripts, INSTALLER ("sconce"), REQUESTED, RECORD.
    Result<> add(const Source &source, const JobContext &context);
    /// Marks an installed distribution for removal by its RECORD; files outside the environment are never touched.
    Result<> remove(const environment::Installed &installed, const JobContext &context);
    /// Makes it durable and visible. Not stoppable once begun.
    Result<> commit(const JobContext &context);

private:
    struct State;
    explicit Transaction(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Finishes or drops what a crash left behind; called by begin().
Result<> recover(const QString &environmentFolder);

} // namespace sconce::wheel
