// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_settings.h"

#include <algorithm>

#include "actions/words.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using versions::ReleaseRange;

namespace {

/// The Pythons that all members are for; nothing when none of them says.
Result<std::optional<ReleaseRange>> statedPythons(const project::Workspace &workspace)
{
    std::optional<ReleaseRange> range;
    QStringList statements;
    for (const auto &[name, member] : workspace.members) {
        if (!member.project.requiresPython)
            continue;
        const ReleaseRange own = ReleaseRange::of(*member.project.requiresPython);
        range = range ? range->intersection(own) : own;
        statements.append(u"%1 (%2)"_s.arg(member.project.requiresPython->text(), name.text()));
        if (!range->isEmpty())
            continue;
        return std::unexpected(Error(ErrorKind::BadInput,
            statements.size() > 1
                ? Words::tr("No Python fits requires-python of all members: %1").arg(statements.join(u"; "))
                : Words::tr("No Python fits requires-python: %1").arg(statements.first()))
                .at({.file = member.project.file}));
    }
    return range;
}

/// Pythons that nobody may have meant.
void addPythonWarnings(
    const project::Workspace &workspace, const ReleaseRange &pythons, QStringList &warnings)
{
    using Operator = versions::Specifier::Operator;
    if (!pythons.lower()) {
        warnings.append(Words::tr("The project has no lowest Python (requires-python is %1): versions may be "
                                  "chosen that only run on old ones")
                .arg(pythons.text()));
    }
    for (const auto &[name, member] : workspace.members) {
        const auto &stated = member.project.requiresPython;
        if (!stated || stated->specifiers().size() != 1)
            continue;
        const versions::Specifier &only = stated->specifiers().front();
        if (only.isPrefix || only.version.release().size() != 2)
            continue;
        if (only.op == Operator::Equal) {
            warnings.append(Words::tr("“%1” is for Python %2.0 alone (requires-python is %3); most likely "
                                      "==%2.* is meant")
                    .arg(name.text(), only.version.text(), only.text()));
        } else if (only.op == Operator::Compatible) {
            warnings.append(Words::tr("“%1” is for all Pythons from %2 up to the next major version "
                                      "(requires-python is %3); most likely ~=%2.0 is meant")
                    .arg(name.text(), only.version.text(), only.text()));
        }
    }
}

Result<> setPythons(LockSettings &settings, const std::function<Result<versions::Version>()> &python)
{
    resolve::UniversalRequest &request = settings.request;
    std::optional<ReleaseRange> range = SCONCE_TRY(statedPythons(request.workspace));
    if (!range) {
        const versions::Version version = SCONCE_TRY(python());
        const auto release = version.release();
        const QString text = u">=%1.%2"_s.arg(release[0]).arg(release.size() > 1 ? release[1] : 0);
        range = ReleaseRange::of(SCONCE_TRY(versions::SpecifierSet::parse(text)));
        settings.warnings.append(
            Words::tr("The project does not say which Pythons it is for (requires-python); %1 is assumed")
                .arg(text));
    }
    addPythonWarnings(request.workspace, *range, settings.warnings);
    request.requiresPython = range->specifiers();
    request.python = {range->lower(), range->upper()};
    return {};
}

/// Neighbours of the list may not overlap, and none may lie outside of the project's Pythons.
Result<> checkEnvironments(const project::Workspace &workspace, const QString &key,
    const std::vector<markers::Marker> &list, const markers::PythonBounds &python)
{
    const auto place = workspace.root.uv.places.find(key);
    const auto wrong = [&](const QString &sentence) {
        return std::unexpected(Error(ErrorKind::BadInput, sentence)
                .at(place != workspace.root.uv.places.end() ? place->second
                                                            : Place{.file = workspace.root.file}));
    };
    const markers::Marker own = markers::pythonWithin(python);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0 && !list[i].isDisjointFrom(list[i - 1])) {
            return wrong(Words::tr("Two environments of “%1” overlap: %2, and %3")
                    .arg(key, list[i - 1].text(), list[i].text()));
        }
        if (list[i].isDisjointFrom(own)) {
            return wrong(Words::tr("An environment of “%1” lies outside of requires-python: %2")
                    .arg(key, list[i].text()));
        }
    }
    return {};
}

/// Indexes to search, then those that only pins name.
std::vector<metadata::IndexLocation> locations(
    const IndexSettings &settings, const project::Workspace &workspace)
{
    std::vector<metadata::IndexLocation> all = settings.search;
    const auto addForPins = [&](metadata::IndexLocation index) {
        index.isExplicit = true;
        const auto isSame = [&](const metadata::IndexLocation &other) {
            return other.url.matches(index.url, QUrl::RemoveUserInfo);
        };
        if (std::ranges::none_of(all, isSame))
            all.push_back(std::move(index));
    };
    for (const metadata::IndexLocation &index : settings.named)
        addForPins(index);
    for (const auto &[name, member] : workspace.members) {
        for (const project::Index &index : member.project.uv.indexes)
            addForPins(location(index));
    }
    return all;
}

Result<resolve::ForkStrategy> forkStrategy(const QString &given, const QString &projects)
{
    const QString word = given.isEmpty() ? projects : given;
    if (word == u"fewest")
        return resolve::ForkStrategy::Fewest;
    if (word.isEmpty() || word == u"requires-python")
        return resolve::ForkStrategy::RequiresPython;
    return std::unexpected(
        Error(ErrorKind::BadInput, Words::tr("“%1” is not a value of %2").arg(word, u"--fork-strategy"_s))
            .hint(Words::tr("Write requires-python or fewest")));
}

} // namespace

Result<LockSettings> lockSettings(project::Workspace workspace, const ResolveOptions &options,
    const QString &folder, const std::function<Result<versions::Version>()> &python)
{
    LockSettings settings;
    resolve::UniversalRequest &request = settings.request;
    request.workspace = std::move(workspace);
    const project::UvSettings &uv = request.workspace.root.uv;
    SCONCE_TRY(setRules(request, options, uv));
    request.forkStrategy = SCONCE_TRY(forkStrategy(options.forkStrategy, uv.forkStrategy));
    settings.indexes = SCONCE_TRY(indexSettings(options.index, folder, &request.workspace.root, nullptr));
    request.findLinks = settings.indexes.findLinks;
    request.indexes = locations(settings.indexes, request.workspace);
    if (settings.indexes.isConfigured)
        settings.checkIndexes = resolve::CheckIndexes::Yes;
    SCONCE_TRY(setPythons(settings, python));
    request.environments = uv.environments;
    request.requiredEnvironments = uv.requiredEnvironments;
    SCONCE_TRY(checkEnvironments(request.workspace, u"environments"_s, request.environments, request.python));
    SCONCE_TRY(checkEnvironments(
        request.workspace, u"required-environments"_s, request.requiredEnvironments, request.python));
    request.initialForks = request.environments;
    return settings;
}

} // namespace sconce::actions
