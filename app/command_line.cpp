// SPDX-License-Identifier: Apache-2.0
#include "command_line.h"

#include <algorithm>

#include "base/text.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

const Option *findLong(std::span<const Option> options, const QString &name)
{
    const auto found = std::ranges::find_if(
        options, [&](const Option &option) { return option.name == name || option.aliases.contains(name); });
    return found == options.end() ? nullptr : &*found;
}

const Option *findShort(std::span<const Option> options, QChar name)
{
    const auto found = std::ranges::find(options, name, &Option::shortName);
    return found == options.end() ? nullptr : &*found;
}

Error unknown(const QString &word, std::span<const Option> options)
{
    QStringList known;
    for (const Option &option : options)
        known.append(u"--"_s + option.name);
    Error error(ErrorKind::BadInput, Words::tr("There is no option “%1” here").arg(word));
    if (const std::optional<QString> similar = mostSimilar(word, known))
        return std::move(error).hint(Words::tr("Write %1").arg(*similar));
    return std::move(error).hint(Words::tr("Add --help to see the options"));
}

/// An option as it stood, taken apart.
struct Written {
    const Option *option = nullptr;
    std::optional<QString> value;
};

Result<Written> takeApart(const QString &word, std::span<const Option> options)
{
    Written written;
    if (word.startsWith(u"--")) {
        const qsizetype equals = word.indexOf(u'=');
        written.option = findLong(options, word.mid(2, equals < 0 ? -1 : equals - 2));
        if (equals >= 0)
            written.value = word.mid(equals + 1);
    } else {
        written.option = findShort(options, word[1]);
        if (word.size() > 2)
            written.value = word.mid(2);
    }
    if (!written.option)
        return std::unexpected(unknown(word.section(u'=', 0, 0), options));
    if (written.value && written.option->value.isEmpty())
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“--%1” takes no value").arg(written.option->name)));
    return written;
}

} // namespace

Result<Arguments> Arguments::parse(const QStringList &words, std::span<const Option> options)
{
    Arguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == u"--") {
            arguments.m_positional += words.mid(i + 1);
            break;
        }
        if (word.size() < 2 || !word.startsWith(u'-')) {
            arguments.m_positional.append(word);
            continue;
        }
        Written written = SCONCE_TRY(takeApart(word, options));
        if (!written.option->value.isEmpty() && !written.value) {
            if (i + 1 == words.size()) {
                return std::unexpected(Error(ErrorKind::BadInput,
                    Words::tr("“%1” needs a value: %2").arg(word, written.option->value)));
            }
            written.value = words[++i];
        }
        QStringList &values = arguments.m_values[written.option->name];
        if (!written.option->isRepeatable)
            values.clear();
        values.append(written.value.value_or(QString()));
    }
    return arguments;
}

QString Arguments::value(const QString &name, const QString &otherwise) const
{
    const QStringList all = values(name);
    return all.isEmpty() ? otherwise : all.last();
}

QString helpText(std::span<const Option> options)
{
    QStringList left;
    qsizetype width = 0;
    for (const Option &option : options) {
        QString text = option.shortName.isNull() ? u"    "_s : u"-%1, "_s.arg(option.shortName);
        text += u"--"_s + option.name;
        if (!option.value.isEmpty())
            text += u' ' + option.value;
        width = std::max(width, text.size());
        left.append(text);
    }
    QString text;
    for (std::size_t i = 0; i < options.size(); ++i)
        text += u"  "_s + left[qsizetype(i)].leftJustified(width + 2) + options[i].help + u'\n';
    return text;
}

} // namespace sconce::app
