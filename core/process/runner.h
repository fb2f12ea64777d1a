// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include "work/job_context.h"

namespace sconce::process {

struct Command {
    /// Absolute, or a name looked up on PATH.
    QString program;
    QStringList arguments;
    QByteArray input;
    QString folder;
    /// Set over the inherited ones; a null QString removes the variable.
    QHash<QString, QString> environment;
    std::chrono::milliseconds limit = std::chrono::seconds(30);
    /// What is kept of each stream; more is dropped.
    qint64 outputLimit = 4LL << 20;
};

struct Outcome {
    int status = 0;
    bool crashed = false;
    bool timedOut = false;
    QByteArray output;
    QByteArray errorOutput;
};

/// The only place that starts a program. NotFound when there is none of that name. The whole process group ends when
/// the limit passes or the context is stopped. A non-zero status is an Outcome, not an error.
class Runner {
public:
    virtual ~Runner() = default;
    virtual Result<Outcome> run(const Command &command, const JobContext &context) = 0;
};

class SystemRunner final : public Runner {
public:
    Result<Outcome> run(const Command &command, const JobContext &context) override;
};

} // namespace sconce::process
