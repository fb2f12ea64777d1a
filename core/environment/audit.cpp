// SPDX-License-Identifier: Apache-2.0
#include "environment/audit.h"

#include <optional>

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "environment/virtual_environment.h"
#include "files/files.h"

namespace sconce::environment {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MostScript = 1 << 20;

/// The text that a shell makes of a word without anything to be worked out; nothing for others.
std::optional<QString> literalWord(QStringView word)
{
    QString text;
    QChar quote;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const QChar character = word[i];
        const bool isQuote = character == u'\'' || character == u'"';
        if (quote.isNull() && (character.isSpace() || character == u';'))
            break;
        if (quote.isNull() && isQuote) {
            quote = character;
        } else if (character == quote) {
            quote = QChar();
        } else if (quote != u'\'' && (character == u'$' || character == u'`')) {
            return std::nullopt;
        } else if (quote != u'\'' && character == u'\\' && i + 1 < word.size()) {
            text += word[++i];
        } else {
            text += character;
        }
    }
    return quote.isNull() && !text.isEmpty() ? std::optional(text) : std::nullopt;
}

/// The folder that bin/activate puts into VIRTUAL_ENV; nothing when it works it out, or there is no such
/// script.
std::optional<QString> activatedFolder(const QString &folder)
{
    const Result<QString> script = files::readText(folder + u"/bin/activate"_s, MostScript);
    if (!script)
        return std::nullopt;
    for (QStringView line : QStringView(*script).split(u'\n')) {
        line = line.trimmed();
        if (line.startsWith("export "_L1))
            line = line.sliced(7).trimmed();
        if (!line.startsWith("VIRTUAL_ENV="_L1))
            continue;
        if (std::optional<QString> named = literalWord(line.sliced(12)); named && named->startsWith(u'/'))
            return named;
    }
    return std::nullopt;
}

bool isSameFolder(const QString &first, const QString &second)
{
    const QString real = QFileInfo(first).canonicalFilePath();
    return !real.isEmpty() && real == QFileInfo(second).canonicalFilePath();
}

/// "lib/python3.12" and others.
QStringList libraries(const QString &folder)
{
    return QDir(folder + u"/lib"_s).entryList({u"python3.*"_s, u"pypy3.*"_s}, QDir::Dirs);
}

} // namespace

std::vector<OwnFault> ownFaults(const QString &folder)
{
    using Kind = OwnFault::Kind;
    std::vector<OwnFault> faults;
    const auto config = readConfig(folder);
    const QString home = config ? config->value(u"home"_s) : QString();
    if (!config)
        faults.push_back({Kind::NoConfig, u"pyvenv.cfg"_s, {}});
    else if (!home.isEmpty() && !QFileInfo(home).isDir())
        faults.push_back({Kind::HomeGone, u"pyvenv.cfg"_s, home});
    if (python::executableIn(folder).isEmpty()) {
        const QString python = u"bin/python"_s;
        faults.push_back({Kind::NoInterpreter, python, QFileInfo(folder + u'/' + python).symLinkTarget()});
    }
    const bool isRelocatable =
        config && config->value(u"relocatable"_s).compare(u"true", Qt::CaseInsensitive) == 0;
    const std::optional<QString> named = isRelocatable ? std::nullopt : activatedFolder(folder);
    if (named && !isSameFolder(*named, folder))
        faults.push_back({Kind::Moved, u"bin/activate"_s, *named});
    return faults;
}

bool isOrWasEnvironment(const QString &folder)
{
    if (isEnvironment(folder))
        return true;
    // An installation has the standard library; an environment borrows it.
    for (const QString &library : libraries(folder)) {
        if (files::exists(u"%1/lib/%2/os.py"_s.arg(folder, library)))
            return false;
    }
    return !libraries(folder).isEmpty() && activatedFolder(folder).has_value();
}

QString pythonMadeWith(const QString &folder)
{
    static const QRegularExpression version(u"^(?:python|pypy)?(\\d+\\.\\d+)"_s);
    if (const auto config = readConfig(folder)) {
        const QString written = config->value(u"version_info"_s, config->value(u"version"_s));
        if (const auto match = version.match(written); match.hasMatch())
            return match.captured(1);
    }
    const QStringList found = libraries(folder);
    const auto match = version.match(found.size() == 1 ? found.front() : QString());
    return match.captured(1);
}

} // namespace sconce::environment
