// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>

#include <QByteArray>
#include <QString>

namespace sconce::fuzz {

inline QByteArray bytes(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), qsizetype(size)};
}

/// Whatever the bytes are, also lone halves of surrogate pairs when the first is odd.
inline QString text(const uint8_t *data, size_t size)
{
    const QByteArray all = bytes(data, size);
    if (all.isEmpty() || all[0] % 2 == 0)
        return QString::fromUtf8(all);
    QString units;
    for (qsizetype i = 2; i < all.size(); i += 2)
        units += QChar(uchar(all[i - 1]), uchar(all[i]));
    return units;
}

/// Ends the run with the input that broke the rule.
inline void require(bool holds, const char *rule)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", rule);
    std::abort();
}

} // namespace sconce::fuzz
