// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include "plan/plan.h"

namespace sconce::sync {

/// A plan that was carried out, as it is remembered with the state it left (wheel/states.h).
struct AppliedPlan {
    /// UTC.
    QDateTime when;
    struct Package {
        names::PackageName name;
        /// Nothing: it was not installed.
        std::optional<versions::Version> from;
        std::optional<versions::Version> to;
        bool operator==(const Package &) const = default;
    };
    std::vector<Package> packages{};
    struct File {
        QString path;
        /// What its change meant, in a sentence.
        QString summary;
        bool operator==(const File &) const = default;
    };
    std::vector<File> files{};

    static AppliedPlan of(const plan::Plan &plan, const QDateTime &when);
    /// As a note of a state, and back; BadInput when it is none.
    QByteArray note() const;
    static Result<AppliedPlan> fromNote(const QByteArray &note);
};

} // namespace sconce::sync
