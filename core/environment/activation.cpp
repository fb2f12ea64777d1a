// SPDX-License-Identifier: Apache-2.0
#include "environment/activation.h"

#include <ranges>

#include <QFile>
#include <QHash>
#include <QRegularExpression>

namespace sconce::environment {

using namespace Qt::StringLiterals;

namespace {

using Literal = QString (*)(QString);

/// In sh nothing inside single quotes means anything; a quote ends them, stands for itself and opens them
/// again.
QString inShell(QString text)
{
    return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\'';
}

/// csh looks for old commands (“!”) even inside quotes.
QString inCsh(QString text)
{
    return inShell(std::move(text)).replace(u"!"_s, u"\\!"_s);
}

QString inFish(QString text)
{
    return u'\'' + text.replace(u"\\"_s, u"\\\\"_s).replace(u"'"_s, u"\\'"_s) + u'\'';
}

/// PowerShell takes typographic quotes for quotes; each is doubled.
QString inPowerShell(QString text)
{
    for (const QChar quote : {u'\'', u'\u2018', u'\u2019', u'\u201a', u'\u201b'})
        text.replace(quote, QString(2, quote));
    return u'\'' + text + u'\'';
}

/// Python, xonsh and Nushell, where double quotes alone interpolate nothing.
QString inDoubleQuotes(QString text)
{
    return u'"' + text.replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s) + u'"';
}

QString plain(QString text)
{
    return text;
}

Literal literalFor(QStringView script)
{
    if (script.endsWith(u".csh"))
        return inCsh;
    if (script.endsWith(u".fish"))
        return inFish;
    if (script.endsWith(u".ps1"))
        return inPowerShell;
    if (script.endsWith(u".nu") || script.endsWith(u".xsh") || script.endsWith(u".py"))
        return inDoubleQuotes;
    return script.endsWith(u".bat") ? plain : inShell;
}

/// What shells show in front of their prompt. They expand signs in it anew each time, so there are none.
QString shownPrompt(const QString &prompt)
{
    QString shown = prompt;
    for (QChar &character : shown) {
        const bool isPlain =
            character.isLetterOrNumber() || character.isSurrogate() || u" ._-+@"_s.contains(character);
        character = isPlain ? character : u'_';
    }
    return u'(' + shown + u") "_s;
}

} // namespace

QStringList activationNames()
{
    return {u"activate"_s, u"activate.bat"_s, u"activate.csh"_s, u"activate.fish"_s, u"activate.nu"_s,
        u"activate.ps1"_s, u"activate.xsh"_s, u"activate_this.py"_s, u"deactivate.bat"_s, u"pydoc.bat"_s};
}

Result<std::vector<ActivationScript>> activationScripts(
    const QString &folder, const QString &prompt, const QString &sitePackages)
{
    std::vector<ActivationScript> scripts;
    for (const QString &name : activationNames()) {
        QFile file(u":/sconce/activation/"_s + name);
        if (!file.open(QIODevice::ReadOnly))
            return std::unexpected(
                Error(ErrorKind::Broken, u"This build lacks its part “%1”"_s.arg(file.fileName())));
        const Literal literal = literalFor(name);
        const QHash<QString, QString> values{{u"PATH"_s, literal(folder)}, {u"PROMPT"_s, literal(prompt)},
            {u"SHOWN"_s, literal(shownPrompt(prompt))}, {u"SITE_PACKAGES"_s, literal(sitePackages)}};
        QString text = QString::fromUtf8(file.readAll());
        // From the end, so that a folder called “@PROMPT@” is no placeholder.
        static const QRegularExpression placeholder(u"@([A-Z_]+)@"_s);
        std::vector<QRegularExpressionMatch> found;
        for (const QRegularExpressionMatch &match : placeholder.globalMatch(text))
            found.push_back(match);
        for (const QRegularExpressionMatch &match : found | std::views::reverse)
            text.replace(match.capturedStart(), match.capturedLength(), values.value(match.captured(1)));
        if (name.endsWith(u".bat"))
            text.replace(u"\n"_s, u"\r\n"_s);
        scripts.push_back({name, text.toUtf8()});
    }
    return scripts;
}

} // namespace sconce::environment
