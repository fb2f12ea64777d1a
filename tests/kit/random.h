// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include <QDebug>
#include <QString>

namespace sconce::kit {

/// A seed for random input, said in the log so that a failure can be run again with SCONCE_SEED.
inline unsigned seed()
{
    const unsigned chosen = qEnvironmentVariableIsSet("SCONCE_SEED")
        ? unsigned(qEnvironmentVariableIntValue("SCONCE_SEED"))
        : std::random_device()();
    qInfo("SCONCE_SEED=%u", chosen);
    return chosen;
}

/// The text with a few characters exchanged, taken out, doubled or put in.
template <class Text>
Text damaged(Text text, std::mt19937 &random)
{
    using Unit = std::conditional_t<std::is_same_v<Text, QByteArray>, char, QChar>;
    static constexpr char Special[] = "\0\t\n\r \"#$%'()*+,-./0129:;<=>@AZ[\\]^_az{|}~!\x7f";
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
        const auto place = qsizetype(random() % unsigned(text.size() + 1));
        const unsigned special = static_cast<unsigned char>(Special[random() % (sizeof Special - 1)]);
        const Unit unit = random() % 8 == 0 ? Unit(char16_t(random())) : Unit(char16_t(special));
        switch (random() % 4) {
        case 0: text.insert(place, unit); break;
        case 1: text.remove(place, 1 + qsizetype(random() % 3)); break;
        case 2: text.insert(place, text.mid(place, qsizetype(random() % 8))); break;
        default:
            if (place < text.size())
                text[place] = unit;
        }
    }
    return text;
}

} // namespace sconce::kit
