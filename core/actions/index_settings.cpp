// SPDX-License-Identifier: Apache-2.0
#include "actions/index_settings.h"

#include <algorithm>

#include <QDir>
#include <QRegularExpression>

#include "actions/words.h"
#include "base/safe_url.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

using metadata::IndexLocation;

QStringList words(const QString &text)
{
    static const QRegularExpression blanks(u"\\s+"_s);
    return text.split(blanks, Qt::SkipEmptyParts);
}

Result<IndexLocation> parse(const QString &written, const QString &folder)
{
    IndexLocation index;
    QString address = written;
    // "NAME=URL"; an "=" behind a colon belongs to the address.
    if (const qsizetype equals = written.indexOf(u'=');
        equals > 0 && !QStringView(written).first(equals).contains(u':')) {
        index.name = written.first(equals);
        address = written.sliced(equals + 1);
    }
    index.url = address.indexOf(u':') > 1
        ? QUrl(address, QUrl::StrictMode)
        : QUrl::fromLocalFile(QDir::cleanPath(QDir(folder).absoluteFilePath(address)));
    index.isAbsolutePath = project::isAbsolutePath(index.url, address);
    if (address.isEmpty() || !index.url.isValid())
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is not the address of an index").arg(safeText(QUrl(written))))
                .hint(Words::tr("Write https://…, NAME=https://… or a folder")));
    return index;
}

IndexLocation location(const QUrl &url, bool isDefault)
{
    IndexLocation index;
    index.url = url;
    index.isDefault = isDefault;
    return index;
}

/// All of them in order of precedence, without later ones of the same name.
class Collection {
public:
    void add(IndexLocation index)
    {
        const bool isNameTaken =
            !index.name.isEmpty() && std::ranges::contains(m_all, index.name, &IndexLocation::name);
        if (!isNameTaken)
            m_all.push_back(std::move(index));
    }

    IndexSettings settings() const
    {
        IndexSettings settings{.named = m_all, .isConfigured = !m_all.empty()};
        for (const IndexLocation &index : m_all) {
            if (!index.isDefault && !index.isExplicit)
                addOnce(settings.search, index);
        }
        const auto chosen = std::ranges::find_if(m_all, &IndexLocation::isDefault);
        if (chosen == m_all.end())
            addOnce(settings.search, location(QUrl(u"https://pypi.org/simple"_s), true));
        else if (!chosen->isExplicit)
            addOnce(settings.search, *chosen);
        return settings;
    }

private:
    static void addOnce(std::vector<IndexLocation> &list, const IndexLocation &index)
    {
        const auto isSame = [&](const IndexLocation &other) {
            return other.url.matches(index.url, QUrl::StripTrailingSlash | QUrl::RemoveUserInfo);
        };
        if (std::ranges::none_of(list, isSame))
            list.push_back(index);
    }

    std::vector<IndexLocation> m_all;
};

Result<std::vector<IndexLocation>> findLinksOf(QStringList written, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file)
{
    if (file)
        written.append(QStringList(file->findLinks.begin(), file->findLinks.end()));
    std::vector<IndexLocation> list;
    for (const QString &one : std::as_const(written)) {
        IndexLocation index = SCONCE_TRY(parse(one, folder));
        index.isFlat = true;
        list.push_back(std::move(index));
    }
    for (const project::Index &one : project ? project->uv.findLinks : std::vector<project::Index>()) {
        list.push_back(actions::location(one));
        list.back().isFlat = true;
    }
    return list;
}

} // namespace

IndexLocation location(const project::Index &index)
{
    return {.name = index.name,
        .url = index.url,
        .isDefault = index.isDefault,
        .isExplicit = index.isExplicit,
        .isFlat = index.isFlat,
        .isAbsolutePath = index.isAbsolutePath,
        .ignoreErrorCodes = index.ignoreErrorCodes};
}

IndexOptions IndexOptions::fromVariables(const QHash<QString, QString> &variables)
{
    return {.defaultIndex = variables.value(u"UV_DEFAULT_INDEX"_s),
        .indexes = words(variables.value(u"UV_INDEX"_s)),
        .indexUrl = variables.value(u"UV_INDEX_URL"_s),
        .extraIndexUrls = words(variables.value(u"UV_EXTRA_INDEX_URL"_s)),
        .findLinks = variables.value(u"UV_FIND_LINKS"_s).split(u',', Qt::SkipEmptyParts)};
}

Result<IndexSettings> indexSettings(const IndexOptions &options, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file)
{
    std::vector<IndexLocation> findLinks = SCONCE_TRY(findLinksOf(options.findLinks, folder, project, file));
    if (options.noIndex || (project && project->uv.noIndex) || (file && file->noIndex))
        return IndexSettings{.search = std::move(findLinks), .isConfigured = true};
    Collection collection;
    const auto addWritten = [&](const QString &written, bool isDefault) -> Result<> {
        IndexLocation index = SCONCE_TRY(parse(written, folder));
        index.isDefault = isDefault;
        collection.add(std::move(index));
        return {};
    };
    if (!options.defaultIndex.isEmpty())
        SCONCE_TRY(addWritten(options.defaultIndex, true));
    for (const QString &written : options.indexes)
        SCONCE_TRY(addWritten(written, false));
    for (const project::Index &index : project ? project->uv.indexes : std::vector<project::Index>())
        collection.add(location(index));
    for (const QString &written : options.extraIndexUrls)
        SCONCE_TRY(addWritten(written, false));
    if (!options.indexUrl.isEmpty())
        SCONCE_TRY(addWritten(options.indexUrl, true));
    if (file) {
        for (const QUrl &url : file->extraIndexUrls)
            collection.add(location(url, false));
        if (file->indexUrl)
            collection.add(location(*file->indexUrl, true));
    }
    if (project) {
        for (const QUrl &url : project->uv.extraIndexUrls)
            collection.add(location(url, false));
        if (project->uv.indexUrl)
            collection.add(location(*project->uv.indexUrl, true));
    }
    IndexSettings settings = collection.settings();
    settings.findLinks = std::move(findLinks);
    return settings;
}

} // namespace sconce::actions
