// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <random>
#include <set>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "kit/random.h"
#include "kit/universe/universe.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// A world of five packages with three versions at most, small enough to try everything.
struct World {
    struct Need {
        QString package;
        QStringList extras;
        QString specifier;
        /// Only with this extra of the needing package; empty: always.
        QString under;
        bool isForHere = true;
        QString text() const
        {
            QStringList markers;
            if (!under.isEmpty())
                markers.append(u"extra == '%1'"_s.arg(under));
            markers.append(isForHere ? u"sys_platform == 'linux'"_s : u"sys_platform == 'win32'"_s);
            const QString name = extras.isEmpty() ? package : package + u'[' + extras.join(u',') + u']';
            const bool needsMarker = !under.isEmpty() || !isForHere || (specifier.size() % 2);
            return name + specifier + (needsMarker ? u"; "_s + markers.join(u" and ") : QString());
        }
        bool allows(int version) const
        {
            return specifier.isEmpty()
                || versions::SpecifierSet::parse(specifier)->contains(
                    versions::Version::of({quint64(version)}));
        }
    };
    std::map<QString, std::map<int, std::vector<Need>>> packages;
    std::vector<Need> wishes;
    std::map<QString, QString> constraints;

    QJsonObject json() const
    {
        QJsonObject all;
        for (const auto &[name, versions] : packages) {
            QJsonObject rows;
            for (const auto &[version, needs] : versions) {
                QJsonArray texts;
                for (const Need &need : needs)
                    texts.append(need.text());
                rows[QString::number(version)] =
                    QJsonObject{{u"needs"_s, texts}, {u"extras"_s, QJsonArray{u"x"_s, u"y"_s}}};
            }
            all[name] = rows;
        }
        QJsonArray wished;
        for (const Need &wish : wishes)
            wished.append(wish.text());
        QJsonArray bounds;
        for (const auto &[name, specifier] : constraints)
            bounds.append(name + specifier);
        return {{u"packages"_s, all}, {u"wish"_s, wished}, {u"constraints"_s, bounds}};
    }

    /// What the choice really needs, by package; nothing when something needed is not chosen or not allowed.
    std::optional<std::set<QString>> needed(const std::map<QString, int> &choice) const
    {
        std::set<std::pair<QString, QString>> active; // package, extra (empty: the package itself)
        std::vector<std::pair<QString, QString>> open;
        const auto take = [&](const Need &need) {
            if (!need.isForHere)
                return true;
            const auto chosen = choice.find(need.package);
            if (chosen == choice.end() || !need.allows(chosen->second))
                return false;
            const auto bound = constraints.find(need.package);
            if (bound != constraints.end()
                && !Need{.package = need.package, .specifier = bound->second}.allows(chosen->second))
                return false;
            QStringList parts = need.extras;
            parts.append(QString());
            for (const QString &part : parts) {
                if (active.emplace(need.package, part).second)
                    open.emplace_back(need.package, part);
            }
            return true;
        };
        if (!std::ranges::all_of(wishes, take))
            return {};
        while (!open.empty()) {
            const auto [package, extra] = open.back();
            open.pop_back();
            for (const Need &need : packages.at(package).at(choice.at(package))) {
                if (need.under == extra && !take(need))
                    return {};
            }
        }
        std::set<QString> result;
        for (const auto &[package, extra] : active)
            result.insert(package);
        return result;
    }

    bool isSolvable(std::map<QString, int> choice = {}) const
    {
        const auto next = std::ranges::find_if(
            packages, [&](const auto &package) { return !choice.contains(package.first); });
        if (next == packages.end())
            return needed(choice).has_value();
        for (const auto &[version, needs] : next->second) {
            choice[next->first] = version;
            if (isSolvable(choice))
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
        QString(), u"==1"_s, u"==2"_s, u">=2"_s, u"<3"_s, u"<=1"_s, u"!=2"_s, u">2"_s, u"~=2.0"_s};
    const auto need = [&](const QString &package) {
        World::Need result{.package = package,
            .specifier = specifiers[roll(0, 2) ? roll(0, int(specifiers.size()) - 1) : 0],
            .isForHere = roll(0, 9) > 0};
        if (roll(0, 3) == 0)
            result.extras.append(roll(0, 1) ? u"x"_s : u"y"_s);
        return result;
    };
    World world;
    for (const QString &name : names) {
        for (int version = roll(1, 3); version > 0; --version) {
            auto &needs = world.packages[name][version];
            for (const QString &other : names) {
                if (roll(0, 99) < 30) {
                    needs.push_back(need(other));
                    if (roll(0, 2) == 0)
                        needs.back().under = roll(0, 1) ? u"x"_s : u"y"_s;
                    if (other == name && needs.back().under.isEmpty())
                        needs.pop_back(); // a package that always needs itself is a case of its own
                }
            }
        }
    }
    for (const QString &name : names) {
        if (roll(0, 99) < 60)
            world.wishes.push_back(need(name));
        if (roll(0, 99) < 15)
            world.constraints[name] = specifiers[roll(1, int(specifiers.size()) - 1)];
    }
    return world;
}

} // namespace

class RandomWorldsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTryingEverything();
};

void RandomWorldsCheck::agreesWithTryingEverything()
{
    std::mt19937 random(kit::seed());
    int solved = 0;
    int conflicts = 0;
    for (int round = 0; round < 300; ++round) {
        const World world = randomWorld(random);
        const QByteArray shown = QJsonDocument(world.json()).toJson();
        const auto universe = kit::Universe::read(world.json()).value();
        const auto outcome = resolveSpecific(
            kit::readRequest(world.json(), *universe).value(), *universe, JobContext::unwatched());
        QVERIFY2(outcome, shown.constData());
        if (const auto *conflict = std::get_if<resolve::Conflict>(&*outcome)) {
            ++conflicts;
            QVERIFY2(!world.isSolvable(), shown.constData());
            QVERIFY2(conflict->sentence.contains(u"your requirements cannot be met"),
                qPrintable(conflict->sentence));
            continue;
        }
        ++solved;
        std::map<QString, int> choice;
        std::set<QString> chosen;
        for (const auto &package : std::get<resolve::Resolution>(*outcome).packages) {
            choice[package.name.text()] = int(package.version.release()[0]);
            chosen.insert(package.name.text());
        }
        const auto needed = world.needed(choice);
        QVERIFY2(needed, shown.constData());
        QVERIFY2(*needed == chosen, shown.constData());
    }
    QVERIFY2(solved > 30 && conflicts > 30, "the worlds are too much alike to say anything");
}

QTEST_APPLESS_MAIN(RandomWorldsCheck)
#include "random_worlds.moc"
