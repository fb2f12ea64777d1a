// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

class QFile;

namespace sconce::files {

/// A folder of small cache entries by key, each a file of its own. An entry appears whole or not at all and
/// is checked when it is read: a bad one (cut, altered, under another's name) is as good as none, and is
/// removed. Several threads and programs may use one folder. Nothing is made durable: what a power cut
/// damages is fetched again.
class EntryStore {
public:
    /// The folder is made with the first entry. Empty: nothing is kept.
    explicit EntryStore(QString folder)
        : m_folder(std::move(folder))
    {}

    struct Entry {
        QByteArray head;
        QByteArray body;
    };
    /// The head alone: a fraction of the work for an entry with a large body.
    std::optional<QByteArray> readHead(const QByteArray &key) const;
    std::optional<Entry> read(const QByteArray &key) const;
    /// A cache that cannot be written is no reason to stop, so this says nothing (the log does).
    void write(const QByteArray &key, const QByteArray &head, const QByteArray &body) const;
    void remove(const QByteArray &key) const;

private:
    struct Frame;
    QString pathOf(const QByteArray &key) const;
    std::optional<Frame> readFrame(QFile &file, const QByteArray &key) const;
    std::nullopt_t dropped(const QByteArray &key) const;

    QString m_folder;
};

} // namespace sconce::files
