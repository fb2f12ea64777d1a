// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include "requirements/requirements_file.h"

namespace sconce::requirements {

/// One line of a requirements file as it counts: continuation lines joined, comments gone, variables filled
/// in.
class RequirementsLine {
public:
    /// Those with anything in them.
    static std::vector<RequirementsLine> split(
        const QString &file, QStringView text, const QHash<QString, QString> &variables);

    const QString &text() const { return m_text; }
    /// Where `length` characters from `start` on are in the file. Of a line with variables, only the line is
    /// said.
    Place place(qsizetype start, qsizetype length) const;
    /// The error with its place in the file, and without passwords and the values of variables. Its place so
    /// far counts in a text that begins at `start` of this line.
    Error placed(const Error &error, qsizetype start) const;

private:
    /// A line of the file.
    struct Piece {
        qsizetype start = 0;
        int line = 0;
        QString written;
        bool hasVariables = false;
    };

    void append(
        int line, QStringView written, QStringView counting, const QHash<QString, QString> &variables);

    QString m_file;
    QString m_text;
    std::vector<Piece> m_pieces;
    QStringList m_variables;
};

} // namespace sconce::requirements
