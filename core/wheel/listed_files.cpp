// SPDX-License-Identifier: Apache-2.0
#include "wheel/listed_files.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <sys/stat.h>

#include "files/digest.h"
#include "files/files.h"
#include "wheel/scripts.h"
#include "work/each.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;
using Kind = Fault::Kind;

namespace {

/// The longest path and what may stand around it.
constexpr qint64 MostScriptHead = 8 << 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

} // namespace

QString sourceOf(const QString &path)
{
    const qsizetype name = path.lastIndexOf(u'/') + 1;
    const QStringView folder = QStringView(path).first(name);
    if (folder != u"__pycache__/" && !folder.endsWith(u"/__pycache__/"))
        return {};
    const qsizetype dot = path.indexOf(u'.', name);
    if (dot < 0)
        return {};
    return path.first(name - QStringView(u"__pycache__/").size()) + path.sliced(name, dot - name) + u".py"_s;
}

Result<> ListedFiles::add(const environment::Installed &installed, const QString &distInfo,
    const std::vector<metadata::RecordRow> &rows, std::vector<Fault> &faults, const JobContext &context)
{
    const std::size_t number = m_distributions.size();
    m_distributions.push_back({installed.name, distInfo});
    const QString library = distInfo.left(distInfo.lastIndexOf(u'/'));
    Fault notItsOwn{.kind = Kind::NotItsOwn, .package = installed.name, .distInfo = distInfo, .count = 0};
    Fault behindLink = notItsOwn;
    behindLink.kind = Kind::BehindLink;
    const auto count = [](Fault &fault, const QString &path) {
        if (fault.count++ == 0)
            fault.path = path;
    };
    const QDir folder(m_layout.root + u'/' + library);
    RecordPaths paths(m_layout, library);
    for (const metadata::RecordRow &row : rows) {
        SCONCE_TRY(context.goOn());
        const auto found = paths.path(row.path);
        const bool isOutside = !found && found.error() == RecordPaths::Fault::Outside;
        // As the row means it, links not followed.
        const QString whole = QDir::cleanPath(folder.filePath(row.path));
        const bool isMeantInside = whole.startsWith(m_layout.root + u'/');
        const QString plain =
            found.value_or(isMeantInside ? whole.sliced(m_layout.root.size() + 1) : row.path);
        if (isOutside && isMeantInside) {
            count(behindLink, plain);
            continue;
        }
        if (isOutside || environment::isOwnFile(plain)) {
            count(notItsOwn, row.path);
            continue;
        }
        // RECORD cannot hold its own digest.
        const bool isRecord = plain == distInfo + "/RECORD"_L1;
        auto place = m_index.constFind(plain);
        if (place == m_index.constEnd()) {
            place = m_index.insert(plain, m_files.size());
            m_files.push_back({plain, {}});
        }
        std::vector<Owner> &owners = m_files[*place].owners;
        if (!owners.empty() && owners.back().distribution == number)
            continue; // listed twice: the first row counts
        owners.push_back({number, isRecord ? QString() : row.hash, isRecord ? std::nullopt : row.size});
    }
    for (Fault *fault : {&notItsOwn, &behindLink}) {
        if (fault->count > 0)
            faults.push_back(std::move(*fault));
    }
    return {};
}

void ListedFiles::addPrograms(const Result<metadata::EntryPoints> &points)
{
    if (!points)
        return;
    for (const auto *list : {&points->consoleScripts, &points->guiScripts}) {
        for (const metadata::EntryPoint &point : *list)
            m_programs.insert(m_layout.scripts + u'/' + point.name);
    }
}

std::optional<names::PackageName> ListedFiles::owner(const QString &path) const
{
    const auto found = m_index.constFind(path);
    if (found == m_index.constEnd())
        return std::nullopt;
    return m_distributions[m_files[*found].owners.front().distribution].package;
}

bool ListedFiles::isMadeAnew(const QString &path) const
{
    const QString source = sourceOf(path);
    return !source.isEmpty() && (contains(source) || files::exists(m_layout.root + u'/' + source));
}

Result<> ListedFiles::compare(std::vector<Fault> &faults, const JobContext &context) const
{
    qint64 total = 0;
    for (const File &file : m_files)
        total += file.owners.front().size.value_or(0);
    context.progress().setTotal(total);
    std::vector<Look> looks(m_files.size());
    const auto look = [&](std::size_t i) -> Result<> {
        looks[i] = SCONCE_TRY(lookAt(m_files[i], context));
        context.progress().add(m_files[i].owners.front().size.value_or(0));
        return {};
    };
    SCONCE_TRY(each(m_files.size(), processors(), look, context));
    std::vector<Fault> missing;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        if (looks[i].isThere)
            tellDifferences(m_files[i], looks[i], faults);
        else if (!isMadeAnew(m_files[i].path))
            tellMissing(m_files[i], missing);
    }
    joinEmptied(missing);
    std::ranges::move(missing, std::back_inserter(faults));
    return {};
}

