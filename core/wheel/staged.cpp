// SPDX-License-Identifier: Apache-2.0
#include "wheel/staged.h"

#include <algorithm>
#include <atomic>
#include <ranges>

#include <QCoreApplication>
#include <QFileInfo>

#include "files/digest.h"
#include "wheel/scripts.h"
#include "work/each.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr int ScriptMode = 0777;
constexpr int TextMode = 0666;

QStringView parentOf(QStringView path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 0));
}

/// Both count from the environment, and are clean.
QString relativeTo(QStringView folder, QStringView path)
{
    while (!folder.isEmpty()) {
        const qsizetype end = folder.indexOf(u'/');
        const QStringView part = end < 0 ? folder : folder.first(end);
        if (!path.startsWith(part) || path.size() <= part.size() || path[part.size()] != u'/')
            break;
        folder = end < 0 ? QStringView() : folder.sliced(end + 1);
        path = path.sliced(part.size() + 1);
    }
    const qsizetype up = folder.isEmpty() ? 0 : folder.count(u'/') + 1;
    return u"../"_s.repeated(up).append(path);
}

/// Written anew for each environment, whatever the wheel brings.
bool isRewritten(const Contents &contents, QStringView path)
{
    for (const QStringView name : {u"/RECORD", u"/INSTALLER", u"/REQUESTED", u"/direct_url.json"}) {
        if (path.size() == contents.distInfo.size() + name.size() && path.startsWith(contents.distInfo)
            && path.endsWith(name))
            return true;
    }
    return false;
}

} // namespace

Result<> Staged::makeFolder(const QString &path)
{
    if (!m_folders.insert(path).second)
        return {};
    return files::makeFolder(path.isEmpty() ? m_folder : m_folder + u'/' + path);
}

Result<bool> Staged::take(Distribution &distribution, const QString &path, const QByteArray &digest,
    qint64 size, const JobContext &context)
{
    distribution.paths.append(path);
    if (const auto there = m_files.constFind(path); there != m_files.constEnd()) {
        if (there->digest == digest)
            return false;
        context.progress().log(
            QCoreApplication::translate("wheel", "“%1” is in %2 and in %3, and not the same")
                .arg(path, there->package.text(), distribution.package.text()));
        if (distribution.package < there->package)
            return false;
        if (there->link)
            m_links[*there->link].from.clear();
        else
            SCONCE_TRY(files::remove(m_folder + u'/' + path));
    }
    m_files.insert(path, File{distribution.package, digest, size, std::nullopt});
    return true;
}

Result<> Staged::putText(Distribution &distribution, const QString &path, const QByteArray &text, int mode,
    const JobContext &context)
{
    if (!SCONCE_TRY(take(distribution, path, files::sha256(text), text.size(), context)))
        return {};
    SCONCE_TRY(makeFolder(parentOf(path).toString()));
    return files::writeNew(m_folder + u'/' + path, text, mode);
}

Result<> Staged::putFile(Distribution &distribution, const Transaction::Source &source,
    const Contents::File &file, const Layout &layout, const JobContext &context)
{
    const Contents &contents = *source.wheel.contents;
    const std::optional<Placed> placed = contents.placeOf(file.path);
    if (!placed || isRewritten(contents, file.path))
        return {};
    const QString from = source.wheel.folder + u"/files/"_s + file.path;
    const QString path = layout.target(*placed, contents, source.wheel.name.name);
    if (placed->scheme == Scheme::Scripts) {
        // Rewritten or made executable, it is a file of its own: a link would change the cache too.
        const QByteArray text = SCONCE_TRY(files::read(from));
        if (const std::optional<QByteArray> script = withInterpreter(text, layout.python()))
            return putText(distribution, path, *script, ScriptMode, context);
        if (!file.isExecutable)
            return putText(distribution, path, text, ScriptMode, context);
    }
    if (SCONCE_TRY(take(distribution, path, file.digest, file.size, context))) {
        m_files.find(path)->link = m_links.size();
        m_links.push_back({from, path});
    }
    return {};
}

