// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"

namespace sconce::metadata {

/// One row of RECORD. https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
struct RecordRow {
    QString path;
    /// "sha256=…" urlsafe base64 without padding, or empty.
    QString hash;
    std::optional<qint64> size;
    bool operator==(const RecordRow &) const = default;
};

/// Bounded: at most 500,000 rows. BadInput names the line.
Result<std::vector<RecordRow>> parseRecord(const QByteArray &bytes);
/// Sorted by path bytes, "\n", quoted only where needed.
QByteArray writeRecord(std::vector<RecordRow> rows);

/// name = module:attr [extras] from entry_points.txt.
struct EntryPoint {
    QString name;
    QString module;
    QString attribute;
    bool operator==(const EntryPoint &) const = default;
};
struct EntryPoints {
    std::vector<EntryPoint> consoleScripts;
    std::vector<EntryPoint> guiScripts;
};
/// Refuses names and values that could leave the scripts folder or inject code (reliability.md A69–A72).
Result<EntryPoints> parseEntryPoints(const QByteArray &bytes);

/// direct_url.json, PEP 610.
struct DirectUrl {
    QString url;
    bool isArchive = true;
    bool isDirectory = false;
    bool isEditable = false;
    static Result<DirectUrl> parse(const QByteArray &bytes);
    QByteArray write() const;
};

} // namespace sconce::metadata
