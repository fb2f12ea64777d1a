// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/install.h"

namespace sconce::wheel {

/// A wheel that is put together here and not unpacked from an archive.
struct ComposedWheel {
    metadata::WheelName name;
    struct File {
        /// As in an archive.
        QString path;
        QByteArray bytes;
        /// Absolute: a file with these contents instead of `bytes`.
        QString copyOf{};
    };
    /// With METADATA, WHEEL and what else is in .dist-info, but no RECORD.
    std::vector<File> files;

    /// "NAME-VERSION.dist-info"
    static QString distInfo(const metadata::WheelName &name);
};

/// Writes the files into `folder`, which is made, and checks them like those of an archive.
Result<UnpackedWheel> compose(const ComposedWheel &wheel, const QString &folder, const JobContext &context);

/// Whether an installed distribution has these files with these contents, by its RECORD; WHEEL does not
/// count, which names the program that made it. No where a file cannot be read.
bool isInstalledAs(const environment::Installed &installed, const ComposedWheel &wheel);

} // namespace sconce::wheel
