// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <random>
#include <set>

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/random.h"
#include "kit/universe/universe.h"
#include "resolve/universal.h"
#include "versions/version_set.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// One computer with one Python: where a lock is put to use.
struct Computer {
    QString platform;
    int minor = 0;
    markers::Environment environment() const
    {
        const QString version = u"3.%1"_s.arg(minor);
        return {.implementationName = u"cpython"_s,
            .implementationVersion = version + u".0"_s,
            .osName = platform == "win32"_L1 ? u"nt"_s : u"posix"_s,
            .platformMachine = u"x86_64"_s,
            .platformPythonImplementation = u"CPython"_s,
            .platformSystem = platform == "win32"_L1 ? u"Windows"_s : u"Linux"_s,
            .pythonFullVersion = version + u".0"_s,
            .pythonVersion = version,
            .sysPlatform = platform};
    }
};
const Computer Computers[] = {{u"linux"_s, 11}, {u"linux"_s, 13}, {u"win32"_s, 11}, {u"win32"_s, 13}};

struct Need {
    QString package;
    QString specifier;
    QString marker;
    versions::VersionSet range;
    /// By computer, whether the marker holds there.
    std::array<bool, std::size(Computers)> applies{};

    Need(QString name, QString bounds, QString condition)
        : package(std::move(name))
        , specifier(std::move(bounds))
        , marker(std::move(condition))
        , range(versions::VersionSet::of(versions::SpecifierSet::parse(specifier).value()))
    {
        const auto parsed = marker.isEmpty() ? markers::Marker() : markers::Marker::parse(marker).value();
        for (std::size_t place = 0; place < applies.size(); ++place)
            applies[place] = parsed.evaluate(Computers[place].environment());
    }
    QString text() const { return package + specifier + (marker.isEmpty() ? QString() : u"; "_s + marker); }
    bool appliesTo(const Computer &computer) const { return applies[std::size_t(&computer - Computers)]; }
    bool allows(int version) const { return range.contains(versions::Version::of({quint64(version)})); }
};
struct Release {
    std::vector<Need> needs;
    /// The oldest Python, as minor version.
    int python = 9;
};
using Choice = std::map<QString, int>;

/// Five packages in a few versions, and a project for Python 3.11 and up with two extras that exclude each
/// other.
struct World {
    std::map<QString, std::map<int, Release>> packages;
    std::vector<Need> wishes;
    std::map<QString, std::vector<Need>> extras;

    QJsonObject json() const
    {
        QJsonObject all;
        for (const auto &[name, versions] : packages) {
            QJsonObject rows;
            for (const auto &[version, release] : versions) {
                QJsonArray texts;
                for (const Need &need : release.needs)
                    texts.append(need.text());
                rows[QString::number(version)] =
                    QJsonObject{{u"needs"_s, texts}, {u"python"_s, u">=3.%1"_s.arg(release.python)}};
            }
            all[name] = rows;
        }
        return {{u"packages"_s, all}};
    }
    QString project() const
    {
        const auto list = [](const std::vector<Need> &needs) {
            QStringList texts;
            for (const Need &need : needs)
                texts.append(u'"' + need.text() + u'"');
            return u'[' + texts.join(u", ") + u']';
        };
        return u"[project]\nname = 'demo'\nversion = '1'\nrequires-python = '>=3.11'\ndependencies = %1\n"
               "[project.optional-dependencies]\none = %2\ntwo = %3\n"
               "[tool.uv]\nconflicts = [[{extra = 'one'}, {extra = 'two'}]]\n"_s.arg(
                   list(wishes), list(extras.at(u"one"_s)), list(extras.at(u"two"_s)));
    }

