// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDirIterator>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "environment/virtual_environment.h"
#include "files/digest.h"
#include "kit/golden.h"

namespace sconce::kit {

/// Where folders for very many small, synced files are made: in memory where there is such a place, and
/// programs may be started there.
inline QString quickFolder()
{
    const QString memory = QStringLiteral("/dev/shm");
    struct statvfs volume{};
    const bool isGood = QFileInfo(memory).isWritable() && ::statvfs("/dev/shm", &volume) == 0
        && (volume.f_flag & ST_NOEXEC) == 0;
    return (isGood ? memory : QDir::tempPath()) + QStringLiteral("/sconce-check-XXXXXX");
}

/// A virtual environment of a Python 3.12 that is only said to be there: nothing in it can run.
class SmallEnvironment {
public:
    SmallEnvironment() { QVERIFY(environment::make(root(), interpreter(), {}, JobContext::unwatched())); }

    QString root() const { return m_folder.filePath(QStringLiteral("env")); }
    /// Beside the environment, on the same volume.
    QString outside(const QString &name) const { return m_folder.filePath(name); }
    QString path(const QString &name) const { return root() + u'/' + name; }
    /// In site-packages.
    QString library(const QString &name = {}) const { return path(Library + u'/' + name); }
    QByteArray text(const QString &name) const { return slurp(path(name)); }

    python::Interpreter interpreter() const
    {
        python::Interpreter made;
        made.prefix = root();
        made.executable = root() + QStringLiteral("/bin/python");
        made.basePrefix = QStringLiteral("/usr");
        made.baseExecutable = QStringLiteral("/bin/sh");
        made.environment.osName = QStringLiteral("posix");
        made.environment.sysPlatform = QStringLiteral("linux");
        made.environment.platformPythonImplementation = QStringLiteral("CPython");
        made.environment.pythonFullVersion = QStringLiteral("3.12.1");
        made.abi = {.implementation = QStringLiteral("cpython"), .major = 3, .minor = 12};
        made.platform.architecture = QStringLiteral("x86_64");
        made.purelib = made.platlib = Library;
        made.scripts = QStringLiteral("bin");
        made.include = QStringLiteral("include/site/python3.12");
        return made;
    }

    std::vector<environment::Installed> installed() const
    {
        return environment::installedIn(interpreter(), JobContext::unwatched()).value();
    }

    /// Every entry but the lock and the states that can be gone back to: mode, SHA-256 or target, path;
    /// folders only when empty.
    QByteArray listing() const
    {
        constexpr QDir::Filters Everything =
            QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
        QStringList lines;
        QDirIterator entries(root(), Everything, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            const QFileInfo entry = entries.nextFileInfo();
            const QString name = entry.filePath().sliced(root().size() + 1);
            struct stat facts{};
            ::lstat(QFile::encodeName(entry.filePath()).constData(), &facts);
            const QString mode = QString::number(facts.st_mode & 07777, 8);
            if (name == QStringLiteral(".lock") || name.startsWith(QStringLiteral(".sconce-states")))
                continue;
            if (entry.isSymLink())
                lines.append(name + QStringLiteral(" -> ") + entry.symLinkTarget());
            else if (!entry.isDir())
                lines.append(name + u' ' + mode + u' ' + files::sha256Hex(placeless(entry.filePath())));
            else if (QDir(entry.filePath()).isEmpty(Everything))
                lines.append(name + QStringLiteral("/ ") + mode);
        }
        lines.sort();
        return lines.join(u'\n').replace(m_folder.path(), QStringLiteral("@")).toUtf8();
    }

private:
    /// The text of a file without what depends on the place: the path itself, and the digests of scripts in
    /// RECORD.
    QByteArray placeless(const QString &file) const
    {
        QByteArray text = slurp(file).replace(m_folder.path().toUtf8(), "@");
        if (!file.endsWith(QStringLiteral("/RECORD")))
            return text;
        QByteArrayList rows = text.split('\n');
        for (QByteArray &row : rows) {
            if (row.startsWith("../../../bin/"))
                row.truncate(row.indexOf(','));
        }
        return rows.join('\n');
    }

    inline static const QString Library = QStringLiteral("lib/python3.12/site-packages");
    QTemporaryDir m_folder{quickFolder()};
};

} // namespace sconce::kit
