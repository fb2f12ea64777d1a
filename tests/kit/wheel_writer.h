// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "kit/zip_writer.h"

namespace sconce::kit {

/// A small wheel with a true RECORD, whatever else is changed about it.
struct Wheel {
    QByteArray name = "pkg";
    QByteArray version = "1.0";
    QByteArray tag = "py3-none-any";
    /// Beside those of .dist-info.
    std::vector<ZipMember> files;
    QByteArray entryPoints;

    /// Texts instead of the usual ones; empty: without that file.
    std::optional<QByteArray> wheelText;
    std::optional<QByteArray> metadataText;
    std::optional<QByteArray> recordText;
    /// Instead of NAME-VERSION.
    std::optional<QByteArray> stem;
    /// Rows behind those of the files.
    QByteArray moreRecord;

    /// Adds a file.
    Wheel &file(const QByteArray &path, const QByteArray &text = {}, quint32 mode = 0100644);
    QString fileName() const;
    ZipArchive archive() const;
    QByteArray bytes() const { return archive().bytes(); }
};

/// A member as in a wheel; folders end in "/".
ZipMember wheelMember(const QByteArray &path, const QByteArray &text = {}, quint32 mode = 0100644);

} // namespace sconce::kit
