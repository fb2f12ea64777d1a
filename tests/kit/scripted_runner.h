// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <vector>

#include "process/runner.h"

namespace sconce::kit {

/// Starts nothing: answers by a script. A command that is not in it does not exist.
class ScriptedRunner final : public process::Runner {
public:
    struct Row {
        /// Program and arguments with a blank between; "python3 *" stands for any arguments.
        QString run;
        process::Outcome outcome;
    };

    ScriptedRunner() = default;
    explicit ScriptedRunner(std::vector<Row> rows)
        : m_rows(std::move(rows))
    {}
    /// A list of {"run", "output", "errorOutput", "status", "crashed", "timedOut"}; all but the first may be
    /// left out. No file, no commands.
    static std::vector<Row> read(const QString &path);

    void add(Row row) { m_rows.push_back(std::move(row)); }
    Result<process::Outcome> run(const process::Command &command, const JobContext &context) override;
    /// What was asked for, in order, found or not.
    QStringList calls() const;

private:
    std::vector<Row> m_rows;
    mutable std::mutex m_lock;
    QStringList m_calls;
};

} // namespace sconce::kit
