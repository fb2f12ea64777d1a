// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringDecoder>

#include "base/text.h"
#include "metadata/record.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

constexpr qsizetype LongestFileName = 255; // bytes, on all file systems in use

std::unexpected<Error> refused(const QStringList &lines, qsizetype index, const QString &sentence)
{
    const QString line = lines.value(index);
    return std::unexpected(Error(ErrorKind::BadInput, sentence)
            .at({u"entry_points.txt"_s, int(index) + 1, 1, std::max(1, int(line.size())), line}));
}

/// Why no script may have this name; empty if one may.
QString objection(const QString &name)
{
    if (name.isEmpty())
        return QCoreApplication::translate("metadata", "An entry point has no name");
    if (name.toUtf8().size() > LongestFileName)
        return QCoreApplication::translate("metadata", "The name of an entry point is too long for a file");
    const bool isPath = std::ranges::any_of(name, [](QChar unit) {
        return unit == u'/' || unit == u'\\' || unit == u':' || unit.category() == QChar::Other_Control;
    });
    if (isPath || name == "."_L1 || name == ".."_L1)
        return QCoreApplication::translate(
            "metadata", "The entry point “%1” cannot be a file in the scripts folder")
            .arg(elided(name));
    if (isReservedScriptName(name))
        return QCoreApplication::translate(
            "metadata", "The entry point “%1” would replace a part of the environment itself")
            .arg(elided(name));
    return {};
}

/// module:attribute [extras], nothing else: what is taken from here is written into a script.
std::optional<EntryPoint> entryPoint(const QString &name, QStringView value)
{
    static const QRegularExpression pattern(
        u"^((?:[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*\\.)*[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)\\s*:\\s*"
        u"((?:[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*\\.)*[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)\\s*(?:\\[[\\w\\s,.-]*\\])?\\s*\\z"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = pattern.matchView(value);
    if (!match.hasMatch())
        return std::nullopt;
    return EntryPoint{name, match.captured(1), match.captured(2)};
}

void put(std::vector<EntryPoint> &scripts, EntryPoint script)
{
    const auto same = std::ranges::find(scripts, script.name, &EntryPoint::name);
    if (same == scripts.end())
        scripts.push_back(std::move(script));
    else
        *same = std::move(script);
}

/// One entry of a section with scripts.
Result<EntryPoint> readEntry(const QStringList &lines, qsizetype index)
{
    const QString line = lines[index].trimmed();
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 0)
        return refused(lines, index,
            QCoreApplication::translate("metadata", "entry_points.txt has no “=” in line %1").arg(index + 1));
    const QString name = line.first(equals).trimmed();
    if (const QString why = objection(name); !why.isEmpty())
        return refused(lines, index, why);
    std::optional<EntryPoint> point = entryPoint(name, QStringView(line).sliced(equals + 1).trimmed());
    if (!point)
        return refused(lines, index,
            QCoreApplication::translate(
                "metadata", "The entry point “%1” does not name a function as “module:function”")
                .arg(elided(name)));
    return *std::move(point);
}

} // namespace

bool isReservedScriptName(QStringView name)
{
    static const QRegularExpression pattern(
        u"^(?:(?:python|pypy|graalpy|pyston)w?(?:\\d+(?:\\.\\d+)*)?[td]*w?(?:\\.exe)?"
        u"|activate(?:_this)?(?:\\.\\w+)?|deactivate(?:\\.\\w+)?|pydoc\\.bat|pyvenv\\.cfg)[. ]*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.matchView(name).hasMatch();
}

Result<EntryPoints> parseEntryPoints(const QByteArray &bytes)
{
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    const QStringList lines = text.split(u'\n');
    if (decode.hasError())
        return refused({}, -1, QCoreApplication::translate("metadata", "entry_points.txt is not UTF-8 text"));
    EntryPoints points;
    std::optional<QString> section;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        if (line.startsWith(u'[')) {
            if (!line.endsWith(u']'))
                return refused(lines, i,
                    QCoreApplication::translate(
                        "metadata", "entry_points.txt has a section name without “]” at its end in line %1")
                        .arg(i + 1));
            section = line.sliced(1).chopped(1).trimmed();
        } else if (!section) {
            return refused(lines, i,
                QCoreApplication::translate(
                    "metadata", "entry_points.txt has an entry before its first section in line %1")
                    .arg(i + 1));
        } else if (*section == "console_scripts"_L1) {
            put(points.consoleScripts, SCONCE_TRY(readEntry(lines, i)));
        } else if (*section == "gui_scripts"_L1) {
            put(points.guiScripts, SCONCE_TRY(readEntry(lines, i)));
        }
    }
    return points;
}

} // namespace sconce::metadata
