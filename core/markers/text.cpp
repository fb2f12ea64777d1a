// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <algorithm>

#include <QStringList>

#include "markers/clauses.h"
#include "markers/minimise.h"

using namespace Qt::StringLiterals;

namespace sconce::markers {

namespace {

/// Terms sort by kind alone, never by value: versions, strings by name, lists, extras (resolver.md § 13 step
/// 4).
int sortKey(const Term &term)
{
    // Position of a string variable when the names are sorted.
    static constexpr int Alphabetical[]{1, 7, 5, 2, 3, 4, 6, 0};
    const Variable &variable = term.variable;
    if (variable.is(VersionKey::DarwinRelease))
        return 10 + Alphabetical[std::size_t(StringKey::PlatformRelease)];
    switch (variable.kind) {
    case Variable::Kind::Version: return variable.key;
    case Variable::Kind::List: return 20 + variable.key;
    case Variable::Kind::Extra: return 30;
    default: return 10 + Alphabetical[variable.key];
    }
}

/// A clause by the texts of its terms.
using Words = QStringList;

/// Without common terms drawn out.
QString plain(const QList<Words> &clauses)
{
    QStringList parts;
    for (const Words &clause : clauses) {
        const QString joined = clause.join(u" and ");
        parts.append(clauses.size() > 1 && clause.size() > 1 ? u'(' + joined + u')' : joined);
    }
    return parts.join(u" or ");
}

struct Group {
    /// Beginnings that share `rests`.
    QList<Words> heads;
    /// What follows each head; one empty clause when nothing does.
    QList<Words> rests;
    bool hasRest() const { return rests != QList<Words>{Words()}; }
};

QList<QList<Words>> byFirstTerm(const QList<Words> &clauses)
{
    QList<QList<Words>> groups;
    for (const Words &clause : clauses) {
        const auto same =
            std::ranges::find_if(groups, [&](const auto &group) { return group[0][0] == clause[0]; });
        if (same != groups.end())
            same->append(clause);
        else
            groups.append({clause});
    }
    return groups;
}

/// How many terms all clauses begin with; of a single clause one.
qsizetype commonLength(const QList<Words> &clauses)
{
    if (clauses.size() == 1)
        return 1;
    qsizetype length = 1;
    while (std::ranges::all_of(clauses,
        [&](const Words &clause) { return clause.size() > length && clause[length] == clauses[0][length]; }))
        ++length;
    return length;
}

/// Common beginnings and common rests drawn out (resolver.md § 13 step 5). Terms are the same when their text
/// is.
QString factored(const QList<Words> &clauses)
{
    QList<Group> groups;
    for (const QList<Words> &members : byFirstTerm(clauses)) {
        const qsizetype length = commonLength(members);
        QList<Words> rests;
        for (const Words &clause : members)
            rests.append(clause.sliced(length));
        if (rests.contains(Words())) // A or (A and B)
            rests = {Words()};
        const auto same = std::ranges::find(groups, rests, &Group::rests);
        if (same != groups.end())
            same->heads.append(members[0].first(length));
        else
            groups.append({{members[0].first(length)}, rests});
    }
    const auto isSimple = [](const Group &group) {
        return !group.hasRest() || (group.heads.size() == 1 && group.rests.size() == 1);
    };
    if (std::ranges::all_of(groups, isSimple))
        return plain(clauses);

    const auto inParentheses = [](const QList<Words> &part) {
        return part.size() == 1 ? plain(part) : u'(' + plain(part) + u')';
    };
    QStringList parts;
    for (const Group &group : std::as_const(groups)) {
        parts.append(group.hasRest() ? inParentheses(group.heads) + u" and "_s + inParentheses(group.rests)
                                     : plain(group.heads));
    }
    return parts.join(u" or ");
}

QString made(Diagrams &diagrams, Ref ref)
{
    const Ref smallest = minimised(diagrams, ref);
    if (smallest == True)
        return {};
    if (smallest == False)
        return u"python_version < '0'"_s;

    std::vector<Clause> clauses = clausesOf(diagrams, smallest);
    for (Clause &clause : clauses)
        std::ranges::stable_sort(clause, {}, sortKey);
    std::ranges::stable_sort(clauses, [](const Clause &left, const Clause &right) {
        return std::ranges::lexicographical_compare(left, right, {}, sortKey, sortKey);
    });
    QList<Words> words;
    for (const Clause &clause : clauses) {
        Words texts;
        for (const Term &term : clause)
            texts.append(term.text);
        words.append(texts);
    }
    return factored(words);
}

} // namespace

QString textOf(Diagrams &diagrams, Ref ref)
{
    if (const auto found = diagrams.texts.find(ref); found != diagrams.texts.end())
        return found->second;
    return diagrams.texts.emplace(ref, made(diagrams, ref)).first->second;
}

} // namespace sconce::markers
