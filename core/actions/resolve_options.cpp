// SPDX-License-Identifier: Apache-2.0
#include "actions/resolve_options.h"

#include <QRegularExpression>
#include <QTimeZone>

#include "actions/words.h"
#include "base/text.h"
#include "tags/platform_names.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

template <class T>
Result<T> parseWord(const QString &text, const QString &what, const std::vector<std::pair<QString, T>> &known)
{
    QStringList words;
    for (const auto &[word, value] : known) {
        if (word == text)
            return value;
        words.append(word);
    }
    return std::unexpected(Error(ErrorKind::BadInput, Words::tr("“%1” is not a value of %2").arg(text, what))
            .hint(Words::tr("Write one of %1").arg(listText(words))));
}

/// What was given, else what the project says, else nothing.
QString firstOf(const QString &given, const QString &projects)
{
    return given.isEmpty() ? projects : given;
}

Result<> setRules(resolve::Policy &policy, const ResolveOptions &options, const project::UvSettings &uv)
{
    if (const QString strategy = firstOf(options.indexStrategy, uv.indexStrategy); !strategy.isEmpty()) {
        policy.strategy = SCONCE_TRY(parseWord<resolve::IndexStrategy>(strategy, u"--index-strategy"_s,
            {{u"first-index"_s, resolve::IndexStrategy::FirstIndex},
                {u"unsafe-first-match"_s, resolve::IndexStrategy::UnsafeFirstMatch},
                {u"unsafe-best-match"_s, resolve::IndexStrategy::UnsafeBestMatch}}));
    }
    if (const QString resolution = firstOf(options.resolution, uv.resolution); !resolution.isEmpty()) {
        policy.order = SCONCE_TRY(parseWord<resolve::Order>(resolution, u"--resolution"_s,
            {{u"highest"_s, resolve::Order::Highest}, {u"lowest"_s, resolve::Order::Lowest},
                {u"lowest-direct"_s, resolve::Order::LowestDirect}}));
    }
    if (const QString prerelease = firstOf(options.prerelease, uv.prerelease); !prerelease.isEmpty()) {
        policy.preReleases = SCONCE_TRY(parseWord<resolve::PreReleases>(prerelease, u"--prerelease"_s,
            {{u"if-necessary"_s, resolve::PreReleases::IfNecessary},
                {u"allow"_s, resolve::PreReleases::Allow}, {u"disallow"_s, resolve::PreReleases::Disallow},
                {u"explicit"_s, resolve::PreReleases::Explicit},
                {u"if-necessary-or-explicit"_s, resolve::PreReleases::IfNecessary}}));
    }
    if (const QString cutOff = firstOf(options.excludeNewer, uv.excludeNewer.value_or(QString()));
        !cutOff.isEmpty())
        policy.excludeNewer.everywhere = SCONCE_TRY(parseCutOff(cutOff, QDateTime::currentDateTimeUtc()));
    policy.noBuild = true;
    for (const project::Declared &declared : uv.constraints)
        policy.constraints.push_back(declared.requirement);
    for (const project::Declared &declared : uv.overrides)
        policy.overrides.push_back(declared.requirement);
    policy.excludes = uv.excludes;
    for (const auto &scoped : uv.scopedOverrides) {
        auto &added = policy.scopedOverrides.emplace_back(scoped.package, scoped.version);
        for (const project::Declared &declared : scoped.dependencies)
            added.dependencies.push_back(declared.requirement);
    }
    policy.scopedExcludes = uv.scopedExcludes;
    policy.staticMetadata = uv.staticMetadata;
    policy.noBinaryPackages = {uv.noBinaryPackages.begin(), uv.noBinaryPackages.end()};
    return {};
}

Result<> addConstraints(resolve::Policy &policy, const requirements::RequirementsFile &file)
{
    for (const requirements::RequirementsFile::Entry &entry : file.constraints) {
        if (!entry.requirement)
            return std::unexpected(
                Error(ErrorKind::BadInput, Words::tr("A constraint needs a name")).at(entry.place));
        policy.constraints.push_back(*entry.requirement);
    }
    return {};
}

Result<> setTarget(resolve::SpecificRequest &request, tags::Platform &platform, const ResolveOptions &options,
    const python::Interpreter &interpreter)
{
    request.environment = interpreter.environment;
    request.python = interpreter.version();
    tags::PythonAbi abi = interpreter.abi;
    if (!options.pythonPlatform.isEmpty()) {
        platform = SCONCE_TRY(tags::platformFromName(options.pythonPlatform));
        request.environment = tags::onPlatform(request.environment, platform);
    }
    if (!options.pythonVersion.isEmpty()) {
        Result<versions::Version> version = versions::Version::parse(options.pythonVersion);
        if (!version || version->release().size() < 2) {
            return std::unexpected(Error(
                ErrorKind::BadInput, Words::tr("“%1” is not a Python version").arg(options.pythonVersion))
                    .hint(Words::tr("Write it like 3.12")));
        }
        request.python = *version;
        request.environment = tags::withPython(request.environment, *version);
        abi.major = int(version->release()[0]);
        abi.minor = int(version->release()[1]);
    }
    request.tags = tags::CompatibleTags::make(abi, platform);
    return {};
}

} // namespace

