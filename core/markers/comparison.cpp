// SPDX-License-Identifier: Apache-2.0
#include "comparison.h"

#include <algorithm>
#include <map>

#include <QStringList>

#include "names/package_name.h"
#include "versions/version.h"

using namespace Qt::StringLiterals;

namespace sconce::markers {

namespace {

struct NamedKey {
    QStringView name;
    Key key;
};

constexpr Key of(StringKey key)
{
    return {Key::Kind::String, quint8(key)};
}
constexpr Key of(VersionKey key)
{
    return {Key::Kind::Version, quint8(key)};
}
constexpr Key of(ListKey key)
{
    return {Key::Kind::List, quint8(key)};
}

const NamedKey Keys[] = {
    {u"os_name", of(StringKey::OsName)},
    {u"sys_platform", of(StringKey::SysPlatform)},
    {u"platform_system", of(StringKey::PlatformSystem)},
    {u"platform_machine", of(StringKey::PlatformMachine)},
    {u"platform_python_implementation", of(StringKey::PlatformPythonImplementation)},
    {u"platform_release", of(StringKey::PlatformRelease)},
    {u"platform_version", of(StringKey::PlatformVersion)},
    {u"implementation_name", of(StringKey::ImplementationName)},
    {u"implementation_version", of(VersionKey::ImplementationVersion)},
    {u"python_full_version", of(VersionKey::PythonFullVersion)},
    {u"python_version", {Key::Kind::PythonVersion, 0}},
    {u"extra", {Key::Kind::Extra, 0}},
    {u"extras", of(ListKey::Extras)},
    {u"dependency_groups", of(ListKey::DependencyGroups)},
};

// Spellings from before PEP 508 (setuptools and PEP 345).
const NamedKey OldKeys[] = {
    {u"os.name", of(StringKey::OsName)},
    {u"sys.platform", of(StringKey::SysPlatform)},
    {u"platform.machine", of(StringKey::PlatformMachine)},
    {u"platform.version", of(StringKey::PlatformVersion)},
    {u"platform.python_implementation", of(StringKey::PlatformPythonImplementation)},
    {u"python_implementation", of(StringKey::PlatformPythonImplementation)},
};

Ref compareAt(Diagrams &diagrams, Variable variable, Operator op, quint32 value)
{
    const Cut before{value, false};
    const Cut behind{value, true};
    switch (op) {
    case Operator::NotEqual: return Diagrams::negation(diagrams.between(variable, before, behind));
    case Operator::Less: return diagrams.between(variable, {}, before);
    case Operator::LessEqual: return diagrams.between(variable, {}, behind);
    case Operator::Greater: return diagrams.between(variable, behind, {});
    case Operator::GreaterEqual: return diagrams.between(variable, before, {});
    default: return diagrams.between(variable, before, behind);
    }
}

bool isOrdered(Operator op)
{
    return op >= Operator::Less && op <= Operator::GreaterEqual;
}

Ref negatedIf(bool isNegated, Ref ref)
{
    return isNegated ? Diagrams::negation(ref) : ref;
}

/// The literal of a version comparison: numbers, and whether ".*" follows. Nothing when the comparison is
/// ignored.
struct VersionLiteral {
    std::vector<quint64> release;
    bool isPrefix = false;

