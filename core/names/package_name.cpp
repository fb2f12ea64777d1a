// SPDX-License-Identifier: Apache-2.0
#include "names/package_name.h"

#include <QCoreApplication>

#include "base/text.h"

namespace sconce::names {

namespace {

bool isLetterOrDigit(QChar character)
{
    const char16_t unit = character.unicode();
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9');
}

bool isSeparator(QChar character)
{
    return character == u'-' || character == u'_' || character == u'.';
}

Error refused(QStringView text, qsizetype position, const QString &why)
{
    return Error(ErrorKind::BadInput, why).at({{}, 1, int(position) + 1, 1, text.toString()});
}

QString lowered(QStringView text)
{
    QString normal;
    normal.reserve(text.size());
    for (const QChar character : text) {
        if (!isSeparator(character))
            normal += character.toLower();
        else if (!normal.endsWith(u'-'))
            normal += u'-';
    }
    return normal;
}

} // namespace

Result<Name> Name::parse(QStringView text)
{
    if (text.isEmpty())
        return std::unexpected(
            refused(text, 0, QCoreApplication::translate("names", "A name is empty where one is needed")));
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!isLetterOrDigit(text[i]) && !isSeparator(text[i]))
            return std::unexpected(refused(text, i,
                QCoreApplication::translate("names",
                    "“%1” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are "
                    "allowed, not “%2”")
                    .arg(elided(text), text.mid(i, text[i].isHighSurrogate() ? 2 : 1))));
    }
    for (const qsizetype end : {qsizetype(0), text.size() - 1}) {
        if (isSeparator(text[end]))
            return std::unexpected(refused(text, end,
                QCoreApplication::translate(
                    "names", "“%1” is not a name: it must begin and end with a letter or digit")
                    .arg(elided(text))));
    }
    return Name(lowered(text));
}

QString Name::fileText() const
{
    return QString(m_text).replace(u'-', u'_');
}

} // namespace sconce::names
