// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>
#include <QStringList>

namespace sconce {

/// The few kinds the interface reacts to differently. Everything else is Broken.
enum class ErrorKind { Broken, Stopped, Offline, NotFound, Denied, BadInput, BadHash, DiskFull };

/// Where in a file something stands. Lines and columns count from 1; columns and length in characters.
struct Place {
    QString file;
    int line = 0;
    int column = 0;
    int length = 1;
    /// The whole line, for drawing a caret under it; may be empty.
    QString lineText;

    /// "pyproject.toml:4:12", then the line and a caret where the line is known.
    QString text() const;
    bool operator==(const Place &) const = default;
};

/// One failure, told for two readers: a sentence for the person, details for the log.
class [[nodiscard]] Error {
public:
    Error(ErrorKind kind, QString summary)
        : m_kind(kind)
        , m_summary(std::move(summary))
    {}

    static Error stopped() { return {ErrorKind::Stopped, QString()}; }

    Error &&detail(QString text) &&
    {
        m_detail = std::move(text);
        return std::move(*this);
    }
    /// An imperative that could be a button: "Check the address of the index".
    Error &&hint(QString text) &&
    {
        m_hints.append(std::move(text));
        return std::move(*this);
    }
    /// Adds the outer step in which this happened, for example "while reading uv.lock".
    Error &&during(QString step) &&
    {
        m_steps.append(std::move(step));
        return std::move(*this);
    }
    Error &&at(Place place) &&
    {
        m_place = std::move(place);
        return std::move(*this);
    }

    /// The text that was read stands in `line`, from `offset` on: moves the place there.
    Error &&within(QStringView line, qsizetype offset) &&
    {
        if (m_place) {
            m_place->column += int(offset);
            m_place->lineText = line.toString();
        }
        return std::move(*this);
    }

    ErrorKind kind() const { return m_kind; }
    const QString &summary() const { return m_summary; }
    const QString &detail() const { return m_detail; }
    const QStringList &hints() const { return m_hints; }
    const QStringList &steps() const { return m_steps; }
    const std::optional<Place> &place() const { return m_place; }
    /// Summary, place, steps and detail, a line each: what a log or a terminal shows.
    QString forLog() const;

private:
    ErrorKind m_kind;
    QString m_summary;
    QString m_detail;
    QStringList m_hints;
    QStringList m_steps;
    std::optional<Place> m_place;
};

} // namespace sconce
