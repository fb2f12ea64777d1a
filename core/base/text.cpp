// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include <QCoreApplication>
#include <QLocale>

namespace sconce {

namespace {

int editDistance(QStringView left, QStringView right)
{
    std::vector<int> row(std::size_t(right.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < left.size(); ++i) {
        int diagonal = row[0]++;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int changed = diagonal + (left[i] != right[qsizetype(j) - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

} // namespace

std::optional<QString> mostSimilar(QStringView word, const QStringList &known)
{
    std::optional<QString> best;
    int bestDistance = int(std::max<qsizetype>(1, word.size() / 3)) + 1;
    for (const QString &candidate : known) {
        const int distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

QString sizeText(qint64 bytes)
{
    if (bytes < 0)
        return QCoreApplication::translate("base", "unknown size");
    return QLocale().formattedDataSize(
        bytes, bytes < 10'000'000'000 && bytes >= 1'000'000'000 ? 1 : 0, QLocale::DataSizeSIFormat);
}

QString elided(QStringView text, qsizetype longest)
{
    text = text.trimmed();
    if (text.size() <= longest)
        return text.toString();
    const qsizetype end = longest - 1 - text[longest - 2].isHighSurrogate();
    return text.first(end).toString() + u'…';
}

QString listText(const QStringList &words)
{
    if (words.size() < 2)
        return words.join(QString());
    return QCoreApplication::translate("base", "%1 and %2")
        .arg(words.first(words.size() - 1).join(QStringLiteral(", ")), words.last());
}

} // namespace sconce
