// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include <QHash>
#include <QStringList>

#include "base/result.h"

namespace sconce::app {

/// An option as people write it: "--python P", "-p P". Options are told by `name`.
struct Option {
    QString name;
    QChar shortName;
    /// How help calls the value; empty for a switch.
    QString value;
    QString help;
    /// Other spellings of the same option.
    QStringList aliases;
    /// May stand several times.
    bool isRepeatable = false;
};

/// What stood on the command line behind the verb.
class Arguments {
public:
    /// "--name value", "--name=value", "-n value", "-nvalue"; everything behind "--" is positional. BadInput
    /// names what is not known and the most similar option, or the option that lacks its value.
    static Result<Arguments> parse(const QStringList &words, std::span<const Option> options);

    bool has(const QString &name) const { return m_values.contains(name); }
    /// The last one given, or `otherwise`.
    QString value(const QString &name, const QString &otherwise = {}) const;
    QStringList values(const QString &name) const { return m_values.value(name); }
    const QStringList &positional() const { return m_positional; }

private:
    QHash<QString, QStringList> m_values;
    QStringList m_positional;
};

/// One line an option, aligned.
QString helpText(std::span<const Option> options);

} // namespace sconce::app
