// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <span>
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
    /// Once, after the last add: the files themselves, several folders at a time, and RECORD of each
    /// distribution.
    Result<> finish(const JobContext &context);

    const QString &folder() const { return m_folder; }
    /// The package that owns a path relative to the environment; nothing when none does.
    std::optional<names::PackageName> owner(const QString &path) const;
    bool isEmpty() const { return m_distributions.empty(); }

private:
    struct File {
        names::PackageName package;
        QByteArray digest;
        qint64 size = 0;
        /// In m_links, of a file that is put there by finish().
        std::optional<std::size_t> link;
    };
    struct Link {
        /// Absolute; empty when another wheel has the place.
        QString from;
        /// Relative to the environment.
        QString to;
    };
    struct Distribution {
        names::PackageName package;
        /// Relative to the environment.
        QString distInfo;
        QStringList paths;
    };
    /// Whether the distribution gets the place: another wheel may keep it, or has to give it up.
    Result<bool> take(Distribution &distribution, const QString &path, const QByteArray &digest, qint64 size,
        const JobContext &context);
    Result<> putText(Distribution &distribution, const QString &path, const QByteArray &text, int mode,
        const JobContext &context);
    Result<> putFile(Distribution &distribution, const Transaction::Source &source,
        const Contents::File &file, const Layout &layout, const JobContext &context);
    Result<> makeFolder(const QString &path);
    Result<> makeLinks(
        std::span<const Link> links, std::atomic<files::LinkMode> &mode, const JobContext &context) const;
    Result<> makeLinks(const JobContext &context);
    Result<> writeRecords();

    QString m_folder;
    files::LinkMode m_linkMode;
    std::vector<Distribution> m_distributions;
    QHash<QString, File> m_files;
    std::vector<Link> m_links;
    std::unordered_set<QString> m_folders;
};

} // namespace sconce::wheel
