// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include "actions/verify.h"
#include "process/runner.h"

namespace sconce::actions {

/// What verify.py told, and how its process ended.
struct VerifySteps {
    /// Steps that came to an end, in order: their results or the exceptions that ended them.
    std::vector<QJsonObject> ended;
    /// The step that was under way when the process ended by itself or was ended; empty when there was none.
    QJsonObject unfinished;
    process::Outcome outcome;
    std::chrono::seconds limit{};

    static VerifySteps read(const process::Outcome &outcome, std::chrono::seconds limit);
    /// Whether torch is installed, so that its ladder was begun.
    bool isAboutTorch() const;
    /// All ended steps of one rung.
    std::vector<QJsonObject> of(QLatin1StringView rung) const;
    bool isUnfinished(QLatin1StringView rung) const;
    /// "Python crashed while importing torch (signal 11)": why the process told no more.
    QString endSentence(const QString &doing) const;
    /// The last lines of its error stream.
    QString lastWords() const;
};

/// "the library “libcudart.so.12” is missing": an exception at import in a few words, with no full stop.
QString importFault(const QJsonObject &step);

/// The five rungs, or what was found without torch. `variables` are those the process ran with.
CheckReport climbedReport(const VerifySteps &steps, const hardware::DeviceReport &computer,
    const QHash<QString, QString> &variables);
CheckReport packagesReport(const VerifySteps &steps);
/// Summary for a failure, and the worst outcome.
void conclude(CheckReport &report);

} // namespace sconce::actions
