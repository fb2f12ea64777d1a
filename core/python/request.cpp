// SPDX-License-Identifier: Apache-2.0
#include "python/request.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace sconce::python {

using namespace Qt::StringLiterals;
using versions::Specifier;
using versions::SpecifierSet;
using versions::Version;

namespace {

struct Prefix {
    QLatin1StringView word;
    QLatin1StringView implementation;
};
// Longer words before those they begin with.
constexpr Prefix Prefixes[] = {{"python"_L1, ""_L1}, {"cpython"_L1, "cpython"_L1}, {"cp"_L1, "cpython"_L1},
    {"pypy"_L1, "pypy"_L1}, {"pp"_L1, "pypy"_L1}, {"graalpy"_L1, "graalpy"_L1}, {"gp"_L1, "graalpy"_L1}};

/// "3", "3.12", "312", "3.12.1", "3.14rc1": what is left out may be anything.
std::optional<SpecifierSet> versionsFrom(const QString &text)
{
    if (text.isEmpty())
        return SpecifierSet();
    if (QStringView(u"<>=!~").contains(text.front())) {
        auto specifiers = SpecifierSet::parse(text);
        return specifiers ? std::optional(*specifiers) : std::nullopt;
    }
    static const QRegularExpression together(u"^([23])([0-9]+)$"_s);
    static const QRegularExpression plain(u"^[0-9]+(\\.[0-9]+){0,2}((a|b|rc)[0-9]+)?$"_s);
    QString spelled = text;
    if (const auto match = together.match(text); match.hasMatch())
        spelled = match.captured(1) + u'.' + match.captured(2);
    if (!plain.match(spelled).hasMatch())
        return std::nullopt;
    auto version = Version::parse(spelled);
    if (!version)
        return std::nullopt;
    const bool isPrefix = version->release().size() < 3 && !version->isPreRelease();
    return SpecifierSet({Specifier{Specifier::Operator::Equal, *version, isPrefix}});
}

/// Everything that is neither a path nor a name of a program.
std::optional<Request> versionRequest(const QString &text)
{
    Request request{.kind = Request::Kind::Version, .text = text};
    QString rest = text.toLower();
    for (const Prefix &prefix : Prefixes) {
        if (!rest.startsWith(prefix.word))
            continue;
        request.implementation = prefix.implementation;
        rest = rest.sliced(prefix.word.size());
        // "cpython@3.12", and the long form "cpython-3.12.1-linux-x86_64-gnu", whose end says nothing about a
        // Python at hand.
        if (rest.startsWith(u'@'))
            rest = rest.sliced(1);
        else if (rest.startsWith(u'-'))
            rest = rest.section(u'-', 1, 1);
        break;
    }
    if (rest.endsWith(u't') && rest.size() > 1 && rest.at(rest.size() - 2).isDigit()) {
        request.isFreeThreaded = true;
        rest.chop(1);
    }
    request.versions = versionsFrom(rest);
    if (!request.versions)
        return std::nullopt;
    return request;
}

} // namespace

Result<Request> Request::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed == "any"_L1 || trimmed == "default"_L1)
        return Request{.text = trimmed};
    if (auto request = versionRequest(trimmed))
        return *std::move(request);
    if (trimmed.contains(u'/') || QFileInfo::exists(trimmed))
        return Request{.kind = Kind::Path, .text = trimmed};
    static const QRegularExpression program(u"^[\\w.+-]+$"_s);
    if (program.match(trimmed).hasMatch())
        return Request{.kind = Kind::Name, .text = trimmed};
    return std::unexpected(
        Error(ErrorKind::BadInput, QCoreApplication::translate("python", "“%1” names no Python").arg(trimmed))
            .hint(QCoreApplication::translate(
                "python", "Write a version such as 3.12, a range such as >=3.11, or the path of a Python")));
}

bool Request::mayBe(int major, int minor) const
{
    if (!versions)
        return true;
    const auto agrees = [&](const Specifier &specifier) {
        if (specifier.op != Specifier::Operator::Equal)
            return true;
        const auto &release = specifier.version.release();
        return release[0] == quint64(major) && (release.size() < 2 || release[1] == quint64(minor));
    };
    return std::ranges::all_of(versions->specifiers(), agrees);
}

bool Request::matches(const Interpreter &python) const
{
    if (!implementation.isEmpty() && python.abi.implementation != implementation)
        return false;
    if (isFreeThreaded && !python.abi.isFreeThreaded)
        return false;
    // "3.14" is met by 3.14.0rc1 too, as every version of that series.
    return !versions || versions->contains(python.version())
        || versions->contains(python.version().releaseOnly());
}

bool Request::allowsPreReleases() const
{
    return versions && std::ranges::any_of(versions->specifiers(), [](const Specifier &specifier) {
        return specifier.version.isPreRelease() || specifier.op == Specifier::Operator::Equal;
    });
}

} // namespace sconce::python
