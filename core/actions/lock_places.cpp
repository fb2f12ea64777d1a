// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_places.h"

#include <algorithm>
#include <deque>

#include <QDir>

#include "actions/wishes.h"
#include "actions/words.h"
#include "base/safe_url.h"
#include "files/digest.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using Kind = project::RequirementSource::Kind;
using Place = resolve::UniversalRequest::Place;
using project::RequirementSource;
using project::SourcedRequirement;

namespace {

Error needsBuild(const QString &sentence)
{
    return Error(ErrorKind::BadInput, sentence)
        .hint(Words::tr("Write it down in the [project] table of the pyproject.toml there"));
}

class PlaceReader {
public:
    PlaceReader(resolve::UniversalRequest &request, Places which, resolve::Supply &supply,
        net::Fetcher &fetcher, const JobContext &context)
        : m_request(request)
        , m_which(which)
        , m_supply(supply)
        , m_fetcher(fetcher)
        , m_context(context)
        , m_root(request.workspace.root.folder)
    {}

    Result<> read()
    {
        const project::Workspace &workspace = m_request.workspace;
        for (const auto &[name, member] : workspace.members) {
            note(member.requirements);
            for (const auto &[group, requirements] : member.groups)
                note(requirements);
        }
        for (const auto &[group, requirements] : workspace.rootGroups)
            note(requirements);
        note(workspace.constraints);
        note(workspace.overrides);
        for (const auto &[source, place] : m_request.places)
            noteNeedsOf(place);
        for (; !m_open.empty(); m_open.pop_front()) {
            SCONCE_TRY(m_context.goOn());
            const auto &[name, source] = m_open.front();
            Place place = SCONCE_TRY(placeAt(source, name));
            if (place.name != name) {
                return std::unexpected(Error(ErrorKind::BadInput,
                    Words::tr("“%1” is to come from %2, and there lies “%3”")
                        .arg(name.text(), shown(source), place.name.text())));
            }
            noteNeedsOf(place);
            m_request.places.insert_or_assign(source, std::move(place));
        }
        return {};
    }

private:
    void noteNeedsOf(const Place &place)
    {
        note(place.requirements);
        for (const auto &[group, requirements] : place.groups)
            note(requirements);
    }

    void note(const std::vector<SourcedRequirement> &requirements)
    {
        for (const SourcedRequirement &requirement : requirements) {
            RequirementSource source = requirement.source;
            source.conflict.reset();
            const bool isArchive = source.kind <= Kind::Path;
            if (source.kind == Kind::Registry || m_request.workspace.members.contains(requirement.name)
                || (isArchive && m_which == Places::Folders) || m_request.places.contains(source)
                || !m_noted.insert(source).second)
                continue;
            m_open.emplace_back(requirement.name, std::move(source));
        }
    }

    static QString shown(const RequirementSource &source)
    {
        return source.kind == Kind::Url ? safeText(QUrl(source.location)) : source.location;
    }

    Result<Place> placeAt(const RequirementSource &source, const names::PackageName &name)
    {
        switch (source.kind) {
        case Kind::Directory:
        case Kind::Editable:
        case Kind::Virtual: return folder(source, name);
        case Kind::Path: return archive(QUrl::fromLocalFile(absolute(source.location)), name);
        case Kind::Url:
            if (source.location.startsWith("git+"_L1))
                break;
            return archive(QUrl(source.location), name);
        case Kind::Git:
        case Kind::Registry: break;
        }
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is to come from a git repository, which cannot be read yet").arg(name.text())));
    }

    QString absolute(const QString &location) const
    {
        return QDir::cleanPath(m_root.absoluteFilePath(location));
    }

    Result<Place> folder(const RequirementSource &source, const names::PackageName &name) const
    {
        const QString path = absolute(source.location);
        if (!QFileInfo(path + u"/pyproject.toml"_s).isFile()) {
            return std::unexpected(needsBuild(Words::tr(
                "“%1” is to come from “%2”, which has no pyproject.toml: only a build could tell what "
                "it needs")
                    .arg(name.text(), path)));
        }
        const project::Workspace workspace = SCONCE_TRY(project::openWorkspaceAround(path));
        const auto isMeant = [&](const auto &member) {
            return QDir::cleanPath(member.second.project.folder) == path;
        };
        const auto found = std::ranges::find_if(workspace.members, isMeant);
        if (found == workspace.members.end()) {
            return std::unexpected(
                needsBuild(Words::tr("“%1” is to come from “%2”, whose pyproject.toml has no [project] table")
                        .arg(name.text(), path)));
        }
        const project::Member &member = found->second;
        SCONCE_TRY(checkIsWritten(member.project));
        return placeOf(member, QDir(workspace.root.folder));
    }

