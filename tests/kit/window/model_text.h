// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemModel>

namespace sconce::kit {

/// A model as text, for kept outputs: a row a line, its columns with " | " between, children indented below.
inline QByteArray asText(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QByteArray text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells.append(model.index(row, column, parent).data().toString());
        QByteArray line = QByteArray(depth * 4, ' ') + cells.join(QStringLiteral(" | ")).toUtf8();
        while (line.endsWith(' '))
            line.chop(1);
        text += line + '\n' + asText(model, model.index(row, 0, parent), depth + 1);
    }
    return text;
}

} // namespace sconce::kit
