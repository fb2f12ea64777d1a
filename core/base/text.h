// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>
#include <QStringList>

namespace sconce {

/// The known word most like `word`, for "did you mean"; nothing when none is close (at most a third of it
/// differs).
std::optional<QString> mostSimilar(QStringView word, const QStringList &known);

/// "902 MB", "1.4 GB": decimal units, one digit below ten. Negative: "unknown size".
QString sizeText(qint64 bytes);

/// The text for a sentence: without white space around it, and cut off with "…" after `longest` characters.
QString elided(QStringView text, qsizetype longest = 80);

/// "a", "a and b", "a, b and c".
QString listText(const QStringList &words);

/// For tables by text in which a part of another text is looked up without a copy.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(QStringView text) const noexcept { return qHash(text); }
};

} // namespace sconce
