// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "files/descriptor.h"
#include "files/digest.h"

namespace sconce::sync {

/// A download on its way: what came so far lies in a file, so a later try goes on from there, and its SHA-256
/// runs along.
class PartialFile {
public:
    /// Opens what an earlier try left, or an empty file.
    static Result<PartialFile> open(const QString &path, const JobContext &context);

    qint64 size() const { return m_size; }
    Result<> append(QByteArrayView bytes);
    /// Drops everything that came so far.
    Result<> restart();
    /// Lower-case hex of all bytes. The file takes no more.
    Result<QString> finish();

private:
    PartialFile(QString path, files::Descriptor file)
        : m_path(std::move(path))
        , m_file(std::move(file))
    {}

    QString m_path;
    files::Descriptor m_file;
    files::Sha256 m_digest;
    qint64 m_size = 0;
};

} // namespace sconce::sync
