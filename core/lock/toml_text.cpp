// SPDX-License-Identifier: Apache-2.0
#include "toml_text.h"

#include <algorithm>

namespace sconce::lock {

namespace {

bool isControl(char c)
{
    return uchar(c) < ' ' || c == 127;
}

/// Whether nothing in it needs an escape, which is so of almost all of a lock: one pass without a branch.
bool isPlain(QByteArrayView bytes)
{
    unsigned odd = 0;
    for (const char c : bytes)
        odd |= unsigned(isControl(c)) | unsigned(c == '"') | unsigned(c == '\\');
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
