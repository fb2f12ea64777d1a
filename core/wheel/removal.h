// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_set>

#include "environment/virtual_environment.h"
#include "wheel/layout.h"

namespace sconce::wheel {

/// Files, links and empty folders that are to go, by path relative to the environment.
class Removal {
public:
    /// What the distribution's RECORD lists and what lies in its .dist-info folder, as far as it is there, is
    /// in the environment when all links on the way are followed, and is none of the environment's own files
    /// (reliability.md A61, A68). Rows that are not so are told in the log.
    Result<> add(const environment::Installed &installed, const Layout &layout, const JobContext &context);

    /// Files that a distribution which stays lists as well stay with it (A76). Then bytecode whose source
    /// goes or is gone is added.
    Result<> settle(const Layout &layout, const JobContext &context);

    bool contains(const QString &path) const { return m_paths.contains(path); }
    /// In order of their names.
    std::vector<QString> paths() const;
    bool isEmpty() const { return m_paths.empty(); }

private:
    Result<> keepShared(const Layout &layout, const QString &library, const JobContext &context);
    void addBytecode(const Layout &layout);

    std::unordered_set<QString> m_paths;
    /// .dist-info folders, relative.
    std::unordered_set<QString> m_distributions;
};

/// Rows of a RECORD as paths relative to the environment, links on the way followed.
class RecordPaths {
public:
    /// `library`: the folder that rows are relative to, itself relative to the environment.
    RecordPaths(const Layout &layout, QString library);
    /// Absent: not even the folder is there.
    enum class Fault { Absent, Outside };
    std::expected<QString, Fault> path(const QString &row);

private:
    QString m_root;
    QString m_realRoot;
    QString m_library;
    QHash<QString, QString> m_realFolders;
};

} // namespace sconce::wheel
