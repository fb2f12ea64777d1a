// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include <QHash>
#include <QSet>

#include "wheel/audit.h"
#include "wheel/removal.h"

namespace sconce::wheel {

/// What the RECORDs of an environment list, each file once, whoever lists it.
class ListedFiles {
public:
    ListedFiles(const Layout &layout, const QStringList &formerPlaces)
        : m_layout(layout)
        , m_formerPlaces(formerPlaces)
    {}

    /// Takes the rows of one distribution; what they say of places that are not its own becomes faults.
    Result<> add(const environment::Installed &installed, const QString &distInfo,
        const std::vector<metadata::RecordRow> &rows, std::vector<Fault> &faults, const JobContext &context);
    /// Scripts that an installer makes, for the environment's Python; none when the entry points cannot be
    /// read.
    void addPrograms(const Result<metadata::EntryPoints> &points);
    /// Compares all of them with the disk, several at once.
    Result<> compare(std::vector<Fault> &faults, const JobContext &context) const;

    bool contains(const QString &path) const { return m_index.contains(path); }
    /// The first package that lists it.
    std::optional<names::PackageName> owner(const QString &path) const;
    std::size_t size() const { return m_files.size(); }

private:
    struct Distribution {
        names::PackageName package;
        QString distInfo;
    };
    struct Owner {
        std::size_t distribution = 0;
        /// "sha256=…", or empty.
        QString hash;
        std::optional<qint64> size;
    };
    struct File {
        QString path;
        std::vector<Owner> owners;
    };
    /// What became of a file: whether each owner has what it lists, and in what it differs.
    struct Look {
        bool isThere = false;
        std::vector<bool> matches;
        QString difference;
        /// Of another environment, which the script starts.
        QString python;
    };
    /// Bytecode in __pycache__ with a source: Python writes it whenever it likes.
    bool isMadeAnew(const QString &path) const;
    Result<Look> lookAt(const File &file, const JobContext &context) const;
    /// `digests`: what was worked out for this file, by algorithm.
    static Result<bool> matches(const Owner &owner, const QString &path, qint64 size,
        std::map<QString, QString> &digests, const JobContext &context);
    QString foreignPython(const File &file) const;
    void tellDifferences(const File &file, const Look &look, std::vector<Fault> &faults) const;
    void tellMissing(const File &file, std::vector<Fault> &missing) const;
    void joinEmptied(std::vector<Fault> &missing) const;

    const Layout &m_layout;
    const QStringList m_formerPlaces;
    QSet<QString> m_programs;
    std::vector<Distribution> m_distributions;
    std::vector<File> m_files;
    QHash<QString, std::size_t> m_index;
};

/// The source that bytecode in a __pycache__ folder was made of; empty for other files.
QString sourceOf(const QString &path);

} // namespace sconce::wheel
