// SPDX-License-Identifier: Apache-2.0
#include "resolve/explain.h"

#include <QCoreApplication>

#include "base/text.h"
#include "resolve/collision.h"
#include "resolve/hints.h"
#include "resolve/leads.h"
#include "resolve/words.h"

namespace sconce::resolve {

namespace {

/// The proof cut into sentences. A step becomes a sentence of its own when it is used twice or when the
/// sentence it would be a part of gets too long.
class Sentences {
    Q_DECLARE_TR_FUNCTIONS(resolve)

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

    /// Of a very long proof only the start and the end.
    QString text() const
    {
        const std::size_t count = m_sentences.size();
        if (count == 1)
            return line(0);
        QStringList lines;
        for (std::size_t place = 0; place < count; ++place) {
            if (count > Many && place == Shown) {
                place = count - Shown;
                lines.append(tr("… %1 more steps …").arg(count - 2 * Shown));
            }
            lines.append(line(place) + u'.');
        }
        return lines.join(u'\n');
    }

    std::shared_ptr<const Derivation> derivation() const
    {
        std::vector<std::shared_ptr<const Derivation>> made(m_sentences.size());
        // Far from the conclusion nobody looks: a long proof begins there.
        const std::size_t first = made.size() > Many ? made.size() - Many : 0;
        for (std::size_t place = first; place < made.size(); ++place) {
            const Parts &parts = m_sentences[place].parts;
            auto node = std::make_shared<Derivation>();
            node->text = conclusion(place);
            for (const std::size_t earlier : parts.earlier) {
                if (earlier >= first)
                    node->causes.push_back(made[earlier]);
            }
            for (const Fact &fact : parts.facts)
                node->causes.push_back(m_words.derivation(fact));
            made[place] = std::move(node);
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
        std::size_t step;
    };
    /// Reasons in one sentence.
    static constexpr std::size_t Long = 5;
    /// Sentences; of more only `Shown` at the start and at the end.
    static constexpr std::size_t Many = 12;
    static constexpr std::size_t Shown = 4;

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
            m_sentences.push_back({m_parts[place], place});
        }
        return *m_sentenceOf[place];
    }

    QString conclusion(std::size_t place) const
    {
        return m_words.conclusion(m_steps[m_sentences[place].step].statements);
    }

    QString line(std::size_t place) const
    {
        const Parts &parts = m_sentences[place].parts;
        QStringList reasons;
        bool followsFromTheLast = false;
        for (const std::size_t earlier : parts.earlier) {
            if (earlier + 1 == place)
                followsFromTheLast = true;
            else
                reasons.append(conclusion(earlier));
        }
        for (const Fact &fact : parts.facts)
            reasons.append(m_words.fact(fact));
        if (reasons.isEmpty())
            return tr("So %1").arg(conclusion(place));
        const QString pattern = followsFromTheLast ? tr("And because %1, %2") : tr("Because %1, %2");
        return pattern.arg(listText(reasons), conclusion(place));
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
    const std::vector<Fact> facts = sentences.facts();
    return {.derivation = sentences.derivation(),
        .sentence = sentences.text(),
        .hints = hintsFor(facts, proof),
        .leads = leadsIn(facts, proof),
        .collision = collisionIn(facts, proof)};
}

} // namespace sconce::resolve
