// SPDX-License-Identifier: Apache-2.0
#include "versions/specifier.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "base/text.h"
#include "versions/version_set.h"

namespace sconce::versions {

namespace {

using Operator = Specifier::Operator;

struct Spelling {
    QLatin1StringView text;
    Operator op;
};

// Longer ones stand before their beginnings.
constexpr std::array<Spelling, 8> Spellings{{
    {QLatin1StringView("==="), Operator::Arbitrary},
    {QLatin1StringView("=="), Operator::Equal},
    {QLatin1StringView("!="), Operator::NotEqual},
    {QLatin1StringView("~="), Operator::Compatible},
    {QLatin1StringView("<="), Operator::LessEqual},
    {QLatin1StringView("<"), Operator::Less},
    {QLatin1StringView(">="), Operator::GreaterEqual},
    {QLatin1StringView(">"), Operator::Greater},
}};

QLatin1StringView spelling(Operator op)
{
    return std::ranges::find(Spellings, op, &Spelling::op)->text;
}

bool mayHavePrefix(Operator op)
{
    return op == Operator::Equal || op == Operator::NotEqual;
}

std::unexpected<Error> refused(QStringView text, qsizetype start, qsizetype length, const QString &why)
{
    const Place place{{}, 1, int(start) + 1, std::max(1, int(length)), text.toString()};
    return std::unexpected(Error(ErrorKind::BadInput, why).at(place));
}

std::unexpected<Error> noOperator(QStringView text, qsizetype start)
{
    const QString left = elided(text.mid(start));
    if (left.isEmpty())
        return refused(text, start, 1,
            QCoreApplication::translate("versions", "A version specifier is empty where one is needed"));
    if (left.at(0).isDigit())
        return refused(text, start, text.size() - start,
            QCoreApplication::translate(
                "versions", "“%1” has no operator in front of the version; “==%1” accepts only that version")
                .arg(left));
    if (left.startsWith(u'='))
        return refused(text, start, 1,
            QCoreApplication::translate(
                "versions", "“=” is not an operator of version specifiers; “==” is meant in “%1”")
                .arg(left));
    return refused(text, start, text.size() - start,
        QCoreApplication::translate(
            "versions", "“%1” does not begin with an operator: ==, !=, <=, >=, <, >, ~= or ===")
            .arg(left));
}

/// Why this combination of operator and version has no meaning; empty when it has one.
QString contradiction(const Specifier &specifier)
{
    const QString op = spelling(specifier.op);
    if (specifier.isPrefix && !mayHavePrefix(specifier.op))
        return QCoreApplication::translate(
            "versions", "“.*” is possible with “==” and “!=” only, not with “%1”")
            .arg(op);
    if (specifier.isPrefix && (specifier.version.dev() || specifier.version.hasLocal()))
        return QCoreApplication::translate(
            "versions", "“.*” cannot follow a development release or a local label");
    if (specifier.version.hasLocal() && !mayHavePrefix(specifier.op) && specifier.op != Operator::Arbitrary)
        return QCoreApplication::translate(
            "versions", "“%1” cannot be used with a version that has a local label (“%2”)")
            .arg(op, specifier.version.text());
    if (specifier.op == Operator::Compatible && specifier.version.release().size() < 2)
        return QCoreApplication::translate(
            "versions", "“~=” needs a version of two numbers or more, not “%1”")
            .arg(specifier.version.text());
    return {};
}

} // namespace

Result<Specifier> Specifier::parse(QStringView text)
{
    qsizetype start = 0;
    while (start < text.size() && text[start].isSpace())
        ++start;
    const auto *found = std::ranges::find_if(
        Spellings, [&](const Spelling &spelling) { return text.mid(start).startsWith(spelling.text); });
    if (found == Spellings.end())
        return noOperator(text, start);
    qsizetype versionStart = start + found->text.size();
    while (versionStart < text.size() && text[versionStart].isSpace())
        ++versionStart;
    QStringView versionText = text.mid(versionStart).trimmed();
    if (versionText.isEmpty())
        return refused(text, start, found->text.size(),
            QCoreApplication::translate("versions", "A version is missing after “%1”").arg(found->text));
    Specifier specifier{found->op, {}, versionText.endsWith(QLatin1StringView(".*"))};
    if (specifier.isPrefix)
        versionText.chop(2);
    Result<Version> version = Version::parse(versionText);
    if (!version)
        return std::unexpected(std::move(version).error().within(text, versionStart));
    specifier.version = *std::move(version);
    if (const QString why = contradiction(specifier); !why.isEmpty())
        return refused(text, start, text.trimmed().size(), why);
    return specifier;
}

QString Specifier::text() const
{
    return spelling(op) + version.text() + QLatin1StringView(isPrefix ? ".*" : "");
}

bool Specifier::contains(const Version &candidate) const
{
    return VersionSet::of(*this).contains(candidate);
}

SpecifierSet::SpecifierSet(std::vector<Specifier> specifiers)
    : m_specifiers(std::move(specifiers))
{
    std::ranges::stable_sort(m_specifiers, {}, [](const Specifier &specifier) {
        return std::tuple(specifier.version, specifier.op, specifier.isPrefix);
    });
}

Result<SpecifierSet> SpecifierSet::parse(QStringView text)
{
    std::vector<Specifier> specifiers;
    const bool isBlank = text.trimmed().isEmpty();
    for (qsizetype start = 0; start < text.size() && !isBlank;) {
        const qsizetype comma = text.indexOf(u',', start);
        const qsizetype end = comma < 0 ? text.size() : comma;
        Result<Specifier> specifier = Specifier::parse(text.sliced(start, end - start));
        if (!specifier)
            return std::unexpected(std::move(specifier).error().within(text, start));
        specifiers.push_back(*std::move(specifier));
        start = end + 1;
        if (start == text.size() && comma >= 0)
            return refused(text, comma, 1,
                QCoreApplication::translate("versions", "A version specifier is missing after “,”"));
    }
    return SpecifierSet(std::move(specifiers));
}

bool SpecifierSet::contains(const Version &candidate) const
{
    return std::ranges::all_of(
        m_specifiers, [&](const Specifier &specifier) { return specifier.contains(candidate); });
}

QString SpecifierSet::text(QStringView separator) const
{
    QString text;
    for (const Specifier &specifier : m_specifiers) {
        if (!text.isEmpty())
            text += separator;
        text += specifier.text();
    }
    return text;
}

} // namespace sconce::versions
