// SPDX-License-Identifier: Apache-2.0
#include "kit/universe/universe.h"

#include <algorithm>

#include <QJsonArray>

#include "tags/platform_names.h"

namespace sconce::kit {

using namespace Qt::StringLiterals;
using metadata::IndexFile;
using names::PackageName;
using requirements::Requirement;
using versions::SpecifierSet;
using versions::Version;

namespace {

QStringList strings(const QJsonValue &value)
{
    QStringList result;
    for (const QJsonValue &item : value.toArray())
        result.append(item.toString());
    return result;
}

template <class T>
Result<std::vector<T>> parsed(const QJsonValue &value)
{
    std::vector<T> result;
    for (const QString &text : strings(value))
        result.push_back(SCONCE_TRY(T::parse(text)));
    return result;
}

Result<std::optional<SpecifierSet>> specifiers(const QJsonValue &value)
{
    if (!value.isString())
        return std::nullopt;
    return std::optional(SCONCE_TRY(SpecifierSet::parse(value.toString())));
}

Error unknown(const QString &what)
{
    return {ErrorKind::BadInput, u"The test file says what nobody knows: "_s + what};
}

template <class T>
Result<T> choice(const QJsonValue &value, const std::vector<std::pair<QString, T>> &names)
{
    if (value.isUndefined())
        return names.front().second;
    for (const auto &[name, meaning] : names) {
        if (name == value.toString())
            return meaning;
    }
    return std::unexpected(unknown(value.toString()));
}

} // namespace

Result<std::shared_ptr<Universe>> Universe::read(const QJsonObject &world)
{
    auto universe = std::make_shared<Universe>();
    if (world.contains("packages"_L1))
        SCONCE_TRY(universe->addIndex(
            {{u"url"_s, u"https://index.test/simple"_s}, {u"packages"_s, world["packages"_L1]}}));
    for (const QJsonValue &index : world["indexes"_L1].toArray())
        SCONCE_TRY(universe->addIndex(index.toObject()));
    return universe;
}

Result<> Universe::addIndex(const QJsonObject &index)
{
    const QUrl url(index["url"_L1].toString());
    m_indexes.push_back(
        {.name = index["name"_L1].toString(), .url = url, .isExplicit = index["explicit"_L1].toBool()});
    const QJsonObject refused = index["refused"_L1].toObject();
    for (auto package = refused.begin(); package != refused.end(); ++package)
        m_refused[{url, package.key()}] = package->toInt();
    const QJsonObject packages = index["packages"_L1].toObject();
    for (auto package = packages.begin(); package != packages.end(); ++package) {
        m_pages[{url, package.key()}] = {};
        const QJsonObject versions = package->toObject();
        for (auto version = versions.begin(); version != versions.end(); ++version)
            SCONCE_TRY(addVersion(url, package.key(), version.key(), *version));
        std::ranges::sort(
            m_pages[{url, package.key()}], {}, [](const IndexFile &file) { return file.fileName.toUtf8(); });
    }
    return {};
}

Result<> Universe::addVersion(
    const QUrl &index, const QString &name, const QString &version, const QJsonValue &value)
{
    const QJsonObject details = value.isArray() ? QJsonObject{{u"needs"_s, value}} : value.toObject();
    const PackageName package = SCONCE_TRY(PackageName::parse(name));
    metadata::CoreMetadata core{
        .metadataVersion = u"2.1"_s, .name = package, .version = SCONCE_TRY(Version::parse(version))};
    core.requiresDist = SCONCE_TRY(parsed<Requirement>(details["needs"_L1]));
    core.providesExtras = SCONCE_TRY(parsed<names::ExtraName>(details["extras"_L1]));
    core.requiresPython = SCONCE_TRY(
        specifiers(details.contains("python"_L1) ? details["python"_L1] : details["metadata-python"_L1]));
    const QStringList kinds =
        details.contains("files"_L1) ? strings(details["files"_L1]) : QStringList{u"py3-none-any"_s};
    for (const QString &kind : kinds) {
        const bool isWheel = !kind.startsWith("tar."_L1) && kind != "zip"_L1;
        const QString fileName =
            package.fileText() + u'-' + version + (isWheel ? u'-' + kind + u".whl"_s : u'.' + kind);
        IndexFile file{.fileName = fileName,
            .address = index.toString() + u"/files/"_s + fileName,
            .package = package,
            .version = core.version};
        file.urlAsWritten = file.address;
        file.requiresPython = SCONCE_TRY(specifiers(details["python"_L1]));
        if (details["yanked"_L1].isString())
            file.yanked = details["yanked"_L1].toString();
        if (details["uploaded"_L1].isString())
            file.uploadTime = QDateTime::fromString(details["uploaded"_L1].toString(), Qt::ISODate);
        if (isWheel)
            file.wheel = SCONCE_TRY(metadata::WheelName::parse(fileName));
        if (details["broken"_L1].isString())
            m_metadata.emplace(
                file.url(), std::unexpected(Error(ErrorKind::BadInput, details["broken"_L1].toString())));
        else
            m_metadata.emplace(file.url(), std::make_shared<const metadata::CoreMetadata>(core));
        m_pages[{index, name}].push_back(std::move(file));
    }
    return {};
}

const IndexFile *Universe::file(const QString &fileName) const
{
    for (const auto &[place, files] : m_pages) {
        for (const IndexFile &file : files) {
            if (file.fileName == fileName)
                return &file;
        }
    }
    return nullptr;
}

std::optional<metadata::PageAnswer> Universe::pageAtHand(
    const metadata::IndexLocation &index, const PackageName &package)
{
    using Kind = metadata::PageAnswer::Kind;
    const std::pair key(index.url, package.text());
    if (const auto refused = m_refused.find(key); refused != m_refused.end()) {
        const bool isTolerated =
            index.ignoreErrorCodes && std::ranges::contains(*index.ignoreErrorCodes, refused->second);
        return metadata::PageAnswer{isTolerated ? Kind::Absent : Kind::Refused, refused->second, nullptr};
    }
    if (const auto page = m_pages.find(key); page != m_pages.end())
        return metadata::PageAnswer{
            Kind::Found, 200, std::make_shared<const metadata::IndexPage>(page->second)};
    return metadata::PageAnswer{Kind::Absent, 404, nullptr};
}

Result<metadata::PageAnswer> Universe::page(
    const metadata::IndexLocation &index, const PackageName &package, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    log.append(u"page "_s + package.text());
    return *pageAtHand(index, package);
}

Result<std::shared_ptr<const metadata::CoreMetadata>> Universe::metadata(
    const IndexFile &file, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    log.append(u"metadata "_s + file.fileName);
    return m_metadata.at(file.url());
}

void Universe::expectPage(const metadata::IndexLocation &, const PackageName &package)
{
    log.append(u"expect page "_s + package.text());
}

void Universe::expectMetadata(const IndexFile &file)
{
    log.append(u"expect metadata "_s + file.fileName);
}

namespace {

Result<resolve::Wish> readWish(const QJsonValue &value, const Universe &universe)
{
    const QJsonObject details = value.isString() ? QJsonObject{{u"requirement"_s, value}} : value.toObject();
    resolve::Wish wish{.requirement = SCONCE_TRY(Requirement::parse(details["requirement"_L1].toString())),
        .origin = details["origin"_L1].toString(u"-r requirements.in"_s)};
    if (details["index"_L1].isString()) {
        const auto named = std::ranges::find(
            universe.indexes(), details["index"_L1].toString(), &metadata::IndexLocation::name);
        if (named == universe.indexes().end())
            return std::unexpected(unknown(details["index"_L1].toString()));
        wish.index = *named;
    }
    if (details["file"_L1].isString()) {
        const IndexFile *file = universe.file(details["file"_L1].toString());
        if (!file)
            return std::unexpected(unknown(details["file"_L1].toString()));
        wish.file = *file;
        wish.requirement.url = file->url();
    }
    return wish;
}

Result<> readMachine(const QJsonObject &file, resolve::SpecificRequest &request)
{
    request.python = SCONCE_TRY(Version::parse(file["python"_L1].toString(u"3.12.1"_s)));
    const auto platform =
        SCONCE_TRY(tags::platformFromName(file["platform"_L1].toString(u"x86_64-manylinux_2_28"_s)));
    const auto release = request.python.release();
    request.tags =
        tags::CompatibleTags::make({u"cpython"_s, int(release[0]), int(release[1]), false}, platform);
    request.environment = tags::withPython(tags::onPlatform({}, platform), request.python);
    request.environment.implementationName = u"cpython"_s;
    request.environment.platformPythonImplementation = u"CPython"_s;
    return {};
}

/// False: no cut-off.
Result<std::optional<resolve::CutOff>> cutOff(const QJsonValue &value)
{
    if (!value.isString())
        return std::nullopt;
    return std::optional(SCONCE_TRY(resolve::CutOff::parse(value.toString(), QDateTime())));
}

Result<> readCutOffs(const QJsonObject &file, resolve::CutOffs &cutOffs)
{
    cutOffs.everywhere = SCONCE_TRY(cutOff(file["exclude-newer"_L1]));
    const QJsonObject packages = file["exclude-newer-package"_L1].toObject();
    for (auto entry = packages.begin(); entry != packages.end(); ++entry)
        cutOffs.packages.emplace(SCONCE_TRY(PackageName::parse(entry.key())), SCONCE_TRY(cutOff(*entry)));
    const QJsonObject indexes = file["exclude-newer-index"_L1].toObject();
    for (auto entry = indexes.begin(); entry != indexes.end(); ++entry)
        cutOffs.indexes.emplace(resolve::CutOffs::keyOf(QUrl(entry.key())), SCONCE_TRY(cutOff(*entry)));
    return {};
}

template <class T>
Result<std::vector<project::Scoped<T>>> scoped(const QJsonValue &value)
{
    std::vector<project::Scoped<T>> list;
    for (const QJsonValue &entry : value.toArray()) {
        auto package = SCONCE_TRY(PackageName::parse(entry["package"_L1].toString()));
        project::Scoped<T> &one = list.emplace_back(std::move(package));
        if (entry["version"_L1].isString())
            one.version = SCONCE_TRY(Version::parse(entry["version"_L1].toString()));
        one.dependencies = SCONCE_TRY(parsed<T>(entry["dependencies"_L1]));
    }
    return list;
}

Result<> readPackageRules(const QJsonObject &file, resolve::Policy &policy)
{
    policy.scopedOverrides = SCONCE_TRY(scoped<Requirement>(file["scoped-overrides"_L1]));
    policy.scopedExcludes = SCONCE_TRY(scoped<PackageName>(file["scoped-excludes"_L1]));
    for (const QJsonValue &entry : file["stated"_L1].toArray()) {
        auto name = SCONCE_TRY(PackageName::parse(entry["name"_L1].toString()));
        project::StaticMetadata &stated = policy.staticMetadata.emplace_back(std::move(name));
        if (entry["version"_L1].isString())
            stated.version = SCONCE_TRY(Version::parse(entry["version"_L1].toString()));
        stated.requiresDist = SCONCE_TRY(parsed<Requirement>(entry["needs"_L1]));
    }
    for (const PackageName &name : SCONCE_TRY(parsed<PackageName>(file["no-build-packages"_L1])))
        policy.noBuildPackages.insert(name);
    for (const PackageName &name : SCONCE_TRY(parsed<PackageName>(file["no-binary-packages"_L1])))
        policy.noBinaryPackages.insert(name);
    return {};
}

Result<> readPolicy(const QJsonObject &file, resolve::Policy &policy)
{
    using namespace resolve;
    SCONCE_TRY(readCutOffs(file, policy.excludeNewer));
    SCONCE_TRY(readPackageRules(file, policy));
    policy.constraints = SCONCE_TRY(parsed<Requirement>(file["constraints"_L1]));
    policy.overrides = SCONCE_TRY(parsed<Requirement>(file["overrides"_L1]));
    policy.excludes = SCONCE_TRY(parsed<PackageName>(file["excludes"_L1]));
    policy.strategy = SCONCE_TRY(choice<IndexStrategy>(file["strategy"_L1],
        {{u"first-index"_s, IndexStrategy::FirstIndex},
            {u"unsafe-first-match"_s, IndexStrategy::UnsafeFirstMatch},
            {u"unsafe-best-match"_s, IndexStrategy::UnsafeBestMatch}}));
    policy.order = SCONCE_TRY(choice<Order>(file["order"_L1],
        {{u"highest"_s, Order::Highest}, {u"lowest"_s, Order::Lowest},
            {u"lowest-direct"_s, Order::LowestDirect}}));
    policy.preReleases = SCONCE_TRY(choice<PreReleases>(file["pre-releases"_L1],
        {{u"if-necessary"_s, PreReleases::IfNecessary}, {u"allow"_s, PreReleases::Allow},
            {u"disallow"_s, PreReleases::Disallow}, {u"explicit"_s, PreReleases::Explicit}}));
    policy.noBuild = file["no-build"_L1].toBool(true);
    for (const QString &name : strings(file["torch"_L1])) {
        const torch::Backend *backend = torch::findBackend(name);
        if (!backend)
            return std::unexpected(unknown(name));
        policy.torchBackends.push_back(backend);
    }
    policy.systemRule = file["system-rule"_L1].toBool();
    if (file["torch-mirror"_L1].isString())
        policy.torchMirror = QUrl(file["torch-mirror"_L1].toString());
    return {};
}

} // namespace

Result<resolve::SpecificRequest> readRequest(const QJsonObject &file, const Universe &universe)
{
    resolve::SpecificRequest request;
    SCONCE_TRY(readPolicy(file, request));
    SCONCE_TRY(readMachine(file, request));
    request.indexes = universe.indexes();
    if (file["no-index"_L1].toBool())
        request.indexes.clear();
    for (const QJsonValue &wish : file["wish"_L1].toArray())
        request.wishes.push_back(SCONCE_TRY(readWish(wish, universe)));
    if (file["no-dependencies"_L1].toBool())
        request.dependencies = resolve::Dependencies::Ignore;
    const QJsonObject preferences = file["preferences"_L1].toObject();
    for (auto preference = preferences.begin(); preference != preferences.end(); ++preference) {
        for (const Version &version : SCONCE_TRY(parsed<Version>(*preference)))
            request.preferences.emplace(SCONCE_TRY(PackageName::parse(preference.key())), version);
    }
    return request;
}

QString asText(const resolve::Resolution &resolution)
{
    QStringList lines;
    for (const auto &package : resolution.packages) {
        QString name = package.name.text();
        QStringList extras;
        for (const auto &extra : package.extras)
            extras.append(extra.text());
        if (!extras.isEmpty())
            name += u'[' + extras.join(u',') + u']';
        QStringList via = package.wishedBy;
        for (const auto &needer : package.neededBy)
            via.append(needer.text());
        lines.append(u"%1 %2 from %3 for %4"_s.arg(name, package.version.text(),
            package.index.url.isEmpty() ? u"a file"_s : package.index.url.toString(), via.join(u", ")));
    }
    return lines.join(u'\n');
}

} // namespace sconce::kit
