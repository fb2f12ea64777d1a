// SPDX-License-Identifier: Apache-2.0
#include "archive/entry_name.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

namespace sconce::archive {

namespace {

constexpr qsizetype MostPartBytes = 255;
constexpr qsizetype MostNameBytes = 1024;
constexpr qsizetype MostDepth = 128;
constexpr qsizetype ShownLength = 160;

/// What could steer a terminal, a file system or a reader's eye: controls, line separators, marks of
/// direction.
bool isOdd(char32_t character)
{
    return character < 0x20 || (character >= 0x7F && character <= 0x9F) || character == 0x061C
        || character == 0x200E || character == 0x200F || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069) || QChar::isSurrogate(character)
        || character == 0xFFFD;
}

bool isDrive(QStringView part)
{
    return part.size() >= 2 && part[1] == u':'
        && ((part[0] >= u'a' && part[0] <= u'z') || (part[0] >= u'A' && part[0] <= u'Z'));
}

const char *faultOfPart(QStringView part)
{
    if (part.isEmpty())
        return QT_TRANSLATE_NOOP("archive", "The name “%1” has an empty part");
    if (part == u"..")
        return QT_TRANSLATE_NOOP("archive", "The name “%1” leaves its folder with “..”");
    if (part == u".")
        return QT_TRANSLATE_NOOP("archive", "The name “%1” has “.” as a part");
    if (part.trimmed().isEmpty())
        return QT_TRANSLATE_NOOP("archive", "The name “%1” has a part of spaces only");
    if (isDrive(part))
        return QT_TRANSLATE_NOOP("archive", "The name “%1” names a drive");
    if (part.toUtf8().size() > MostPartBytes)
        return QT_TRANSLATE_NOOP("archive", "The name “%1” has a part of more than 255 bytes");
    return nullptr;
}

const char *faultOf(QStringView name)
{
    if (name.isEmpty())
        return QT_TRANSLATE_NOOP("archive", "A name is empty");
    if (name.startsWith(u'/'))
        return QT_TRANSLATE_NOOP("archive", "The name “%1” is an absolute path");
    if (std::ranges::any_of(name.toUcs4(), isOdd))
        return QT_TRANSLATE_NOOP("archive", "The name “%1” holds invisible or control characters");
    if (name.contains(u'\\'))
        return QT_TRANSLATE_NOOP("archive", "The name “%1” holds a backslash");
    if (name.toUtf8().size() > MostNameBytes)
        return QT_TRANSLATE_NOOP("archive", "The name “%1” is longer than 1,024 bytes");
    const QStringView parts = name.endsWith(u'/') ? name.chopped(1) : name;
    if (parts.count(u'/') >= MostDepth)
        return QT_TRANSLATE_NOOP("archive", "The name “%1” is more than 128 folders deep");
    for (const QStringView part : parts.split(u'/')) {
        if (const char *fault = faultOfPart(part))
            return fault;
    }
    return nullptr;
}

} // namespace

Result<> checkEntryName(QStringView name)
{
    const char *fault = faultOf(name);
    if (!fault)
        return {};
    QString sentence = QCoreApplication::translate("archive", fault);
    if (sentence.contains(QStringLiteral("%1")))
        sentence = sentence.arg(escapedName(name));
    return std::unexpected(Error(ErrorKind::BadInput, sentence));
}

Result<QString> plainEntryName(QStringView name)
{
    const bool isPlain =
        !name.contains(u"//") && !name.contains(u"./") && !name.endsWith(u"/.") && name != u".";
    if (isPlain || name.startsWith(u'/')) {
        SCONCE_TRY(checkEntryName(name));
        return name.toString();
    }
    QStringList parts;
    for (const QStringView part : name.split(u'/', Qt::SkipEmptyParts)) {
        if (part != u".")
            parts.append(part.toString());
    }
    QString plain = parts.join(u'/');
    if (!plain.isEmpty() && (name.endsWith(u'/') || name.endsWith(u"/.")))
        plain += u'/';
    SCONCE_TRY(checkEntryName(plain));
    return plain;
}

QString escapedName(QStringView name)
{
    QString shown;
    for (const char32_t character : name.toUcs4()) {
        if (isOdd(character))
            shown += QStringLiteral("\\u{%1}").arg(uint(character), 0, 16);
        else
            shown += QString::fromUcs4(&character, 1);
    }
    if (shown.size() <= ShownLength)
        return shown;
    return shown.first(ShownLength / 2) + u'…' + shown.last(ShownLength / 2);
}

} // namespace sconce::archive
