// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/solver.h"

#include <map>
#include <random>
#include <set>

#include <QTest>

using namespace sconce;
using namespace sconce::pubgrub;
using versions::Version;
using versions::VersionSet;

namespace {

/// Versions are whole numbers, packages are numbers too; 0 is the root with the one version 1.
struct Universe {
    struct Need {
        std::uint32_t package;
        std::vector<int> versions;
    };
    /// By package, by version.
    std::vector<std::map<int, std::vector<Need>>> packages;
};
using Choice = std::map<std::uint32_t, int>;

Version number(int value)
{
    return Version::of({quint64(value)});
}

VersionSet setOf(const std::vector<int> &versions)
{
    VersionSet result;
    for (const int version : versions)
        result = result.united(VersionSet::exactly(number(version)));
    return result;
}

bool keepsDependencies(const Universe &universe, const Choice &choice)
{
    for (const auto &[package, version] : choice) {
        for (const auto &need : universe.packages[package].at(version)) {
            const auto chosen = choice.find(need.package);
            if (chosen == choice.end() || !std::ranges::contains(need.versions, chosen->second))
                return false;
        }
    }
    return true;
}

/// Calls `visit` for every choice of versions, of no version for some, that keeps all dependencies.
template <class Visit>
void eachPossible(const Universe &universe, Visit visit, std::uint32_t package = 0, Choice choice = {})
{
    if (package == universe.packages.size()) {
        if (keepsDependencies(universe, choice))
            visit(choice);
        return;
    }
    eachPossible(universe, visit, package + 1, choice);
    for (const auto &[version, needs] : universe.packages[package]) {
        choice[package] = version;
        eachPossible(universe, visit, package + 1, choice);
    }
}

bool isSolvable(const Universe &universe)
{
    bool found = false;
    eachPossible(universe, [&](const Choice &choice) { found = found || choice.contains(0); });
    return found;
}

/// The simplest owner of a solver: the first undecided package, its highest version; prefers the lowest when
/// told so.
class Run {
public:
    explicit Run(const Universe &universe, bool lowestFirst = false)
        : m_universe(universe)
        , m_lowestFirst(lowestFirst)
        , m_solver(incompatibilities, Package{0}, number(1))
    {}

    /// Goes on from where the solver is; nothing when there is no solution.
    std::optional<Choice> finish(Solver solver, Package next)
    {
        for (;;) {
            if (const auto outcome = solver.propagate(next); !outcome) {
                failure = outcome.error();
                return {};
            }
            if (copyWhenUndecided && !copy && solver.undecided().size() == 2) {
                copy.emplace(solver);
                copiedAt = next;
            }
            const auto undecided = solver.undecided();
            if (undecided.empty())
                return choiceOf(solver);
            next = undecided.front().package;
            const auto version = best(next, undecided.front().range);
            if (version)
                decide(solver, next, *version);
            else
                solver.addNoVersions(next, undecided.front().range);
        }
    }
    std::optional<Choice> finish() { return finish(m_solver, Package{0}); }

    Incompatibilities incompatibilities;
    IncompatibilityId failure;
    bool copyWhenUndecided = false;
    std::optional<Solver> copy;
    Package copiedAt;

private:
    std::optional<int> best(Package package, Range range) const
    {
        std::optional<int> found;
        for (const auto &[version, needs] : m_universe.packages[package.value]) {
            if (incompatibilities.ranges[range].contains(number(version)) && !(found && m_lowestFirst))
                found = version;
        }
        return found;
    }

    void decide(Solver &solver, Package package, int version)
    {
        Ranges &ranges = incompatibilities.ranges;
        std::vector<Solver::Dependency> dependencies;
        for (const auto &need : m_universe.packages[package.value].at(version))
            dependencies.push_back({Package{need.package}, ranges.intern(setOf(need.versions))});
        const Range own = ranges.exactly(number(version));
        solver.addVersion(package, own, own, dependencies);
    }

    Choice choiceOf(const Solver &solver) const
    {
        Choice choice;
        for (const Package package : solver.packages()) {
            if (const auto decision = solver.decision(package))
                choice[package.value] = int(incompatibilities.ranges.version(*decision).release()[0]);
        }
        return choice;
    }

