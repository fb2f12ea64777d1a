// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_set>

#include "wheel/install.h"
#include "wheel/layout.h"

namespace sconce::wheel {

/// Files of wheels in a folder of their own, laid out as they will be in the environment.
class Staged {
public:
    /// `folder` is made; on the volume of the environment.
    Staged(QString folder, files::LinkMode first)
        : m_folder(std::move(folder))
        , m_linkMode(first)
    {}

    Result<> add(const Transaction::Source &source, const Layout &layout, const JobContext &context);
    /// Once, after the last add: RECORD of each distribution, as its files are now.
    Result<> writeRecords(const Layout &layout);

    const QString &folder() const { return m_folder; }
    /// The package that owns a path relative to the environment; nothing when none does.
    std::optional<names::PackageName> owner(const QString &path) const;
    bool isEmpty() const { return m_distributions.empty(); }

private:
    struct File {
        names::PackageName package;
        QByteArray digest;
        qint64 size = 0;
    };
    struct Distribution {
        names::PackageName package;
        /// Relative to the environment.
        QString distInfo;
        QStringList paths;
    };
    /// Makes one file by `make`, which gets its absolute path, unless another wheel keeps the place.
    Result<> put(Distribution &distribution, const QString &path, const QByteArray &digest, qint64 size,
        const std::function<Result<>(const QString &)> &make, const JobContext &context);
    Result<> putText(Distribution &distribution, const QString &path, const QByteArray &text, int mode,
        const JobContext &context);
    Result<> putFile(Distribution &distribution, const Transaction::Source &source,
        const Contents::File &file, const Layout &layout, const JobContext &context);
    Result<> makeFolder(const QString &path);

    QString m_folder;
    files::LinkMode m_linkMode;
    std::vector<Distribution> m_distributions;
    QHash<QString, File> m_files;
    std::unordered_set<QString> m_folders;
};

} // namespace sconce::wheel
