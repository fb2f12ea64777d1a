// SPDX-License-Identifier: Apache-2.0
#include "actions/requirement_sources.h"

#include <algorithm>
#include <iterator>

#include <QDir>
#include <QFileInfo>

#include "actions/words.h"
#include "base/safe_url.h"
#include "files/files.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LargestFile = 32LL << 20;

bool isWebAddress(const QString &path)
{
    return path.startsWith(u"http://") || path.startsWith(u"https://");
}

Result<QString> readFromWeb(const QString &address, const Tools &tools, const JobContext &context)
{
    const net::Request request{.url = QUrl(address), .limit = LargestFile};
    const net::Reply reply = SCONCE_TRY(tools.fetcher->fetch(request, context));
    if (reply.status != 200) {
        return std::unexpected(Error(
            ErrorKind::NotFound, Words::tr("“%1” answered %2").arg(safeText(request.url)).arg(reply.status)));
    }
    return QString::fromUtf8(reply.body);
}

} // namespace

Result<requirements::RequirementsFile> RequirementSet::readFile(
    const QString &written, const Tools &tools, const JobContext &context) const
{
    const QDir folder(m_sources.folder);
    const auto readText = [&](const QString &path) {
        return isWebAddress(path) ? readFromWeb(path, tools, context)
                                  : files::readText(folder.absoluteFilePath(path), LargestFile);
    };
    return requirements::RequirementsFile::read(written, readText, tools.variables);
}

Result<> RequirementSet::addFile(const QString &written, const Tools &tools, const JobContext &context)
{
    if (QFileInfo(written).fileName() == u"pyproject.toml") {
        if (m_isProjectWanted) {
            return std::unexpected(
                Error(ErrorKind::BadInput, Words::tr("Only one pyproject.toml can be named at a time")));
        }
        m_project = SCONCE_TRY(project::open(QDir(m_sources.folder).absoluteFilePath(written)));
        m_isProjectWanted = true;
        return {};
    }
    requirements::RequirementsFile file = SCONCE_TRY(readFile(written, tools, context));
    for (const Error &ignored : file.ignored)
        context.progress().log(ignored.forLog());
    std::ranges::move(file.requirements, std::back_inserter(m_file.requirements));
    std::ranges::move(file.constraints, std::back_inserter(m_file.constraints));
    std::ranges::move(file.extraIndexUrls, std::back_inserter(m_file.extraIndexUrls));
    std::ranges::move(file.findLinks, std::back_inserter(m_file.findLinks));
    if (!m_file.indexUrl)
        m_file.indexUrl = file.indexUrl;
    m_file.noIndex = m_file.noIndex || file.noIndex;
    return {};
}

Result<> RequirementSet::addConstraints(const QString &written, const Tools &tools, const JobContext &context)
{
    requirements::RequirementsFile file = SCONCE_TRY(readFile(written, tools, context));
    for (auto *list : {&file.requirements, &file.constraints}) {
        for (requirements::RequirementsFile::Entry &entry : *list) {
            entry.origin = u"-c "_s + entry.place.file;
            m_file.constraints.push_back(std::move(entry));
        }
    }
    return {};
}

/// Settings of a project that is only lived in must not stop a pip verb: what cannot be read is said and
/// passed over.
void RequirementSet::addContextProject(const JobContext &context)
{
    const std::optional<QString> root = project::findRoot(m_sources.folder);
    if (m_project || !root)
        return;
    Result<project::Project> opened = project::open(*root);
    if (opened)
        m_project = std::move(*opened);
    else
        context.progress().log(
            Words::tr("The settings of “%1” are not used: %2").arg(*root, opened.error().forLog()));
}

Result<RequirementSet> RequirementSet::read(
    const RequirementSources &sources, const Tools &tools, const JobContext &context)
{
    RequirementSet set;
    set.m_sources = sources;
    for (const QString &file : sources.files)
        SCONCE_TRY(set.addFile(file, tools, context));
    for (const QString &file : sources.constraints)
        SCONCE_TRY(set.addConstraints(file, tools, context));
    if (!set.m_isProjectWanted && !(sources.extras + sources.groups).isEmpty()) {
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("--extra and --group need a pyproject.toml to choose from"))
                .hint(Words::tr("Add -r pyproject.toml")));
    }
    set.addContextProject(context);
    return set;
}

Result<> RequirementSet::addWishes(WishList &list) const
{
    for (const QString &written : m_sources.requirements)
        SCONCE_TRY(list.addWritten(written));
    SCONCE_TRY(list.addFile(m_file));
    if (!m_isProjectWanted)
        return {};
    SCONCE_TRY(list.addProject(*m_project));
    for (const QString &text : m_sources.extras) {
        const names::ExtraName extra = SCONCE_TRY(names::ExtraName::parse(text));
        SCONCE_TRY(list.addExtra(*m_project, extra));
    }
    for (const QString &text : m_sources.groups) {
        const names::GroupName group = SCONCE_TRY(names::GroupName::parse(text));
        SCONCE_TRY(list.addGroup(*m_project, group));
    }
    return {};
}

Result<PreparedRequest> RequirementSet::request(
    const ResolveOptions &options, const python::Interpreter &interpreter, const Tools &tools) const
{
    PreparedRequest prepared =
        SCONCE_TRY(prepareRequest(options, m_sources.folder, project(), &m_file, interpreter, tools));
    WishList list(prepared.indexes, m_sources.folder);
    SCONCE_TRY(addWishes(list));
    prepared.request.wishes = list.wishes();
    return prepared;
}

Result<> RequirementSet::checkHashes(const resolve::Resolution &resolution) const
{
    for (const requirements::RequirementsFile::Entry &entry : m_file.requirements) {
        if (entry.hashes.empty() || !entry.requirement)
            continue;
        const auto found =
            std::ranges::find(resolution.packages, entry.requirement->name, &resolve::ResolvedPackage::name);
        if (found == resolution.packages.end()
            || std::ranges::contains(entry.hashes, u"sha256:"_s + found->file.sha256()))
            continue;
        return std::unexpected(Error(ErrorKind::BadHash,
            Words::tr("“%1” has none of the hashes that are listed for %2")
                .arg(found->file.fileName, found->name.text()))
                .detail(Words::tr("The index says sha256:%1").arg(found->file.sha256()))
                .at(entry.place));
    }
    return {};
}

} // namespace sconce::actions