    const Universe &m_universe;
    bool m_lowestFirst;
    Solver m_solver;
};

Universe randomUniverse(std::mt19937 &random)
{
    const auto roll = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    Universe universe;
    const int packages = roll(3, 6);
    for (int package = 0; package < packages; ++package) {
        std::map<int, std::vector<Universe::Need>> versions;
        const int count = package == 0 ? 1 : roll(1, 3);
        for (int version = 1; version <= count; ++version) {
            for (int needed = 1; needed < packages; ++needed) {
                if (roll(0, 99) >= (package == 0 ? 70 : 35))
                    continue;
                std::vector<int> allowed;
                for (int candidate = 1; candidate <= 4; ++candidate) { // 4 exists nowhere
                    if (roll(0, 99) < 55)
                        allowed.push_back(candidate);
                }
                versions[version].push_back({std::uint32_t(needed), allowed});
            }
            versions[version];
        }
        universe.packages.push_back(versions);
    }
    return universe;
}

bool holds(
    const Incompatibilities &incompatibilities, const Incompatibility &incompatibility, const Choice &choice)
{
    for (const auto &entry : incompatibility.entries) {
        const auto chosen = choice.find(entry.package.value);
        const bool isInside = chosen != choice.end()
            && incompatibilities.ranges[entry.term.range].contains(number(chosen->second));
        if (isInside != entry.term.isPositive)
            return false;
    }
    return true;
}

} // namespace

class SolverCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void solvesTheClassicExamples_data();
    void solvesTheClassicExamples();
    void agreesWithTryingEverything();
    void aCopyGoesItsOwnWay();
    void provesOnlyWhatIsTrue();
    void takesBackADecision();
    void mergesDependenciesOfTheSameRange();
};

void SolverCheck::solvesTheClassicExamples_data()
{
    QTest::addColumn<Universe>("universe");
    QTest::addColumn<Choice>("expected"); // empty: no solution

    const std::vector<Universe::Need> none;
    QTest::newRow("no conflicts") << Universe{{{{1, {{1, {1}}}}}, {{1, {{2, {1}}}}}, {{1, none}, {2, none}}}}
                                  << Choice{{0, 1}, {1, 1}, {2, 1}};
    QTest::newRow("conflict avoided while deciding") << Universe{{{{1, {{1, {1, 2}}, {2, {1, 2}}}}},
        {{1, none}, {2, {{2, {3}}}}}, {{1, none}, {2, none}, {3, none}}}}
                                                     << Choice{{0, 1}, {1, 1}, {2, 2}};
    QTest::newRow("conflict resolved")
        << Universe{{{{1, {{1, {1, 2}}}}}, {{1, none}, {2, {{2, {1}}}}}, {{1, {{1, {1}}}}}}}
        << Choice{{0, 1}, {1, 1}};
    QTest::newRow("partial satisfier") // 1 foo, 2 target, 3 left, 4 right, 5 shared
        << Universe{{{{1, {{1, {1, 2}}, {2, {2}}}}}, {{1, none}, {2, {{3, {1}}, {4, {1}}}}},
               {{1, none}, {2, none}}, {{1, {{5, {1, 2}}}}}, {{1, {{5, {1}}}}}, {{1, {{2, {1}}}}, {2, none}}}}
        << Choice{{0, 1}, {1, 1}, {2, 2}};
    QTest::newRow("no way in a row of three") << Universe{{{{1, {{1, {1}}, {3, {1}}}}}, {{1, {{2, {2}}}}},
        {{2, {{3, {3}}}}}, {{1, none}, {3, none}}}}
                                              << Choice{};
    QTest::newRow("no way in two branches") // 1 foo, 2 a, 3 b, 4 x, 5 y
        << Universe{{{{1, {{1, {1, 2}}}}}, {{1, {{2, {1}}, {3, {1}}}}, {2, {{4, {1}}, {5, {1}}}}},
               {{1, {{3, {2}}}}}, {{1, none}, {2, none}}, {{1, {{5, {2}}}}}, {{1, none}, {2, none}}}}
        << Choice{};
    QTest::newRow("a version that shuts itself out")
        << Universe{{{{1, {{1, {1, 2}}}}}, {{1, none}, {2, {{1, {1}}}}}}} << Choice{{0, 1}, {1, 1}};
    QTest::newRow("a need that nothing can meet")
        << Universe{{{{1, {{1, {1, 2}}}}}, {{1, none}, {2, {{2, {}}}}}, {{1, none}}}}
        << Choice{{0, 1}, {1, 1}};
}

void SolverCheck::solvesTheClassicExamples()
{
    QFETCH(const Universe, universe);
    QFETCH(const Choice, expected);
    Run run(universe);
    const auto found = run.finish();
    QCOMPARE(found.has_value(), !expected.empty());
    if (found)
        QCOMPARE(*found, expected);
}

