// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include "work/job_context.h"

namespace sconce::process {

/// One program to start. No shell is between: arguments arrive as they are.
struct Command {
    /// A path, or a name without a slash that is looked up on PATH (the child's, when `environment` sets it).
    QString program;
    QStringList arguments;
    /// What the program reads from standard input; nothing more comes after it.
    QByteArray input;
    /// Where it runs; empty: the folder of this process.
    QString folder;
    /// Set over the inherited ones; a null QString removes the variable.
    QHash<QString, QString> environment;
    /// Wall-clock time it may take.
    std::chrono::milliseconds limit = std::chrono::seconds(30);
    /// Bytes kept of each stream; more is read and dropped.
    qint64 outputLimit = 4LL << 20;
};

struct Outcome {
    /// Exit status; the number of the signal when it crashed.
    int status = 0;
    /// A signal ended it, and it was not ours.
    bool crashed = false;
    /// The limit passed and it was ended.
    bool timedOut = false;
    QByteArray output;
    QByteArray errorOutput;

    bool succeeded() const { return status == 0 && !crashed && !timedOut; }
};

/// The only place that starts a program. It runs in a session of its own, without a terminal; nothing it
/// started outlives the call: its process group is killed when it ends, when the limit passes and when the
/// context is stopped. A non-zero status is an Outcome. Errors: NotFound when there is no such program or
/// folder, Denied when it may not be run, Stopped, Broken otherwise.
class Runner {
public:
    virtual ~Runner() = default;
    /// May be called from several threads at once.
    virtual Result<Outcome> run(const Command &command, const JobContext &context) = 0;
};

class SystemRunner final : public Runner {
public:
    Result<Outcome> run(const Command &command, const JobContext &context) override;
};

/// The file that `name` means on a PATH ("/usr/bin:/bin"): the first that is executable; empty when there is
/// none.
QString findOnPath(const QString &name, const QString &path);

} // namespace sconce::process
