// SPDX-License-Identifier: Apache-2.0
#include "resolve/leads.h"

#include <algorithm>

namespace sconce::resolve {

namespace {

template <class T>
void addOnce(std::vector<T> &list, T value)
{
    if (!std::ranges::contains(list, value))
        list.push_back(std::move(value));
}

} // namespace

Leads leadsIn(const std::vector<Fact> &facts, const Proof &proof)
{
    using project::Item;
    Leads leads;
    for (const Fact &fact : facts) {
        const VirtualPackage known = proof.packages[fact.package];
        const bool isOwn = known.isReal() && proof.isOwn(proof.packages[known.name]);
        if (isOwn && known.hasExtra())
            addOnce(leads.items,
                Item{proof.packages[known.name], Item::Kind::Extra, proof.packages[known.extra].text()});
        if (isOwn && known.hasGroup())
            addOnce(leads.items,
                Item{proof.packages[known.name], Item::Kind::Group, proof.packages[known.group].text()});
        if (isOwn && known.isBase())
            addOnce(leads.items, Item{proof.packages[known.name], Item::Kind::Project, {}});
        if (known.isReal() && !isOwn && fact.kind != Fact::Kind::Requires)
            addOnce(leads.missing, proof.packages[known.name]);
        for (const Fact::Need &need : fact.needs) {
            const VirtualPackage &needed = proof.packages[need.package];
            if (needed.isReal() && (isOwn || fact.package == Packages::Root) && !need.range.isFull())
                addOnce(leads.bounded, proof.packages[needed.name]);
            if (need.package != Packages::Python || need.range.isEmpty())
                continue;
            const versions::Cut &low = need.range.intervals().front().low;
            if (low.side != versions::Cut::Side::Start)
                addOnce(leads.pythons, low.version.releaseOnly());
        }
    }
    return leads;
}

} // namespace sconce::resolve