Result<> Staged::add(const Transaction::Source &source, const Layout &layout, const JobContext &context)
{
    const Contents &contents = *source.wheel.contents;
    Distribution distribution{
        source.wheel.name.name, layout.library(contents) + u'/' + contents.distInfo, {}};
    for (const QString &folder : contents.folders) {
        if (const std::optional<Placed> placed = contents.placeOf(folder))
            SCONCE_TRY(makeFolder(layout.target(*placed, contents, distribution.package).chopped(1)));
    }
    for (const Contents::File &file : contents.files) {
        SCONCE_TRY(context.goOn());
        SCONCE_TRY(putFile(distribution, source, file, layout, context));
    }
    for (const auto *points : {&contents.entryPoints.consoleScripts, &contents.entryPoints.guiScripts}) {
        for (const metadata::EntryPoint &point : *points)
            SCONCE_TRY(putText(distribution, layout.scripts + u'/' + point.name,
                entryPointScript(point, layout.python()), ScriptMode, context));
    }
    SCONCE_TRY(putText(distribution, distribution.distInfo + u"/INSTALLER"_s, "sconce", TextMode, context));
    if (source.isRequested)
        SCONCE_TRY(putText(distribution, distribution.distInfo + u"/REQUESTED"_s, {}, TextMode, context));
    if (source.directUrl)
        SCONCE_TRY(putText(distribution, distribution.distInfo + u"/direct_url.json"_s,
            source.directUrl->write(), TextMode, context));
    m_distributions.push_back(std::move(distribution));
    return {};
}

/// Most of the time goes into making folders and links, which a file system does side by side where the
/// folders are not the same.
Result<> Staged::makeLinks(const JobContext &context)
{
    const auto isTogether = [](const Link &a, const Link &b) { return parentOf(a.to) == parentOf(b.to); };
    std::vector<std::span<const Link>> folders;
    for (const auto &folder : m_links | std::views::chunk_by(isTogether))
        folders.emplace_back(folder);
    // The largest first, so that none of them is left alone at the end.
    std::ranges::stable_sort(folders, std::greater(), &std::span<const Link>::size);
    // What one of them finds out about the volume, all go by.
    std::atomic mode = m_linkMode;
    const auto make = [&](std::size_t i) { return makeLinks(folders[i], mode, context); };
    return each(folders.size(), processors(), make, context);
}

Result<> Staged::makeLinks(
    std::span<const Link> links, std::atomic<files::LinkMode> &mode, const JobContext &context) const
{
    SCONCE_TRY(files::makeFolder(QFileInfo(m_folder + u'/' + links.front().to).path()));
    for (const Link &link : links) {
        SCONCE_TRY(context.goOn());
        if (!link.from.isEmpty())
            mode = SCONCE_TRY(files::linkOrCopy(link.from, m_folder + u'/' + link.to, mode));
    }
    return {};
}

Result<> Staged::finish(const JobContext &context)
{
    SCONCE_TRY(makeLinks(context));
    return writeRecords();
}

Result<> Staged::writeRecords()
{
    for (Distribution &distribution : m_distributions) {
        const QStringView library = parentOf(distribution.distInfo);
        const auto relative = [&](const QString &path) { return relativeTo(library, path); };
        std::vector<metadata::RecordRow> rows;
        distribution.paths.removeDuplicates();
        for (const QString &path : std::as_const(distribution.paths)) {
            // Signatures of RECORD itself cannot be in it.
            if (path.startsWith(distribution.distInfo + u"/RECORD."_s))
                continue;
            const File &file = *m_files.constFind(path);
            rows.push_back({relative(path), files::recordHash(file.digest), file.size});
        }
        const QString record = distribution.distInfo + u"/RECORD"_s;
        rows.push_back({relative(record), {}, std::nullopt});
        SCONCE_TRY(
            files::writeNew(m_folder + u'/' + record, metadata::writeRecord(std::move(rows)), TextMode));
        m_files.insert(record, File{distribution.package, {}, 0, std::nullopt});
    }
    return {};
}

std::optional<names::PackageName> Staged::owner(const QString &path) const
{
    const auto file = m_files.constFind(path);
    return file == m_files.constEnd() ? std::nullopt : std::optional(file->package);
}

} // namespace sconce::wheel
