// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include <QByteArrayView>

#include "files/descriptor.h"

namespace sconce::files {

/// Bytes of a file as memory; unmapped with the object.
class Mapping {
public:
    Mapping() = default;
    ~Mapping();
    Mapping(Mapping &&other) noexcept
        : m_bytes(std::exchange(other.m_bytes, {}))
        , m_skipped(std::exchange(other.m_skipped, 0))
    {}
    Mapping &operator=(Mapping &&) = delete;
    std::span<char> bytes() const { return m_bytes.subspan(m_skipped); }

    /// Part of a file, to read. Meant for files that nobody else changes: when one is cut short, touching
    /// what is gone kills.
    static Result<Mapping> ofFile(const Descriptor &file, qint64 first, qint64 length, const QString &path);

private:
    friend class NewFile;
    std::span<char> m_bytes;
    std::size_t m_skipped = 0;
};

/// A file being written under a name that nobody looks at yet: no fsync, no rename (that is writeWhole).
class NewFile {
public:
    /// `path` must not exist. `mode` less the umask; with any execute bit all three are set, whatever the
    /// umask.
    static Result<NewFile> create(const QString &path, int mode);
    Result<> write(QByteArrayView bytes);
    /// The whole file as memory to write into. Its room on the disk is taken first, so a full disk is an
    /// error here and not a signal later.
    Result<Mapping> map(qint64 size);
    /// Takes room on the disk, which the file gives back when it is removed.
    Result<> reserve(qint64 size);
    /// Some file systems tell only here that a write failed.
    Result<> close();

private:
    NewFile(Descriptor file, QString path)
        : m_file(std::move(file))
        , m_path(std::move(path))
    {}
    std::unexpected<Error> failed() const;
    Descriptor m_file;
    QString m_path;
};

} // namespace sconce::files
