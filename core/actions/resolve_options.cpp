// SPDX-License-Identifier: Apache-2.0
#include "actions/resolve_options.h"

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

bool isOn(const QString &variable)
{
    static const QStringList words{u"1"_s, u"true"_s, u"yes"_s, u"on"_s, u"y"_s, u"t"_s};
    return words.contains(variable.toLower());
}

/// What was given, else what the project says, else nothing.
QString firstOf(const QString &given, const QString &projects)
{
    return given.isEmpty() ? projects : given;
}

const std::vector<std::pair<QString, resolve::PreReleases>> PreReleaseWords{
    {u"if-necessary"_s, resolve::PreReleases::IfNecessary}, {u"allow"_s, resolve::PreReleases::Allow},
    {u"disallow"_s, resolve::PreReleases::Disallow}, {u"explicit"_s, resolve::PreReleases::Explicit},
    {u"if-necessary-or-explicit"_s, resolve::PreReleases::IfNecessary}};

/// A word of the command line, or one that stands in the project.
Result<std::optional<resolve::CutOff>> cutOff(const QString &text, const std::optional<Place> &place)
{
    if (text.isEmpty() || text == u"false")
        return std::nullopt;
    Result<resolve::CutOff> parsed = resolve::CutOff::parse(text, QDateTime::currentDateTimeUtc());
    if (!parsed && place)
        return std::unexpected(Error(parsed.error()).at(*place));
    return std::optional(SCONCE_TRY(std::move(parsed)));
}

Result<> setCutOffs(resolve::CutOffs &cutOffs, const ResolveOptions &options, const project::UvSettings &uv)
{
    const auto placeOf = [&](const QString &key) {
        const auto place = uv.places.find(key);
        return place == uv.places.end() ? std::nullopt : std::optional(place->second);
    };
    const QString projects = uv.excludeNewer.value_or(QString());
    cutOffs.everywhere = options.excludeNewer.isEmpty()
        ? SCONCE_TRY(cutOff(projects, placeOf(u"exclude-newer"_s)))
        : SCONCE_TRY(cutOff(options.excludeNewer, std::nullopt));
    for (const auto &[package, text] : uv.excludeNewerPackage)
        cutOffs.packages.emplace(package, SCONCE_TRY(cutOff(text, placeOf(u"exclude-newer-package"_s))));
    for (const project::Index &index : uv.indexes) {
        if (index.excludeNewer)
            cutOffs.indexes.emplace(
                resolve::CutOffs::keyOf(index.url), SCONCE_TRY(cutOff(*index.excludeNewer, index.place)));
    }
    return {};
}

void setPackageRules(resolve::Policy &policy, const project::UvSettings &uv)
{
    policy.excludes = uv.excludes;
    for (const auto &scoped : uv.scopedOverrides) {
        auto &added = policy.scopedOverrides.emplace_back(scoped.package, scoped.version);
        for (const project::Declared &declared : scoped.dependencies)
            added.dependencies.push_back(declared.requirement);
    }
    policy.scopedExcludes = uv.scopedExcludes;
    policy.staticMetadata = uv.staticMetadata;
    policy.noBuildPackages = {uv.noBuildPackages.begin(), uv.noBuildPackages.end()};
    policy.noBinaryPackages = {uv.noBinaryPackages.begin(), uv.noBinaryPackages.end()};
    policy.noBinary = uv.noBinary;
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
    if (const QString prerelease = firstOf(options.prerelease, uv.prerelease); !prerelease.isEmpty())
        policy.preReleases = SCONCE_TRY(parseWord(prerelease, u"--prerelease"_s, PreReleaseWords));
    for (const auto &[package, word] : uv.prereleasePackage)
        policy.packagePreReleases[package] =
            SCONCE_TRY(parseWord(word, u"prerelease-package"_s, PreReleaseWords));
    SCONCE_TRY(setCutOffs(policy.excludeNewer, options, uv));
    policy.noBuild = options.noBuild || uv.noBuild;
    setPackageRules(policy, uv);
    return {};
}

ResolveOptions ResolveOptions::fromVariables(const QHash<QString, QString> &variables)
{
    return {.index = IndexOptions::fromVariables(variables),
        .indexStrategy = variables.value(u"UV_INDEX_STRATEGY"_s),
        .resolution = variables.value(u"UV_RESOLUTION"_s),
        .prerelease = variables.value(u"UV_PRERELEASE"_s),
        .excludeNewer = variables.value(u"UV_EXCLUDE_NEWER"_s),
        .forkStrategy = variables.value(u"UV_FORK_STRATEGY"_s),
        .noBuild = isOn(variables.value(u"UV_NO_BUILD"_s)),
        .torchBackend = variables.value(u"UV_TORCH_BACKEND"_s)};
}

Result<index::Refresh> refreshOf(const ResolveOptions &options)
{
    index::Refresh refresh{.isForAll = options.isRefresh, .packages = {}};
    for (const QString &name : options.refreshPackages)
        refresh.packages.insert(SCONCE_TRY(names::PackageName::parse(name)));
    return refresh;
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

Result<PreparedRequest> prepareRequest(const ResolveOptions &options, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file,
    const python::Interpreter &interpreter, const Tools &tools)
{
    const project::UvSettings uv = project ? project->uv : project::UvSettings();
    PreparedRequest prepared;
    prepared.refresh = SCONCE_TRY(refreshOf(options));
    prepared.indexes = SCONCE_TRY(indexSettings(options.index, folder, project, file));
    for (const metadata::IndexLocation &index : prepared.indexes.named)
        tools.fetcher->learnIndex(index.name, index.url);
    prepared.request.indexes = prepared.indexes.search;
    prepared.request.findLinks = prepared.indexes.findLinks;
    if (options.noDependencies)
        prepared.request.dependencies = resolve::Dependencies::Ignore;
    SCONCE_TRY(setRules(prepared.request, options, uv));
    prepared.request.noBuild = true; // sources cannot be installed yet
    for (const project::Declared &declared : uv.constraints)
        prepared.request.constraints.push_back(declared.requirement);
    for (const project::Declared &declared : uv.overrides)
        prepared.request.overrides.push_back(declared.requirement);
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
