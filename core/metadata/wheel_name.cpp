// SPDX-License-Identifier: Apache-2.0
#include "metadata/wheel_name.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "base/inline_list.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

struct Suffix {
    QLatin1StringView text;
    bool isUsable;
};

constexpr std::array<Suffix, 10> SdistSuffixes{{
    {".tar.gz"_L1, true},
    {".zip"_L1, true},
    {".tgz"_L1, false},
    {".tar"_L1, false},
    {".tbz"_L1, false},
    {".tar.bz2"_L1, false},
    {".tar.xz"_L1, false},
    {".tar.zst"_L1, false},
    {".tar.lzma"_L1, false},
    {".tar.Z"_L1, false},
}};

std::unexpected<Error> refused(const QString &sentence)
{
    return std::unexpected(Error(ErrorKind::BadInput, sentence));
}

std::unexpected<Error> notAWheel(QStringView fileName, const QString &why)
{
    return refused(QCoreApplication::translate("metadata", "“%1” is not the file name of a wheel: %2")
            .arg(elided(fileName, 160), why));
}

/// Digits, then what else a file name may have.
std::optional<WheelName::Build> buildFrom(QStringView text)
{
    const auto isDigit = [](QChar unit) { return unit >= u'0' && unit <= u'9'; };
    const auto isHarmless = [](QChar unit) {
        return (unit.unicode() < 128 && unit.isLetterOrNumber()) || unit == u'_' || unit == u'.'
            || unit == u'+';
    };
    const qsizetype digits = std::ranges::find_if_not(text, isDigit) - text.begin();
    bool isNumber = false;
    const quint64 number = text.first(digits).toULongLong(&isNumber);
    if (!isNumber || !std::ranges::all_of(text, isHarmless))
        return std::nullopt;
    return WheelName::Build{number, text.sliced(digits).toString()};
}

/// The parts between dashes; more than six are not all listed.
InlineList<QStringView, 6> fieldsOf(QStringView text)
{
    InlineList<QStringView, 6> fields;
    qsizetype start = 0;
    for (qsizetype dash = text.indexOf(u'-'); dash >= 0 && fields.size() < 6;
        dash = text.indexOf(u'-', start)) {
        fields.append(text.sliced(start, dash - start));
        start = dash + 1;
    }
    fields.append(text.sliced(start));
    return fields;
}

template <class Map>
Result<const typename Map::mapped_type *> known(Map &map, QStringView text)
{
    auto place = map.find(text);
    if (place == map.end())
        place = map.emplace(text.toString(), SCONCE_TRY(Map::mapped_type::parse(text))).first;
    return &place->second;
}

} // namespace

Result<WheelName> WheelName::parse(QStringView fileName)
{
    return WheelNameReader().read(fileName);
}

Result<WheelName> WheelNameReader::read(QStringView fileName)
{
    if (!fileName.endsWith(".whl"_L1))
        return notAWheel(fileName, QCoreApplication::translate("metadata", "it does not end in “.whl”"));
    const InlineList<QStringView, 6> fields = fieldsOf(fileName.chopped(4));
    if (fields.size() != 5 && fields.size() != 6)
        return notAWheel(fileName,
            QCoreApplication::translate(
                "metadata", "it should have name, version, Python, ABI and platform with “-” between them"));
    const auto name = known(m_names, fields[0]);
    if (!name)
        return notAWheel(fileName, name.error().summary());
    const auto version = known(m_versions, fields[1]);
    if (!version)
        return notAWheel(fileName, version.error().summary());
    std::optional<WheelName::Build> build = fields.size() == 6 ? buildFrom(fields[2]) : std::nullopt;
    if (fields.size() == 6 && !build)
        return notAWheel(fileName,
            QCoreApplication::translate("metadata", "“%1” is not a build number such as “1” or “2a”")
                .arg(elided(fields[2])));
    const qsizetype tagStart = fields[fields.size() - 3].begin() - fileName.begin();
    const auto tags = tags::WheelTags::parse(fileName.chopped(4).sliced(tagStart));
    if (!tags)
        return notAWheel(fileName, tags.error().summary());
    return WheelName{**name, **version, std::move(build), *tags};
}

Result<SdistName> SdistName::parse(QStringView fileName, const names::PackageName &expected)
{
    const auto *suffix = std::ranges::find_if(
        SdistSuffixes, [&](const Suffix &known) { return fileName.endsWith(known.text); });
    if (suffix == SdistSuffixes.end())
        return refused(
            QCoreApplication::translate("metadata", "“%1” is not the file name of a source archive")
                .arg(elided(fileName, 160)));
    const QStringView stem = fileName.chopped(suffix->text.size());
    for (qsizetype dash = stem.indexOf(u'-'); dash >= 0; dash = stem.indexOf(u'-', dash + 1)) {
        const Result<names::PackageName> name = names::PackageName::parse(stem.first(dash));
        if (!name || *name != expected)
            continue;
        if (Result<versions::Version> version = versions::Version::parse(stem.sliced(dash + 1)))
            return SdistName{*name, *std::move(version), suffix->isUsable};
    }
    return refused(QCoreApplication::translate(
        "metadata", "“%1” is not a source archive of %2: it should be %2, “-” and a version")
            .arg(elided(fileName, 160), expected.fileText()));
}

} // namespace sconce::metadata
