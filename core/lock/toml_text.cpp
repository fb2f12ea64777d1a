// SPDX-License-Identifier: Apache-2.0
#include "toml_text.h"

#include <algorithm>
#include <array>

namespace sconce::lock {

namespace {

constexpr bool isControl(char c)
{
    return uchar(c) < ' ' || c == 127;
}

/// Nonzero for what cannot stand in a basic string as it is.
constexpr auto Odd = [] {
    std::array<quint8, 256> odd{};
    for (std::size_t c = 0; c < odd.size(); ++c)
        odd[c] = isControl(char(c)) || c == '"' || c == '\\';
    return odd;
}();

/// So is almost all of a lock: one pass without a branch.
bool isPlain(QByteArrayView bytes)
{
    quint8 odd = 0;
    for (const char c : bytes)
        odd |= Odd[uchar(c)];
    return odd == 0;
}

/// Between `quotes`, with escapes where they are needed.
void appendEscaped(QByteArray &out, const QByteArray &bytes, QByteArrayView quotes)
{
    out.append(quotes);
    qsizetype run = 0; // quotes in a row; three would end the text, and so would one before the end
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        run = c == '"' ? run + 1 : 0;
        if (isControl(c))
            out.append("\\u" + QByteArray::number(c, 16).rightJustified(4, '0'));
        else if (c == '\\' || (c == '"' && (quotes.size() == 1 || run > 2 || i + 1 == bytes.size())))
            out.append('\\').append(c);
        else
            out.append(c);
    }
    out.append(quotes);
}

} // namespace

void appendString(QByteArray &out, QStringView text)
{
    const QByteArray bytes = text.toUtf8();
    if (isPlain(bytes)) {
        out.append('"').append(bytes).append('"');
        return;
    }
    const bool hasControl = std::ranges::any_of(bytes, isControl);
    if (!hasControl && !bytes.contains('\''))
        out.append('\'').append(bytes).append('\'');
    else
        appendEscaped(out, bytes, hasControl ? "\"" : "\"\"\"");
}

} // namespace sconce::lock
