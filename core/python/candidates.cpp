// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDir>
#include <QRegularExpression>
#include <QSet>

#include "python/interpreter.h"

namespace sconce::python {

using namespace Qt::StringLiterals;

namespace {

/// Names of versions, newest first: "3.12.10" before "3.12.9", "cpython-3.13.1-linux-x86_64-gnu" by what it
/// holds.
void sortByVersion(QStringList &names)
{
    static const QRegularExpression number(u"[0-9]+"_s);
    const auto numbers = [](const QString &name) {
        std::vector<int> found;
        for (const auto &match : number.globalMatch(name))
            found.push_back(match.captured().toInt());
        return found;
    };
    std::ranges::stable_sort(names, std::ranges::greater(), numbers);
}

class Collection {
public:
    /// The Pythons in one folder: plain names first, then "python3.12" from the newest on, then other
    /// implementations.
    void addFolder(const QString &folder)
    {
        static const QRegularExpression numbered(u"^(python|pypy|graalpy)3\\.[0-9]+t?$"_s);
        QStringList names = QDir(folder).entryList(
            {u"python3*"_s, u"pypy3*"_s, u"graalpy3*"_s}, QDir::Files | QDir::Executable);
        names.erase(std::remove_if(names.begin(), names.end(),
                        [](const QString &name) { return !numbered.match(name).hasMatch(); }),
            names.end());
        sortByVersion(names);
        std::ranges::stable_partition(
            names, [](const QString &name) { return name.startsWith("python"_L1); });
        for (const QString &name :
            QStringList{u"python3"_s, u"python"_s} + names + QStringList{u"pypy3"_s, u"graalpy"_s})
            add(folder, name);
    }

    /// Folders that hold one installation each, newest version first.
    void addInstallations(const QString &folder, const QString &bin = u"/bin"_s)
    {
        QStringList names = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        sortByVersion(names);
        for (const QString &name : names)
            addFolder(folder + u'/' + name + bin);
    }

    std::vector<QString> take() { return std::move(m_paths); }

private:
    void add(const QString &folder, const QString &name)
    {
        const QFileInfo file(folder + u'/' + name);
        if (!file.isFile() || !file.isExecutable())
            return;
        // The folder counts too: an environment's link leads to the same file as its base and is another
        // Python.
        const QString identity = QFileInfo(folder).canonicalFilePath() + u'\n' + file.canonicalFilePath();
        if (m_seen.contains(identity))
            return;
        m_seen.insert(identity);
        m_paths.push_back(file.absoluteFilePath());
    }

    std::vector<QString> m_paths;
    QSet<QString> m_seen;
};

} // namespace

std::vector<QString> candidates(const QHash<QString, QString> &variables)
{
    const QString home = variables.value(u"HOME"_s);
    const auto folder = [&](const QString &variable, const QString &otherwise) {
        const QString value = variables.value(variable);
        return value.isEmpty() ? home + otherwise : value;
    };
    Collection found;
    const QString data = folder(u"XDG_DATA_HOME"_s, u"/.local/share"_s);
    const QString own = variables.value(u"UV_PYTHON_INSTALL_DIR"_s);
    found.addInstallations(own.isEmpty() ? data + u"/uv/python"_s : own);
    for (const QString &entry : variables.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts))
        found.addFolder(entry);
    found.addInstallations(folder(u"PYENV_ROOT"_s, u"/.pyenv"_s) + u"/versions"_s);
    if (const QString active = variables.value(u"CONDA_PREFIX"_s); !active.isEmpty())
        found.addFolder(active + u"/bin"_s);
    for (const QString &name : {u"/miniforge3"_s, u"/miniconda3"_s, u"/anaconda3"_s})
        found.addFolder(home + name + u"/bin"_s);
    return found.take();
}

QString executableIn(const QString &environmentFolder)
{
    for (const QString &name : {u"/bin/python"_s, u"/bin/python3"_s, u"/Scripts/python.exe"_s}) {
        const QFileInfo file(environmentFolder + name);
        if (file.isFile() && file.isExecutable())
            return file.absoluteFilePath();
    }
    return {};
}

} // namespace sconce::python