    /// What the choice needs on the computer with the extra; nothing when something is missing or not
    /// allowed.
    std::optional<std::set<QString>> needed(
        const Choice &choice, const Computer &computer, const QString &extra) const
    {
        std::set<QString> active;
        std::vector<QString> open;
        const auto take = [&](const Need &need) {
            if (!need.appliesTo(computer))
                return true;
            const auto chosen = choice.find(need.package);
            if (chosen == choice.end() || !need.allows(chosen->second)
                || packages.at(need.package).at(chosen->second).python > computer.minor)
                return false;
            if (active.insert(need.package).second)
                open.push_back(need.package);
            return true;
        };
        if (!std::ranges::all_of(wishes, take)
            || (!extra.isEmpty() && !std::ranges::all_of(extras.at(extra), take)))
            return {};
        while (!open.empty()) {
            const QString package = open.back();
            open.pop_back();
            if (!std::ranges::all_of(packages.at(package).at(choice.at(package)).needs, take))
                return {};
        }
        return active;
    }
    bool isSolvable(const Computer &computer, const QString &extra, Choice choice = {}) const
    {
        const auto next = std::ranges::find_if(
            packages, [&](const auto &package) { return !choice.contains(package.first); });
        if (next == packages.end())
            return needed(choice, computer, extra).has_value();
        for (const auto &[version, release] : next->second) {
            choice[next->first] = version;
            if (isSolvable(computer, extra, choice))
                return true;
        }
        return false;
    }
};

World randomWorld(std::mt19937 &random)
{
    const auto roll = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    const QStringList names{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    const QStringList specifiers{
        QString(), QString(), QString(), u"==1"_s, u">=2"_s, u"<3"_s, u"!=2"_s, u"<=2"_s};
    const QStringList conditions{QString(), QString(), QString(), u"sys_platform == 'win32'"_s,
        u"sys_platform != 'win32'"_s, u"python_version >= '3.12'"_s, u"python_version < '3.12'"_s};
    const auto any = [&](const QStringList &list) { return list[roll(0, int(list.size()) - 1)]; };
    const auto need = [&](const QString &package) { return Need{package, any(specifiers), any(conditions)}; };
    World world;
    for (const QString &name : names) {
        for (int version = roll(1, 3); version > 0; --version) {
            Release &release = world.packages[name][version];
            release.python = roll(0, 4) == 0 ? 12 : 9;
            for (const QString &other : names) {
                if (other != name && roll(0, 99) < 25)
                    release.needs.push_back(need(other));
            }
        }
    }
    for (const QString &name : names) {
        for (int times = roll(0, 6); times > 4; --times)
            world.wishes.push_back(need(name));
        for (const QString &extra : {u"one"_s, u"two"_s}) {
            auto &needs = world.extras[extra];
            if (roll(0, 4) == 0)
                needs.push_back(need(name));
        }
    }
    return world;
}

Result<resolve::UniversalRequest> requestFor(const World &world, const kit::Universe &universe)
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"pyproject.toml"_s), world.project().toUtf8());
    resolve::UniversalRequest request;
    auto root = SCONCE_TRY(project::open(folder.path()));
    request.workspace = SCONCE_TRY(project::openWorkspace(std::move(root)));
    const auto python = versions::ReleaseRange::of(*request.workspace.root.requiresPython);
    request.python = {python.lower(), python.upper()};
    request.requiresPython = python.specifiers();
    request.indexes = universe.indexes();
    return request;
}

/// Answers some questions late, as a network does: the order in which pages come must not matter.
class Shuffled final : public resolve::Supply {
public:
    Shuffled(resolve::Supply &next, std::mt19937 &random)
        : m_next(next)
        , m_random(random)
    {}
    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override
    {
        return m_next.page(index, package, context);
    }
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override
    {
        return m_next.metadata(file, context);
    }
    void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        m_next.expectPage(index, package);
    }
    void expectMetadata(const metadata::IndexFile &file) override { m_next.expectMetadata(file); }
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) override
    {
        return m_random() % 2 ? m_next.pageAtHand(index, package) : std::nullopt;
    }

private:
    resolve::Supply &m_next;
    std::mt19937 &m_random;
};

