// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include <QDateTime>

#include "lock/lock.h"
#include "metadata/index_page.h"

namespace sconce::resolve {

/// A limit on the age of files as a person writes it (resolver.md § 4.3).
struct CutOff {
    /// Files from this time on do not exist.
    QDateTime time;
    /// As locks show it: a time, or a span before now (lock-format.md § 4).
    lock::Cutoff written;

    /// "2026-01-31" (that whole day, where the person is), "2026-01-31T12:00:00Z", "7 days", "1w 2d", "P7D".
    /// BadInput for others; months and years have no fixed length.
    static Result<CutOff> parse(const QString &text, const QDateTime &now);
    bool operator==(const CutOff &) const = default;
};

/// An entry without a value: all files count.
struct CutOffs {
    std::optional<CutOff> everywhere{};
    /// In place of `everywhere`, by the address of the index; see keyOf().
    std::map<QUrl, std::optional<CutOff>> indexes{};
    /// In place of both.
    std::map<names::PackageName, std::optional<CutOff>> packages{};

    /// Spellings of one address that mean the same index have the same key.
    static QUrl keyOf(const QUrl &index);
    /// Nothing: all files count.
    std::optional<QDateTime> of(
        const names::PackageName &package, const metadata::IndexLocation &index) const;
};

} // namespace sconce::resolve
