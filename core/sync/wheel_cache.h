// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/index_page.h"
#include "wheel/install.h"

namespace sconce::sync {

/// Where downloads and unpacked wheels lie in the cache:
///     wheels-2/<sha256>/<name>  an unpacked wheel, whole or absent; what was checked under one name of the
///                               file has not been under another
///     addresses-1/<key>         the SHA-256 of a file that an index lists without one
///     downloads/<key>.part      what came so far
///     downloads/<key>.lock      held by who downloads it
/// A change of what lies there gets another number.
class WheelCache {
public:
    explicit WheelCache(QString folder)
        : m_folder(std::move(folder))
    {}

    /// Makes the folders, and the mark that keeps backups away.
    Result<> prepare() const;
    /// Of the file as the index lists it, or as it came the last time; empty when unknown.
    QString knownDigest(const metadata::IndexFile &file) const;
    /// Stands for a file that is listed without SHA-256, as it is now: asked for before it is read. Empty
    /// where its digest cannot be remembered: it has one, or lies on this computer and changed a moment ago.
    QString addressKey(const metadata::IndexFile &file) const;
    Result<> rememberDigest(const QString &addressKey, const QString &sha256) const;
    QString unpackedFolder(const metadata::IndexFile &file, const QString &sha256) const;
    /// Whether an unpacked wheel is there, unread.
    bool contains(const metadata::IndexFile &file) const;
    /// The unpacked wheel, when it is there. A damaged one is removed, with a line in the log.
    Result<std::optional<wheel::UnpackedWheel>> find(
        const metadata::IndexFile &file, const JobContext &context) const;
    /// Whether every byte of the unpacked wheel is as it came; false when it is not there. Reads only.
    Result<bool> isWhole(const metadata::IndexFile &file, const JobContext &context) const;
    /// Removes the unpacked wheel, so that it is fetched again; environments keep what they have of it.
    Result<> drop(const metadata::IndexFile &file, const JobContext &context) const;
    /// The unpacked wheels of a version, whoever put them there, in no order.
    std::vector<metadata::IndexFile> unpackedOf(
        const names::PackageName &name, const versions::Version &version) const;
    QString partialFile(const metadata::IndexFile &file) const;
    QString lockFile(const metadata::IndexFile &file) const;

private:
    QString m_folder;
};

} // namespace sconce::sync
