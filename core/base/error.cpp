// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

namespace sconce {

QString Place::text() const
{
    QString text = file;
    if (line > 0)
        text += QStringLiteral(":%1:%2").arg(line).arg(column);
    if (!lineText.isEmpty() && column > 0) {
        // Tabs stay tabs in the margin, so the caret stands under its character whatever a tab is worth.
        QString margin = lineText.left(column - 1);
        for (QChar &character : margin)
            character = character == u'\t' ? u'\t' : u' ';
        text += u'\n' + lineText + u'\n' + margin + QString(std::max(1, length), u'^');
    }
    return text;
}

QString Error::forLog() const
{
    QString text = m_summary;
    const auto indented = [](QString block) {
        return QStringLiteral("\n  ") + block.replace(u'\n', QStringLiteral("\n  "));
    };
    if (m_place)
        text += indented(m_place->text());
    for (const QString &step : m_steps)
        text += indented(step);
    if (!m_detail.isEmpty())
        text += indented(m_detail);
    return text;
}

} // namespace sconce