    Place placeOf(const project::Member &member, const QDir &root) const
    {
        Place place{.name = member.name,
            .version = member.version(),
            .isDynamic = member.isDynamic,
            .requiresPython = member.project.requiresPython,
            .requirements = rebased(member.requirements, root),
            .extras = member.project.extraOrder};
        for (const auto &[group, requirements] : member.groups)
            place.groups.emplace(group, rebased(requirements, root));
        return place;
    }

    /// Paths that count from another root count from ours now.
    std::vector<SourcedRequirement> rebased(
        std::vector<SourcedRequirement> requirements, const QDir &root) const
    {
        for (SourcedRequirement &requirement : requirements) {
            RequirementSource &source = requirement.source;
            if (source.kind < Kind::Path || QDir::isAbsolutePath(source.location))
                continue;
            source.location =
                m_root.relativeFilePath(QDir::cleanPath(root.absoluteFilePath(source.location)));
            if (source.location.isEmpty())
                source.location = u"."_s;
        }
        return requirements;
    }

    Result<Place> archive(const QUrl &url, const names::PackageName &name)
    {
        metadata::IndexFile file = SCONCE_TRY(archiveAt(url, name));
        const auto metadata = SCONCE_TRY(m_supply.metadata(file, m_context));
        if (file.sha256().isEmpty())
            SCONCE_TRY(addHash(file));
        Place place{.name = metadata->name,
            .version = metadata->version,
            .requiresPython = metadata->requiresPython,
            .extras = metadata->providesExtras};
        for (const requirements::Requirement &requirement : metadata->requiresDist) {
            SourcedRequirement &sourced =
                place.requirements.emplace_back(requirement.name, requirement.extras,
                    std::vector<names::GroupName>(), requirement.marker, requirement.specifiers);
            if (requirement.url)
                sourced.source = {Kind::Url, requirement.url->toString(QUrl::FullyEncoded), std::nullopt};
        }
        place.file = std::make_shared<const metadata::IndexFile>(std::move(file));
        return place;
    }

    /// A lock has the hash of each archive, so one that nobody told has to be read whole.
    Result<> addHash(metadata::IndexFile &file) const
    {
        m_context.progress().setLabel(Words::tr("Reading %1").arg(file.fileName));
        if (file.url().isLocalFile()) {
            const QString hash = SCONCE_TRY(files::sha256HexOfFile(file.url().toLocalFile(), m_context));
            file.hashes.append(u"sha256:"_s + hash);
            return {};
        }
        files::Sha256 hash;
        qint64 size = 0;
        net::Request request{.url = file.url()};
        request.restart = [&]() -> Result<> {
            hash = files::Sha256();
            size = 0;
            return {};
        };
        const auto take = [&](QByteArrayView piece) -> Result<> {
            hash.add(piece);
            size += piece.size();
            return {};
        };
        const net::Reply reply = SCONCE_TRY(m_fetcher.download(request, take, m_context));
        if (reply.status / 100 != 2) {
            return std::unexpected(Error(ErrorKind::NotFound,
                Words::tr("%1 answered with status %2").arg(safeText(file.url())).arg(reply.status)));
        }
        file.size = size;
        file.hashes.append(u"sha256:"_s + QString::fromLatin1(hash.finish().toHex()));
        return {};
    }

    resolve::UniversalRequest &m_request;
    Places m_which;
    resolve::Supply &m_supply;
    net::Fetcher &m_fetcher;
    const JobContext &m_context;
    QDir m_root;
    std::set<RequirementSource> m_noted;
    std::deque<std::pair<names::PackageName, RequirementSource>> m_open;
};

} // namespace

Result<> checkIsWritten(const project::Project &project)
{
    if (project.leftToBuilds.empty())
        return {};
    const project::Project::Note &first = project.leftToBuilds.front();
    return std::unexpected(Error(ErrorKind::BadInput, first.sentence)
            .at(first.place)
            .hint(Words::tr("Write it down in [project]: nothing is built yet")));
}

Result<> readPlaces(resolve::UniversalRequest &request, Places which, resolve::Supply &supply,
    net::Fetcher &fetcher, const JobContext &context)
{
    return PlaceReader(request, which, supply, fetcher, context).read();
}

} // namespace sconce::actions