ResolveOptions ResolveOptions::fromVariables(const QHash<QString, QString> &variables)
{
    return {.index = IndexOptions::fromVariables(variables),
        .indexStrategy = variables.value(u"UV_INDEX_STRATEGY"_s),
        .resolution = variables.value(u"UV_RESOLUTION"_s),
        .prerelease = variables.value(u"UV_PRERELEASE"_s),
        .excludeNewer = variables.value(u"UV_EXCLUDE_NEWER"_s),
        .torchBackend = variables.value(u"UV_TORCH_BACKEND"_s)};
}

torch::TargetSystem targetSystem(const tags::Platform &platform)
{
    switch (platform.system) {
    case tags::Platform::System::ManyLinux: return torch::TargetSystem::GlibcLinux;
    case tags::Platform::System::MuslLinux: return torch::TargetSystem::MuslLinux;
    case tags::Platform::System::MacOs: return torch::TargetSystem::MacOs;
    case tags::Platform::System::Windows: return torch::TargetSystem::Windows;
    case tags::Platform::System::Other: break;
    }
    return torch::TargetSystem::Other;
}

Result<QDateTime> parseCutOff(const QString &text, const QDateTime &now)
{
    // The whole day counts, so the cut is where the next one begins.
    if (const QDate date = QDate::fromString(text, Qt::ISODate); date.isValid() && text.size() == 10)
        return date.addDays(1).startOfDay(QTimeZone::UTC);
    if (const QDateTime time = QDateTime::fromString(text, Qt::ISODate); time.isValid())
        return time.toUTC();
    static const QRegularExpression span(
        u"^(?:P(?:(?<w>\\d{1,6})W)?(?:(?<d>\\d{1,6})D)?(?:T(?:(?<h>\\d{1,6})H)?)?"
        "|(?<n>\\d{1,6})\\s*(?<unit>hour|day|week)s?(?: ago)?)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = span.match(text);
    if (!match.hasMatch() || text.size() < 2) {
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“%1” is neither a date nor a span of time").arg(text))
                .hint(Words::tr("Write it like 2026-01-31 or 7 days")));
    }
    qint64 hours = (match.captured(u"w").toLongLong() * 7 + match.captured(u"d").toLongLong()) * 24
        + match.captured(u"h").toLongLong();
    const QString unit = match.captured(u"unit").toLower();
    hours += match.captured(u"n").toLongLong() * (unit == u"week" ? 7 * 24 : unit == u"day" ? 24 : 1);
    return now.addSecs(-hours * 3600);
}

Result<PreparedRequest> prepareRequest(const ResolveOptions &options, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file,
    const python::Interpreter &interpreter, const Tools &tools)
{
    const project::UvSettings uv = project ? project->uv : project::UvSettings();
    PreparedRequest prepared;
    prepared.indexes = SCONCE_TRY(indexSettings(options.index, folder, project, file));
    for (const metadata::IndexLocation &index : prepared.indexes.named)
        tools.fetcher->learnIndex(index.name, index.url);
    prepared.request.indexes = prepared.indexes.search;
    if (options.noDependencies)
        prepared.request.dependencies = resolve::Dependencies::Ignore;
    SCONCE_TRY(setRules(prepared.request, options, uv));
    if (file)
        SCONCE_TRY(addConstraints(prepared.request, *file));
    prepared.platform = interpreter.platform;
    SCONCE_TRY(setTarget(prepared.request, prepared.platform, options, interpreter));
    prepared.torchBackend = firstOf(options.torchBackend, firstOf(uv.pipTorchBackend, uv.torchBackend));
    if (project)
        prepared.request.torchMirror = project->torchMirror;
    return prepared;
}

Result<> chooseBackends(PreparedRequest &prepared, const Tools &tools, const JobContext &context)
{
    if (prepared.torchBackend.isEmpty())
        return {};
    const torch::Mode mode = SCONCE_TRY(torch::Mode::parse(prepared.torchBackend));
    std::optional<hardware::Accelerator> accelerator;
    if (!mode.backend)
        accelerator = SCONCE_TRY(hardware::detect(tools.computer, context)).accelerator;
    prepared.request.torchBackends = torch::indexesFor(mode, accelerator, targetSystem(prepared.platform));
    prepared.request.systemRule = accelerator && accelerator->kind == hardware::Accelerator::Kind::Cuda;
    return {};
}

} // namespace sconce::actions
