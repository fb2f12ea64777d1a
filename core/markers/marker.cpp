// SPDX-License-Identifier: Apache-2.0
#include "marker.h"

#include "markers/comparison.h"
#include "markers/text.h"

namespace sconce::markers {

namespace {

const QString &valueOf(StringKey key, const Environment &environment)
{
    switch (key) {
    case StringKey::OsName: return environment.osName;
    case StringKey::SysPlatform: return environment.sysPlatform;
    case StringKey::PlatformSystem: return environment.platformSystem;
    case StringKey::PlatformMachine: return environment.platformMachine;
    case StringKey::PlatformPythonImplementation: return environment.platformPythonImplementation;
    case StringKey::PlatformRelease: return environment.platformRelease;
    case StringKey::PlatformVersion: return environment.platformVersion;
    case StringKey::ImplementationName: break;
    }
    return environment.implementationName;
}

const QString &valueOf(VersionKey key, const Environment &environment)
{
    switch (key) {
    case VersionKey::DarwinRelease: return environment.platformRelease;
    case VersionKey::ImplementationVersion: return environment.implementationVersion;
    case VersionKey::PythonFullVersion: break;
    }
    return environment.pythonFullVersion;
}

/// Which child holds in an environment.
class Choice {
public:
    Choice(Diagrams &diagrams, const Environment &environment, const std::set<names::ExtraName> &extras)
        : m_diagrams(diagrams)
        , m_environment(environment)
        , m_extras(extras)
    {}

    quint32 of(Ref ref)
    {
        const Variable variable = m_diagrams.variableOf(ref);
        if (variable.hasRanges())
            return range(ref, variable.kind, valueNumber(variable));
        const QByteArray &literal = m_diagrams.literalOf(variable);
        switch (variable.kind) {
        case Variable::Kind::KeyIn: return literal.contains(text(variable)) ? 0 : 1;
        case Variable::Kind::InKey: return text(variable).contains(literal) ? 0 : 1;
        case Variable::Kind::Extra: return hasExtra(literal) ? 0 : 1;
        default: return variable.key == quint8(ListKey::Extras) && hasExtra(literal) ? 0 : 1;
        }
    }

private:
    QByteArray text(const Variable &variable) const
    {
        return valueOf(StringKey(variable.key), m_environment).toUtf8();
    }

    bool hasExtra(const QByteArray &name) const
    {
        return std::ranges::contains(m_extras, QString::fromUtf8(name), &names::ExtraName::text);
    }

    quint32 valueNumber(const Variable &variable)
    {
        if (variable.kind == Variable::Kind::String)
            return m_diagrams.string(valueOf(StringKey(variable.key), m_environment));
        QStringView value = valueOf(VersionKey(variable.key), m_environment);
        if (value.endsWith(u'+')) // interpreters built between releases say 3.13.0+
            value.chop(1);
        return m_diagrams.release(releaseNumbers(value).value_or(std::vector<quint64>{0}));
    }

    quint32 range(Ref ref, Variable::Kind kind, quint32 value) const
    {
        quint32 index = 0;
        // The value lies behind "directly before itself" and before "directly behind itself".
        while (index < m_diagrams.cutCount(ref)
            && m_diagrams.order(kind, m_diagrams.cut(ref, index), {value, false}) <= 0)
            ++index;
        return index;
    }

    Diagrams &m_diagrams;
    const Environment &m_environment;
    const std::set<names::ExtraName> &m_extras;
};

} // namespace

Marker::Marker(const Diagrams &diagrams, quint32 spelled)
    : m_node(diagrams.canonical(spelled))
    , m_spelled(spelled)
{}

Marker Marker::never()
{
    return !Marker();
}

Marker Marker::extra(const names::ExtraName &extra)
{
    const Access diagrams;
    return {*diagrams, diagrams->boolean(diagrams->variable(Variable::Kind::Extra, 0, extra.text()))};
}

Marker Marker::operator&(const Marker &other) const
{
    if (isAlways() || other.isNever())
        return other;
    if (isNever() || other.isAlways() || m_spelled == other.m_spelled)
        return *this;
    const Access diagrams;
    return {*diagrams, diagrams->conjunction(m_spelled, other.m_spelled, Worlds::Possible)};
}

Marker Marker::operator|(const Marker &other) const
{
    return !((!*this) & (!other));
}

Marker Marker::operator!() const
{
    Marker result = *this;
    result.m_node = Diagrams::negation(m_node);
    result.m_spelled = Diagrams::negation(m_spelled);
    return result;
}

bool Marker::isDisjointFrom(const Marker &other) const
{
    const Access diagrams;
    return diagrams->isDisjoint(m_spelled, other.m_spelled);
}

bool Marker::implies(const Marker &other) const
{
    const Access diagrams;
    return diagrams->implies(m_spelled, other.m_spelled);
}

bool Marker::evaluate(const Environment &environment, const std::set<names::ExtraName> &extras) const
{
    const Access diagrams;
    Choice choice(*diagrams, environment, extras);
    Ref ref = m_node;
    while (!Diagrams::isLeaf(ref))
        ref = diagrams->child(ref, choice.of(ref));
    return ref == True;
}

QString Marker::text() const
{
    const Access diagrams;
    return textOf(*diagrams, m_spelled);
}

void forgetSpellings()
{
    Access()->forgetSpellings();
}

} // namespace sconce::markers
