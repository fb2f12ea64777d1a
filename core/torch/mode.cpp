// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>

#include "torch/backends.h"

namespace sconce::torch {

using namespace Qt::StringLiterals;

namespace {

/// Jaro similarity, 0 to 1: equal characters at most half the longer word apart, less those out of order. The
/// reference measures with it, and its suggestions are part of its behaviour.
double similarity(QStringView left, QStringView right)
{
    if (left.isEmpty() || right.isEmpty())
        return 0;
    const qsizetype reach = std::max<qsizetype>(0, std::max(left.size(), right.size()) / 2 - 1);
    QString leftMatches;
    std::vector<bool> taken(std::size_t(right.size()));
    for (qsizetype index = 0; index < left.size(); ++index) {
        const qsizetype last = std::min(right.size() - 1, index + reach);
        for (qsizetype other = std::max<qsizetype>(0, index - reach); other <= last; ++other) {
            if (taken[std::size_t(other)] || left[index] != right[other])
                continue;
            taken[std::size_t(other)] = true;
            leftMatches += left[index];
            break;
        }
    }
    if (leftMatches.isEmpty())
        return 0;
    qsizetype matched = 0;
    int outOfOrder = 0;
    for (qsizetype other = 0; other < right.size(); ++other) {
        if (taken[std::size_t(other)] && right[other] != leftMatches[matched++])
            ++outOfOrder;
    }
    const double matches = double(matched);
    return (matches / double(left.size()) + matches / double(right.size())
               + (matches - outOfOrder / 2.0) / matches)
        / 3;
}

} // namespace

Result<Mode> Mode::parse(QStringView text)
{
    if (text == "auto"_L1)
        return Mode();
    if (const Backend *backend = findBackend(text))
        return Mode{backend};

    QStringList names{u"auto"_s};
    for (const Backend &backend : backends())
        names.append(backend.name);
    Error error(ErrorKind::BadInput,
        text.isEmpty() ? QCoreApplication::translate("torch", "The name of a PyTorch backend is missing")
                       : QCoreApplication::translate("torch", "There is no PyTorch backend “%1”").arg(text));
    error =
        std::move(error).detail(QCoreApplication::translate("torch", "Names: %1").arg(names.join(u", "_s)));
    // Of equally similar names the last one is taken; below 0.7 nothing is said.
    QString nearest;
    double best = 0.7;
    for (const QString &name : names) {
        if (const double measure = similarity(text, name); measure > 0.7 && measure >= best) {
            best = measure;
            nearest = name;
        }
    }
    if (!nearest.isEmpty())
        error = std::move(error).hint(QCoreApplication::translate("torch", "Use “%1”").arg(nearest));
    return std::unexpected(std::move(error));
}

} // namespace sconce::torch