void SolverCheck::agreesWithTryingEverything()
{
    const unsigned seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    int solvable = 0;
    for (int round = 0; round < 1000; ++round) {
        const Universe universe = randomUniverse(random);
        Run run(universe, round % 2);
        const auto found = run.finish();
        QVERIFY2(found.has_value() == isSolvable(universe),
            qPrintable(QStringLiteral("seed %1, round %2").arg(seed).arg(round)));
        if (found) {
            ++solvable;
            QVERIFY2(found->contains(0) && keepsDependencies(universe, *found),
                qPrintable(QStringLiteral("seed %1, round %2").arg(seed).arg(round)));
        }
    }
    QVERIFY2(solvable > 100 && solvable < 900, "the universes are too much alike to say anything");
}

void SolverCheck::aCopyGoesItsOwnWay()
{
    std::mt19937 random(4);
    int copies = 0;
    for (int round = 0; round < 200; ++round) {
        const Universe universe = randomUniverse(random);
        Run run(universe);
        run.copyWhenUndecided = true;
        const auto found = run.finish();
        if (!run.copy)
            continue;
        ++copies;
        const auto again = run.finish(*run.copy, run.copiedAt);
        QCOMPARE(again, found);
    }
    QVERIFY(copies > 20);
}

void SolverCheck::provesOnlyWhatIsTrue()
{
    std::mt19937 random(11);
    int proofs = 0;
    int steps = 0;
    for (int round = 0; round < 300; ++round) {
        const Universe universe = randomUniverse(random);
        Run run(universe);
        if (run.finish())
            continue;
        ++proofs;
        const auto derivation = run.incompatibilities.derivation(run.failure);
        QCOMPARE(derivation.back(), run.failure);
        std::set<IncompatibilityId> supposesTheRoot;
        for (const IncompatibilityId id : derivation) {
            const Incompatibility &step = run.incompatibilities[id];
            if (step.kind == Incompatibility::Kind::Derived) {
                QVERIFY(step.firstCause < id && step.secondCause < id);
                if (supposesTheRoot.contains(step.firstCause) || supposesTheRoot.contains(step.secondCause))
                    supposesTheRoot.insert(id);
            } else if (step.kind == Incompatibility::Kind::Root) {
                supposesTheRoot.insert(id);
            }
            if (supposesTheRoot.contains(id))
                continue;
            ++steps;
            eachPossible(universe, [&](const Choice &choice) {
                QVERIFY2(!holds(run.incompatibilities, step, choice),
                    qPrintable(QStringLiteral("round %1").arg(round)));
            });
        }
    }
    QVERIFY(steps > 60);
    QVERIFY(proofs > 30);
}

void SolverCheck::takesBackADecision()
{
    Incompatibilities incompatibilities;
    Ranges &ranges = incompatibilities.ranges;
    Solver solver(incompatibilities, Package{0}, number(1));
    QVERIFY(solver.propagate(Package{0}));
    const Range one = ranges.exactly(number(1));
    const Range any = ranges.intern(setOf({1, 2}));
    QVERIFY(!solver.addVersion(
        Package{0}, one, one, std::vector<Solver::Dependency>{{Package{1}, any}, {Package{2}, any}}));
    QVERIFY(solver.propagate(Package{0}));
    solver.decide(Package{1}, one);
    solver.decide(Package{2}, one);
    QVERIFY(solver.decision(Package{1}) && solver.decision(Package{2}));

    QVERIFY(solver.backtrackBefore(Package{1}));
    QVERIFY(!solver.decision(Package{1}));
    QVERIFY2(!solver.decision(Package{2}), "what came later is taken back too");
    QCOMPARE(solver.undecided().size(), 2u);
    QCOMPARE(solver.undecided()[0].range, any);
    QVERIFY(!solver.backtrackBefore(Package{1}));
}

void SolverCheck::mergesDependenciesOfTheSameRange()
{
    Incompatibilities incompatibilities;
    Ranges &ranges = incompatibilities.ranges;
    Solver solver(incompatibilities, Package{0}, number(1));
    const Range range = ranges.intern(setOf({1, 2}));
    const Range other = ranges.intern(setOf({3}));
    solver.addDependency({Package{1}, ranges.exactly(number(1)), Package{2}, range});
    solver.addDependency({Package{1}, ranges.exactly(number(2)), Package{2}, range});
    solver.addDependency({Package{1}, ranges.exactly(number(3)), Package{2}, other});

    std::vector<Range> dependents;
    solver.eachDependency([&](const auto &dependency) { dependents.push_back(dependency.versions); });
    QCOMPARE(dependents, (std::vector{ranges.intern(setOf({1, 2})), ranges.exactly(number(3))}));
}

QTEST_APPLESS_MAIN(SolverCheck)
#include "solver.moc"
