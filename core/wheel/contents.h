// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "metadata/record.h"
#include "metadata/wheel_name.h"
#include "work/job_context.h"

namespace sconce::wheel {

/// Where the parts of a wheel go: the library folder itself, or one of the folders of NAME-VERSION.data.
/// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory
enum class Scheme { Library, Purelib, Platlib, Headers, Scripts, Data };

struct Placed {
    Scheme scheme = Scheme::Library;
    /// Below the scheme's folder.
    QString path;
};

/// What is in a checked wheel.
struct Contents {
    struct File {
        /// As in the archive.
        QString path;
        qint64 size = 0;
        /// SHA-256, 32 bytes.
        QByteArray digest;
        bool isExecutable = false;
        /// Of the unpacked file, in nanoseconds.
        qint64 changed = 0;
    };
    std::vector<File> files;
    /// Folders that the archive lists; some may be empty.
    QStringList folders;

    /// "NAME-VERSION.dist-info", as the wheel spells it.
    QString distInfo;
    /// "NAME-VERSION.data"; empty when there is none.
    QString dataFolder;
    bool isPure = true;
    metadata::EntryPoints entryPoints;
    std::vector<metadata::RecordRow> record;

    /// Nothing for the .data folder itself and the folders of its schemes.
    std::optional<Placed> placeOf(QStringView path) const;
};

using ReadFile = std::function<Result<QByteArray>(const QString &path)>;

/// Fills everything but `files` and `folders` from the names of all members (folders end in "/") and the
/// texts of .dist-info. BadInput for whatever reliability.md A58, A61 and A63–A71 refuse; notes for what it
/// accepts go to the log.
Result<Contents> checkContents(const metadata::WheelName &name, const QStringList &members,
    const ReadFile &read, const JobContext &context);

} // namespace sconce::wheel
