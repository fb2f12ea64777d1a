// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"

namespace sconce::metadata {

/// One row of RECORD.
/// https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
struct RecordRow {
    QString path;
    /// "sha256=…" urlsafe base64 without padding, or empty.
    QString hash;
    std::optional<qint64> size;
    bool operator==(const RecordRow &) const = default;
};

/// As written, paths that leave the environment included: whoever follows one has to look. Bounded: at most
/// 500,000 rows. BadInput names the line.
Result<std::vector<RecordRow>> parseRecord(const QByteArray &bytes);
/// Sorted by path bytes, "\n", quoted only where needed.
QByteArray writeRecord(std::vector<RecordRow> rows);

/// name = module:attr [extras] from entry_points.txt; extras are not kept.
/// https://packaging.python.org/en/latest/specifications/entry-points/
struct EntryPoint {
    QString name;
    QString module;
    QString attribute;
    bool operator==(const EntryPoint &) const = default;
};
struct EntryPoints {
    /// Each name once; of a repeated one the last.
    std::vector<EntryPoint> consoleScripts;
    std::vector<EntryPoint> guiScripts;
    bool operator==(const EntryPoints &) const = default;
};
/// Refuses names and values that could leave the scripts folder, replace a file of the environment or inject
/// code (reliability.md A69–A72); BadInput with the line.
Result<EntryPoints> parseEntryPoints(const QByteArray &bytes);
/// Whether a script of this name would stand in the place of an interpreter or an activation script, in any
/// case and with the spellings that Windows takes for the same.
bool isReservedScriptName(QStringView name);

/// direct_url.json, PEP 610.
struct DirectUrl {
    QString url;
    /// Neither an archive nor a directory: a repository.
    bool isArchive = true;
    bool isDirectory = false;
    bool isEditable = false;
    static Result<DirectUrl> parse(const QByteArray &bytes);
    /// On one line, as the reference writes it.
    QByteArray write() const;
    bool operator==(const DirectUrl &) const = default;
};

} // namespace sconce::metadata