/// The fork that counts for the computer with the extra; null unless there is exactly one.
const resolve::UniversalResolution::Part *partFor(
    const resolve::UniversalResolution &resolution, const Computer &computer, const QString &extra)
{
    std::set<names::ExtraName> inUse;
    if (!extra.isEmpty())
        inUse.insert(names::ExtraName::parse(u"extra-4-demo-"_s + extra).value());
    const resolve::UniversalResolution::Part *found = nullptr;
    for (const auto &part : resolution.parts) {
        if (!part.fork.full().evaluate(computer.environment(), inUse))
            continue;
        if (found)
            return nullptr;
        found = &part;
    }
    return found;
}

QString asText(const resolve::UniversalResolution &resolution)
{
    QStringList lines;
    for (const auto &part : resolution.parts) {
        QStringList chosen;
        for (const auto node : part.nodes) {
            const auto &known = resolution.distributions[resolution.nodes[node.value].distribution.value];
            chosen.append(known.name.text() + u' ' + known.version.text());
        }
        chosen.sort();
        lines.append(part.fork.full().text() + u": "_s + chosen.join(u", "_s));
    }
    return lines.join(u'\n');
}

} // namespace

class RandomUniversesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyComputerGetsWhatItNeeds();
};

void RandomUniversesCheck::everyComputerGetsWhatItNeeds()
{
    std::mt19937 random(kit::seed());
    int solved = 0;
    int conflicts = 0;
    int tooStrict = 0;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 20'000) {
        const World world = randomWorld(random);
        const QByteArray shown = QJsonDocument(world.json()).toJson() + world.project().toUtf8();
        const auto universe = kit::Universe::read(world.json()).value();
        const auto request = requestFor(world, *universe);
        QVERIFY2(request, shown.constData());
        const auto outcome = resolveUniversal(*request, *universe, JobContext::unwatched());
        QVERIFY2(outcome, shown.constData());
        Shuffled shuffled(*universe, random);
        const auto again = resolveUniversal(*request, shuffled, JobContext::unwatched());
        QVERIFY2(again && again->index() == outcome->index(), shown.constData());
        if (std::holds_alternative<resolve::Conflict>(*outcome)) {
            ++conflicts;
            QCOMPARE(
                std::get<resolve::Conflict>(*outcome).sentence, std::get<resolve::Conflict>(*again).sentence);
            bool isSolvable = true;
            for (const Computer &computer : Computers) {
                for (const QString &extra : {QString(), u"one"_s, u"two"_s})
                    isSolvable = isSolvable && world.isSolvable(computer, extra);
            }
            // Markers deeper in the graph do not split (resolver.md § 9): a conflict although each computer
            // by itself has a solution is rare, but right.
            tooStrict += isSolvable;
            continue;
        }
        ++solved;
        const auto &resolution = std::get<resolve::UniversalResolution>(*outcome);
        QCOMPARE(asText(resolution), asText(std::get<resolve::UniversalResolution>(*again)));
        for (const Computer &computer : Computers) {
            for (const QString &extra : {QString(), u"one"_s, u"two"_s}) {
                const auto *part = partFor(resolution, computer, extra);
                QVERIFY2(part, (shown + asText(resolution).toUtf8()).constData());
                Choice choice;
                for (const auto node : part->nodes) {
                    const auto &known =
                        resolution.distributions[resolution.nodes[node.value].distribution.value];
                    if (known.name.text() == "demo"_L1)
                        continue;
                    const int version = int(known.version.release()[0]);
                    const auto [place, isNew] = choice.try_emplace(known.name.text(), version);
                    QVERIFY2(place->second == version, shown.constData());
                }
                QVERIFY2(
                    world.needed(choice, computer, extra), (shown + asText(resolution).toUtf8()).constData());
            }
        }
    }
    qInfo("%d solved, %d conflicts, %d of them stricter than each computer by itself", solved, conflicts,
        tooStrict);
    QVERIFY2(solved > 10 && conflicts > 5, "the worlds are too much alike to say anything");
    QVERIFY2(tooStrict * 3 < conflicts, "too many conflicts where every computer has a solution");
}

QTEST_GUILESS_MAIN(RandomUniversesCheck)
#include "random_universes.moc"
