// SPDX-License-Identifier: Apache-2.0
#include "metadata/record.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringDecoder>

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

constexpr std::size_t MostRows = 500'000;

std::unexpected<Error> refused(int line, const QString &sentence)
{
    return std::unexpected(Error(ErrorKind::BadInput, sentence).at({u"RECORD"_s, line, 1, 1, {}}));
}

/// Comma-separated values with "\"" around those that need it, as Python's csv module reads them (RFC 4180).
class Reader {
    Q_DECLARE_TR_FUNCTIONS(metadata)

public:
    explicit Reader(QStringView text)
        : m_text(text)
    {}

    bool isAtEnd() const { return m_position == m_text.size(); }
    int line() const { return m_line; }
    /// The fields of one row; empty for an empty line.
    Result<QStringList> readRow();

private:
    Result<QString> readField();
    bool isAtLineEnd() const
    {
        return isAtEnd() || m_text[m_position] == u'\n' || m_text[m_position] == u'\r';
    }
    void skipLineEnd();

    QStringView m_text;
    qsizetype m_position = 0;
    int m_line = 1;
};

void Reader::skipLineEnd()
{
    if (isAtEnd())
        return;
    m_position += m_text.sliced(m_position).startsWith("\r\n"_L1) ? 2 : 1;
    ++m_line;
}

Result<QString> Reader::readField()
{
    QString field;
    if (isAtEnd() || m_text[m_position] != u'"') {
        while (!isAtLineEnd() && m_text[m_position] != u',')
            field += m_text[m_position++];
        return field;
    }
    const int start = m_line;
    for (++m_position; !isAtEnd(); ++m_position) {
        const bool isQuote = m_text[m_position] == u'"';
        if (isQuote && !m_text.sliced(m_position + 1).startsWith(u'"')) {
            ++m_position;
            if (isAtLineEnd() || m_text[m_position] == u',')
                return field;
            return refused(m_line, tr("RECORD has text behind a closing quote in line %1").arg(m_line));
        }
        m_position += isQuote;
        m_line += m_text[m_position] == u'\n';
        field += m_text[m_position];
    }
    return refused(start, tr("RECORD has a quote in line %1 that is never closed").arg(start));
}

Result<QStringList> Reader::readRow()
{
    QStringList fields;
    if (!isAtLineEnd()) {
        fields += SCONCE_TRY(readField());
        while (!isAtEnd() && m_text[m_position] == u',') {
            ++m_position;
            fields += SCONCE_TRY(readField());
        }
    }
    skipLineEnd();
    return fields;
}

QString quotedWhereNeeded(const QString &text)
{
    const bool isNeeded =
        std::ranges::any_of(text, [](QChar unit) { return QStringView(u",\"\r\n").contains(unit); });
    return isNeeded ? u'"' + QString(text).replace(u'"', "\"\""_L1) + u'"' : text;
}

} // namespace

Result<std::vector<RecordRow>> parseRecord(const QByteArray &bytes)
{
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    if (decode.hasError())
        return refused(0, QCoreApplication::translate("metadata", "RECORD is not UTF-8 text"));
    std::vector<RecordRow> rows;
    for (Reader reader(text); !reader.isAtEnd();) {
        const int line = reader.line();
        const QStringList fields = SCONCE_TRY(reader.readRow());
        if (fields.isEmpty())
            continue;
        if (fields.size() != 3 || fields[0].isEmpty())
            return refused(line,
                QCoreApplication::translate("metadata", "RECORD should have path, hash and size in line %1")
                    .arg(line));
        if (rows.size() == MostRows)
            return refused(line,
                QCoreApplication::translate("metadata", "RECORD lists more than %L1 files").arg(MostRows));
        RecordRow row{fields[0], fields[1], std::nullopt};
        if (!fields[2].isEmpty()) {
            bool isNumber = false;
            row.size = fields[2].toLongLong(&isNumber);
            if (!isNumber || *row.size < 0)
                return refused(line,
                    QCoreApplication::translate(
                        "metadata", "RECORD has “%1” in line %2 where a size is needed")
                        .arg(elided(fields[2]))
                        .arg(line));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QByteArray writeRecord(std::vector<RecordRow> rows)
{
    std::ranges::stable_sort(rows, {}, [](const RecordRow &row) { return row.path.toUtf8(); });
    QByteArray bytes;
    for (const RecordRow &row : rows) {
        const QString size = row.size ? QString::number(*row.size) : QString();
        bytes +=
            QStringList{quotedWhereNeeded(row.path), quotedWhereNeeded(row.hash), size}.join(u',').toUtf8()
            + '\n';
    }
    return bytes;
}

} // namespace sconce::metadata
