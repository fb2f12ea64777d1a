// SPDX-License-Identifier: Apache-2.0
#include "console.h"

#include <cstdio>

#include <QJsonDocument>

#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

void write(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

void Console::print(const QString &line) const
{
    write(stdout, line.toUtf8() + '\n');
}

void Console::print(const QJsonDocument &document) const
{
    write(stdout, document.toJson(QJsonDocument::Indented));
}

void Console::say(const QString &line) const
{
    if (!isQuiet())
        write(stderr, line.toUtf8() + '\n');
}

void Console::say(const Error &error) const
{
    if (error.kind() == ErrorKind::Stopped)
        return;
    QString text =
        coloured(Words::tr("error:"), "31") + u' ' + (isVerbose() ? error.forLog() : error.summary());
    if (!isVerbose() && error.place())
        text += u"\n  "_s + error.place()->text().replace(u'\n', u"\n  "_s);
    if (!isVerbose() && !error.detail().isEmpty())
        text += u"\n  "_s + QString(error.detail()).replace(u'\n', u"\n  "_s);
    for (const QString &hint : error.hints())
        text += u'\n' + coloured(Words::tr("hint:"), "36") + u' ' + hint;
    write(stderr, text.toUtf8() + '\n');
}

QString Console::coloured(const QString &text, const char *code) const
{
    if (m_colour == Colour::Never)
        return text;
    return u"\x1b[%1m%2\x1b[0m"_s.arg(QLatin1StringView(code), text);
}

} // namespace sconce::app
