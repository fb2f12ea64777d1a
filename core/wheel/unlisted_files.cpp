// SPDX-License-Identifier: Apache-2.0
#include "wheel/unlisted_files.h"

#include <algorithm>

#include <QDirIterator>

#include "files/files.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;
using Kind = Fault::Kind;

namespace {

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
/// Python itself reads path files of any size; what is larger holds code in all likelihood.
constexpr qint64 MostPathFile = 1 << 20;
/// Deeper than any package; what is below is told as one.
constexpr int MostLevels = 128;

class Walk {
public:
    Walk(const Layout &layout, const ListedFiles &listed, const JobContext &context)
        : m_root(layout.root + u'/')
        , m_listed(listed)
        , m_context(context)
    {}

    struct Entry {
        /// With "/" at the end for a whole folder.
        QString path;
        std::size_t count = 1;
    };
    struct Found {
        std::vector<Entry> unlisted;
        /// Files in `unlisted`.
        std::size_t count = 0;
        bool hasListed = false;
    };

    Result<Found> folder(const QString &folder, int level)
    {
        Found found;
        QDirIterator entries(m_root + folder, Everything);
        while (entries.hasNext()) {
            SCONCE_TRY(m_context.goOn());
            const QFileInfo entry = entries.nextFileInfo();
            Found part = SCONCE_TRY(look(folder + u'/' + entry.fileName(), entry, level));
            found.hasListed |= part.hasListed;
            found.count += part.count;
            std::ranges::move(part.unlisted, std::back_inserter(found.unlisted));
        }
        if (!found.hasListed && found.count > 0)
            found.unlisted = {{folder + u'/', found.count}};
        return found;
    }

    Result<Found> look(const QString &path, const QFileInfo &entry, int level)
    {
        if (m_listed.contains(path))
            return Found{.hasListed = true};
        if (!entry.isSymLink() && entry.isDir()) {
            if (level < MostLevels)
                return folder(path, level + 1);
            return Found{{{path + u'/', 1}}, 1};
        }
        // Bytecode goes with its source, whoever that belongs to.
        const QString source = sourceOf(path);
        if (!source.isEmpty() && (m_listed.contains(source) || files::exists(m_root + source)))
            return Found{};
        return Found{{{path, 1}}, 1};
    }

private:
    QString m_root;
    const ListedFiles &m_listed;
    const JobContext &m_context;
};

/// Python runs lines that start so, and takes the others for folders.
/// https://docs.python.org/3/library/site.html
bool hasCode(const QString &pathFile)
{
    const Result<QByteArray> text = files::read(pathFile, MostPathFile);
    if (!text)
        return text.error().kind() == ErrorKind::BadInput;
    for (const QByteArray &line : text->split('\n')) {
        if (line.startsWith("import ") || line.startsWith("import\t"))
            return true;
    }
    return false;
}

/// What virtualenv and uv put into every environment they make.
bool isOfEnvironment(const QString &name, const QString &path)
{
    return name == u"_virtualenv.py"
        || (name == u"_virtualenv.pth"
            && files::read(path, 64).value_or(QByteArray()).trimmed() == "import _virtualenv");
}

bool runsAtStart(const QString &name, const QFileInfo &entry)
{
    if (name == u"sitecustomize.py" || name == u"usercustomize.py")
        return true;
    return name.endsWith(".pth"_L1) && entry.isFile() && !entry.isSymLink() && hasCode(entry.filePath());
}

} // namespace

Result<> tellUnlisted(const Layout &layout, const ListedFiles &listed, const QSet<QString> &claimed,
    std::vector<Fault> &faults, const JobContext &context)
{
    Walk walk(layout, listed, context);
    QStringList libraries{layout.purelib, layout.platlib};
    libraries.removeDuplicates();
    for (const QString &library : libraries) {
        QDirIterator entries(layout.root + u'/' + library, Everything);
        while (entries.hasNext()) {
            SCONCE_TRY(context.goOn());
            const QFileInfo entry = entries.nextFileInfo();
            const QString name = entry.fileName();
            const QString path = library + u'/' + name;
            if (name.endsWith(".dist-info"_L1) || isOfEnvironment(name, entry.filePath()))
                continue;
            if (runsAtStart(name, entry))
                faults.push_back({.kind = Kind::RunsAtStart, .package = listed.owner(path), .path = path});
            if (claimed.contains(name.toLower()))
                continue;
            const Walk::Found found = SCONCE_TRY(walk.look(path, entry, 0));
            for (const Walk::Entry &one : found.unlisted)
                faults.push_back({.kind = Kind::Unlisted, .path = one.path, .count = one.count});
        }
    }
    return {};
}

} // namespace sconce::wheel