    static std::optional<VersionLiteral> parse(QStringView text, Operator op)
    {
        text = text.trimmed();
        const bool isPrefix = text.endsWith(u".*");
        const auto release = releaseNumbers(isPrefix ? text.chopped(2) : text);
        const bool fits = op == Operator::Equal || op == Operator::NotEqual
            || (!isPrefix
                && (isOrdered(op) || (op == Operator::Compatible && release && release->size() > 1)));
        if (!release || !fits)
            return {};
        return VersionLiteral{*release, isPrefix};
    }
};

Ref compareVersion(Diagrams &diagrams, VersionKey key, Operator op, const VersionLiteral &literal)
{
    const Variable variable = Variable::of(key);
    std::vector<quint64> release = literal.release;
    if (literal.isPrefix || op == Operator::Compatible) {
        const Cut low{diagrams.release(release), false};
        if (!literal.isPrefix)
            release.pop_back();
        ++release.back();
        const Cut high{diagrams.release(release), false};
        return negatedIf(op == Operator::NotEqual, diagrams.between(variable, low, high));
    }
    while (release.size() > 1 && release.back() == 0)
        release.pop_back();
    return compareAt(diagrams, variable, op, diagrams.release(release));
}

/// python_version has two numbers only, so it is a statement about python_full_version (table in resolver.md
/// § 12.2).
std::optional<Ref> comparePythonVersion(Diagrams &diagrams, Operator op, QStringView text)
{
    const auto literal = VersionLiteral::parse(text, op);
    if (!literal)
        return {};
    const auto &release = literal->release;
    const auto compareTo = [&](Operator how, std::vector<quint64> numbers, bool isPrefix) {
        return compareVersion(diagrams, VersionKey::PythonFullVersion, how, {std::move(numbers), isPrefix});
    };
    if ((literal->isPrefix && release.size() == 1) || (op == Operator::Compatible && release.size() == 2))
        return compareTo(op, release, literal->isPrefix);

    const std::vector<quint64> minor{release[0], release.size() > 1 ? release[1] : 0};
    const bool isMinor = std::all_of(release.begin() + std::min<qsizetype>(2, qsizetype(release.size())),
        release.end(), [](quint64 number) { return number == 0; });
    if (literal->isPrefix || op == Operator::Compatible)
        return isMinor ? compareTo(op == Operator::NotEqual ? op : Operator::Equal, minor, true) : False;
    if (op == Operator::Equal || op == Operator::NotEqual)
        return isMinor ? compareTo(op, minor, true) : negatedIf(op == Operator::NotEqual, False);
    if ((op == Operator::Less || op == Operator::GreaterEqual) && isMinor)
        return compareTo(op, minor, false);
    const bool isUpper = op == Operator::Less || op == Operator::LessEqual;
    return compareTo(isUpper ? Operator::Less : Operator::GreaterEqual, {minor[0], minor[1] + 1}, false);
}

/// "in" with versions separated by blanks.
std::optional<Ref> versionIn(Diagrams &diagrams, Key key, bool isNegated, const QString &literal)
{
    const QStringList words = literal.simplified().split(u' ', Qt::SkipEmptyParts);
    if (key.kind == Key::Kind::PythonVersion) {
        Ref any = False;
        for (const QString &word : words) {
            if (!releaseNumbers(word))
                return {};
            const auto one = comparePythonVersion(diagrams, Operator::Equal, word);
            if (!one || *one == False)
                return one; // "3.12.1" is no python_version: never, also with "not in"
            any = diagrams.disjunction(any, *one, Worlds::Possible);
        }
        return negatedIf(isNegated, any);
    }
    std::map<std::vector<quint64>, quint32> points; // by bare release; the last spelling counts
    for (const QString &word : words) {
        auto release = releaseNumbers(word);
        if (!release)
            return {};
        const quint32 shown = diagrams.release(*release);
        points[diagrams.releaseOf(shown)] = shown;
    }
    std::vector<Cut> cuts;
    std::vector<Ref> children{False};
    for (const auto &[bare, shown] : points) {
        cuts.insert(cuts.end(), {{shown, false}, {shown, true}});
        children.insert(children.end(), {True, False});
    }
    return negatedIf(
        isNegated, diagrams.node(Variable{Variable::Kind::Version, key.index, 0}, cuts, children));
}

std::optional<Ref> compareVersionKey(Diagrams &diagrams, Key key, Operator op, const QString &literal)
{
    if (op == Operator::Contains || op == Operator::NotContains)
        return {};
    if (op == Operator::In || op == Operator::NotIn)
        return versionIn(diagrams, key, op == Operator::NotIn, literal);
    if (key.kind == Key::Kind::PythonVersion)
        return comparePythonVersion(diagrams, op, literal);
    return compareVersion(diagrams, VersionKey(key.index), op, literal);
}

/// Values of platform_system that say the same as a sys_platform.
std::optional<QStringView> platformOfSystem(QStringView system)
{
    static constexpr std::pair<QStringView, QStringView> Systems[]{{u"Windows", u"win32"},
        {u"Darwin", u"darwin"}, {u"Linux", u"linux"}, {u"AIX", u"aix"}, {u"Emscripten", u"emscripten"},
        {u"Android", u"android"}};
    for (const auto &[name, platform] : Systems) {
        if (name == system)
            return platform;
    }
    return {};
}

std::optional<Ref> compareString(Diagrams &diagrams, StringKey key, Operator op, const QString &literal)
{
    const auto index = quint8(key);
    if (op == Operator::In || op == Operator::NotIn)
        return negatedIf(op == Operator::NotIn,
            diagrams.boolean(diagrams.variable(Variable::Kind::KeyIn, index, literal)));
    if (op == Operator::Contains || op == Operator::NotContains) {
        const Variable variable = diagrams.variable(Variable::Kind::InKey, index, literal);
        return negatedIf(op == Operator::NotContains, diagrams.boolean(variable));
    }
    if (op == Operator::Compatible)
        return {};
    if (key == StringKey::PlatformSystem) {
        if (const auto platform = platformOfSystem(literal))
            return compareString(diagrams, StringKey::SysPlatform, op, platform->toString());
    }
    const bool isLexicographic = key == StringKey::PlatformVersion || key == StringKey::PlatformRelease;
    if (isOrdered(op) && !isLexicographic) {
        if (op == Operator::Less || op == Operator::Greater)
            return False;
        op = Operator::Equal;
    }
    const Ref asText = compareAt(diagrams, Variable::of(key), op, diagrams.string(literal));
    if (key != StringKey::PlatformRelease)
        return asText;
    const auto asVersion = compareVersion(diagrams, VersionKey::DarwinRelease, op, literal);
    if (!asVersion)
        return asText;
    const quint32 darwin = diagrams.string(u"darwin");
    const Ref onDarwin = compareAt(diagrams, Variable::of(StringKey::SysPlatform), Operator::Equal, darwin);
    return diagrams.disjunction(diagrams.conjunction(asText, Diagrams::negation(onDarwin), Worlds::Possible),
        diagrams.conjunction(*asVersion, onDarwin, Worlds::Possible), Worlds::Possible);
}

/// The normal form also of what is no valid name.
QString normalised(const QString &name)
{
    QString result;
    for (const QChar character : name) {
        const bool isSeparator = u"-_."_s.contains(character);
        if (!isSeparator)
            result += character.toLower();
        else if (!result.endsWith(u'-'))
            result += u'-';
    }
    return result;
}

} // namespace

std::optional<Key> Key::named(QStringView name)
{
    const auto find = [name](std::span<const NamedKey> keys) -> std::optional<Key> {
        const auto found = std::ranges::find(keys, name, &NamedKey::name);
        return found == keys.end() ? std::nullopt : std::optional(found->key);
    };
    const auto modern = find(Keys);
    return modern ? modern : find(OldKeys);
}

QStringList Key::names()
{
    QStringList names;
    for (const NamedKey &key : Keys)
        names.append(key.name.toString());
    return names;
}

Operator mirrored(Operator op)
{
    switch (op) {
    case Operator::Less: return Operator::Greater;
    case Operator::LessEqual: return Operator::GreaterEqual;
    case Operator::Greater: return Operator::Less;
    case Operator::GreaterEqual: return Operator::LessEqual;
    case Operator::In: return Operator::Contains;
    case Operator::NotIn: return Operator::NotContains;
    default: return op;
    }
}

std::optional<std::vector<quint64>> releaseNumbers(QStringView text)
{
    const auto version = versions::Version::parse(text.trimmed());
    if (!version)
        return {};
    const auto release = version->release();
    return std::vector<quint64>(release.begin(), release.end());
}

std::optional<Ref> compareVersion(Diagrams &diagrams, VersionKey key, Operator op, QStringView text)
{
    const auto literal = VersionLiteral::parse(text, op);
    return literal ? std::optional(compareVersion(diagrams, key, op, *literal)) : std::nullopt;
}

std::optional<Ref> compare(Diagrams &diagrams, Key key, Operator op, const QString &literal)
{
    const bool isContains = op == Operator::Contains || op == Operator::NotContains;
    switch (key.kind) {
    case Key::Kind::String: return compareString(diagrams, StringKey(key.index), op, literal);
    case Key::Kind::Version:
    case Key::Kind::PythonVersion: return compareVersionKey(diagrams, key, op, literal);
    case Key::Kind::List: {
        if (!isContains)
            return {};
        const Variable variable = diagrams.variable(Variable::Kind::List, key.index, normalised(literal));
        return negatedIf(op == Operator::NotContains, diagrams.boolean(variable));
    }
    case Key::Kind::Extra: {
        if (op != Operator::Equal && op != Operator::NotEqual)
            return {};
        const auto name = names::Name::parse(literal);
        if (!name)
            return False; // also with "!="
        const Variable variable = diagrams.variable(Variable::Kind::Extra, 0, name->text());
        return negatedIf(op == Operator::NotEqual, diagrams.boolean(variable));
    }
    }
    return {};
}

} // namespace sconce::markers