Result<ListedFiles::Look> ListedFiles::lookAt(const File &file, const JobContext &context) const
{
    const QString path = m_layout.root + u'/' + file.path;
    struct stat facts{};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return Look{};
    Look look{.isThere = true, .matches = std::vector<bool>(file.owners.size())};
    if (S_ISLNK(facts.st_mode))
        look.difference = tr("a link to “%1”").arg(QFile::symLinkTarget(path));
    else if (S_ISDIR(facts.st_mode))
        look.difference = tr("a folder");
    else if (!S_ISREG(facts.st_mode))
        look.difference = tr("no file");
    // Python writes bytecode whenever it finds its own older than the source.
    if (!look.difference.isEmpty() || isMadeAnew(file.path)) {
        look.matches.assign(file.owners.size(), look.difference.isEmpty());
        return look;
    }
    std::map<QString, QString> digests;
    for (std::size_t i = 0; i < file.owners.size(); ++i) {
        Result<bool> isSame = matches(file.owners[i], path, facts.st_size, digests, context);
        if (!isSame && isSame.error().kind() == ErrorKind::Stopped)
            return std::unexpected(std::move(isSame).error());
        if (!isSame)
            look.difference = isSame.error().summary();
        look.matches[i] = isSame.value_or(false);
        if (isSame && !*isSame && look.difference.isEmpty()) {
            const std::optional<qint64> size = file.owners[i].size;
            look.difference = size && *size != facts.st_size
                ? tr("%1 bytes instead of %2").arg(facts.st_size).arg(*size)
                : tr("other contents");
        }
    }
    if (file.path.startsWith(m_layout.scripts + u'/'))
        look.python = foreignPython(file);
    return look;
}

Result<bool> ListedFiles::matches(const Owner &owner, const QString &path, qint64 size,
    std::map<QString, QString> &digests, const JobContext &context)
{
    if (owner.size && *owner.size != size)
        return false;
    const qsizetype sign = owner.hash.indexOf(u'=');
    if (sign < 0)
        return true;
    const QString algorithm = owner.hash.first(sign);
    if (!digests.contains(algorithm)) {
        const auto digest = SCONCE_TRY(files::digestOfFile(path, algorithm, context));
        digests[algorithm] = digest ? files::recordHash(algorithm, *digest) : QString();
    }
    QStringView listed = owner.hash;
    while (listed.size() > sign + 1 && listed.endsWith(u'='))
        listed.chop(1);
    return digests[algorithm].isEmpty() || digests[algorithm] == listed;
}

QString ListedFiles::foreignPython(const File &file) const
{
    QFile script(m_layout.root + u'/' + file.path);
    if (!script.open(QIODevice::ReadOnly))
        return {};
    const std::optional<QString> python = startedPython(script.read(MostScriptHead));
    if (!python)
        return {};
    const QString folder = QFileInfo(QFileInfo(*python).path()).path();
    const QString real = QFileInfo(folder).canonicalFilePath();
    if (real == QFileInfo(m_layout.root).canonicalFilePath())
        return {};
    // Packages bring scripts that start the system's Python, or that of whoever built them: those are as they
    // were made.
    const bool isGone = !files::exists(*python) && m_programs.contains(file.path);
    const bool isForeign = isGone || m_formerPlaces.contains(folder) || environment::isEnvironment(folder);
    return isForeign ? *python : QString();
}

void ListedFiles::tellDifferences(const File &file, const Look &look, std::vector<Fault> &faults) const
{
    const auto fault = [&](std::size_t owner, Kind kind, const QString &detail) {
        const Distribution &distribution = m_distributions[file.owners[owner].distribution];
        faults.push_back({kind, distribution.package, distribution.distInfo, file.path, detail});
    };
    const auto packageOf = [&](std::size_t owner) {
        return m_distributions[file.owners[owner].distribution].package;
    };
    const auto good = std::ranges::find(look.matches, true);
    const std::size_t holder = std::size_t(good - look.matches.begin());
    for (std::size_t i = 0; i < file.owners.size(); ++i) {
        if (look.matches[i])
            continue;
        const bool isAnothers = good != look.matches.end() && packageOf(holder) != packageOf(i);
        fault(i, isAnothers ? Kind::Shared : Kind::Changed,
            isAnothers ? packageOf(holder).text() : look.difference);
    }
    if (good != look.matches.end() && !look.python.isEmpty())
        fault(holder, Kind::ForeignPython, look.python);
}

void ListedFiles::tellMissing(const File &file, std::vector<Fault> &missing) const
{
    for (const Owner &owner : file.owners) {
        const Distribution &distribution = m_distributions[owner.distribution];
        missing.push_back({Kind::Missing, distribution.package, distribution.distInfo, file.path, {}});
    }
}

/// A distribution without any of its code is told once.
void ListedFiles::joinEmptied(std::vector<Fault> &missing) const
{
    const auto isCode = [&](const QString &path, const QString &distInfo) {
        return m_layout.isInLibrary(path) && !path.startsWith(distInfo + u'/') && sourceOf(path).isEmpty();
    };
    QHash<QString, std::size_t> left;
    for (const File &file : m_files) {
        for (const Owner &owner : file.owners) {
            const QString &distInfo = m_distributions[owner.distribution].distInfo;
            left[distInfo] += isCode(file.path, distInfo) ? 1U : 0U;
        }
    }
    const QHash<QString, std::size_t> listed = left;
    for (const Fault &fault : missing)
        left[fault.distInfo] -= isCode(fault.path, fault.distInfo) ? 1U : 0U;
    QHash<QString, Fault> emptied;
    const auto isJoined = [&](const Fault &fault) {
        if (!isCode(fault.path, fault.distInfo) || left[fault.distInfo] > 0 || listed[fault.distInfo] < 2)
            return false;
        emptied.insert(fault.distInfo,
            {Kind::NoCode, fault.package, fault.distInfo, fault.distInfo, {}, listed[fault.distInfo]});
        return true;
    };
    std::erase_if(missing, isJoined);
    for (const Fault &fault : std::as_const(emptied))
        missing.push_back(fault);
}

} // namespace sconce::wheel
