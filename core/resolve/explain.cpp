// SPDX-License-Identifier: Apache-2.0
#include "resolve/explain.h"

#include <QCoreApplication>

#include "base/text.h"
#include "resolve/hints.h"
#include "resolve/words.h"

namespace sconce::resolve {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("resolve", text);
}

/// The proof cut into sentences. A step becomes a sentence of its own when it is used twice or when the
/// sentence it would be a part of gets too long.
class Sentences {
public:
    explicit Sentences(const Proof &proof)
        : m_words(proof)
        , m_steps(stepsOf(proof))
        , m_parts(m_steps.size())
        , m_sentenceOf(m_steps.size())
    {
        for (std::size_t step = 0; step < m_steps.size(); ++step)
            gather(step);
        sentence(m_steps.size() - 1);
    }

    QString text() const
    {
        QStringList lines;
        for (std::size_t place = 0; place < m_sentences.size(); ++place)
            lines.append(line(place));
        if (lines.size() == 1)
            return lines.first();
        for (QString &line : lines)
            line += u'.';
        constexpr qsizetype Many = 12;
        constexpr qsizetype Shown = 4; // of those at the start, and of those at the end
        if (lines.size() > Many) {
            const qsizetype hidden = lines.size() - 2 * Shown;
            lines.remove(Shown, hidden);
            lines.insert(Shown, tr("… %1 more steps …").arg(hidden));
        }
        return lines.join(u'\n');
    }

    std::shared_ptr<const Derivation> derivation() const
    {
        std::vector<std::shared_ptr<const Derivation>> made;
        for (const Sentence &sentence : m_sentences) {
            auto node = std::make_shared<Derivation>();
            node->text = sentence.conclusion;
            for (const std::size_t earlier : sentence.parts.earlier)
                node->causes.push_back(made[earlier]);
            for (const Fact &fact : sentence.parts.facts)
                node->causes.push_back(m_words.derivation(fact));
            made.push_back(std::move(node));
        }
        return made.back();
    }

    std::vector<Fact> facts() const { return factsOf(m_steps); }

private:
    struct Parts {
        std::vector<Fact> facts;
        /// Sentences that came before.
        std::vector<std::size_t> earlier;
        std::size_t size() const { return facts.size() + earlier.size(); }
    };
    struct Sentence {
        Parts parts;
        QString conclusion;
    };
    static constexpr std::size_t Long = 5;

    static Parts joined(const Parts &left, const Parts &right)
    {
        Parts result = left;
        result.facts.insert(result.facts.end(), right.facts.begin(), right.facts.end());
        result.facts = merged(std::move(result.facts));
        for (const std::size_t earlier : right.earlier) {
            if (!std::ranges::contains(result.earlier, earlier))
                result.earlier.push_back(earlier);
        }
        return result;
    }

    /// What a sentence about the step would be made of.
    void gather(std::size_t place)
    {
        const Step &step = m_steps[place];
        if (step.fact) {
            m_parts[place].facts = {*step.fact};
            return;
        }
        Parts first = partsIn(step.first);
        Parts second = partsIn(step.second);
        Parts both = joined(first, second);
        if (both.size() > Long) {
            const bool firstIsLonger = first.size() >= second.size();
            (firstIsLonger ? first : second) =
                Parts{{}, {sentence(firstIsLonger ? step.first : step.second)}};
            both = joined(first, second);
        }
        m_parts[place] = std::move(both);
    }

    Parts partsIn(std::size_t place)
    {
        const Step &step = m_steps[place];
        if (!step.fact && step.uses > 1)
            return {{}, {sentence(place)}};
        return m_parts[place];
    }

    std::size_t sentence(std::size_t place)
    {
        if (!m_sentenceOf[place]) {
            m_sentenceOf[place] = m_sentences.size();
            m_sentences.push_back({m_parts[place], m_words.conclusion(m_steps[place].statements)});
        }
        return *m_sentenceOf[place];
    }

    QString line(std::size_t place) const
    {
        const Sentence &sentence = m_sentences[place];
        QStringList reasons;
        bool followsFromTheLast = false;
        for (const std::size_t earlier : sentence.parts.earlier) {
            if (earlier + 1 == place)
                followsFromTheLast = true;
            else
                reasons.append(m_sentences[earlier].conclusion);
        }
        for (const Fact &fact : sentence.parts.facts)
            reasons.append(m_words.fact(fact));
        if (reasons.isEmpty())
            return tr("So %1").arg(sentence.conclusion);
        const QString pattern = followsFromTheLast ? tr("And because %1, %2") : tr("Because %1, %2");
        return pattern.arg(listText(reasons), sentence.conclusion);
    }

    Words m_words;
    std::vector<Step> m_steps;
    std::vector<Parts> m_parts;
    std::vector<std::optional<std::size_t>> m_sentenceOf;
    std::vector<Sentence> m_sentences;
};

} // namespace

Conflict explain(const Proof &proof)
{
    Sentences sentences(proof);
    return {sentences.derivation(), sentences.text(), hintsFor(sentences.facts(), proof)};
}

} // namespace sconce::resolve
