// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "base/result.h"

class QJsonDocument;

namespace sconce::app {

/// Results go to standard output, everything else to standard error (headless.md).
class Console {
public:
    enum class Loudness { Quiet, Usual, Verbose };
    enum class Colour { Never, Always };

    Console(Loudness loudness, Colour colour)
        : m_loudness(loudness)
        , m_colour(colour)
    {}

    void print(const QString &line) const;
    void print(const QJsonDocument &document) const;
    /// A step or a remark; not when quiet.
    void say(const QString &line) const;
    /// Sentence, place, detail when verbose, hints. A stop says nothing.
    void say(const Error &error) const;
    bool isVerbose() const { return m_loudness == Loudness::Verbose; }
    bool isQuiet() const { return m_loudness == Loudness::Quiet; }
    /// Text in a colour of the terminal ("32" green, "33" yellow, "31" red), where colours are wanted.
    QString coloured(const QString &text, const char *code) const;

private:
    Loudness m_loudness;
    Colour m_colour;
};

} // namespace sconce::app
