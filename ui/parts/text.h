// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include <QString>

#include "base/text.h"

namespace sconce::ui {

/// Versions, paths, names, addresses: kept left to right inside right-to-left text (Unicode isolates).
/// Unchanged in a left-to-right interface, so that what is copied holds no invisible characters.
QString code(const QString &text);

/// "~/work/demo" for a folder below the person's home.
QString shortPath(const QString &path);

QString percentText(int percent);
/// "about 2 minutes", "a few seconds".
QString durationText(std::chrono::seconds duration);
/// "612 MB of 902 MB · 24 MB/s · about 1 minute left"; what is not known is left out, a negative total too.
QString transferText(qint64 done, qint64 total, std::optional<qint64> bytesPerSecond,
    std::optional<std::chrono::seconds> remaining);

} // namespace sconce::ui
