// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/ids.h"
#include "versions/version_set.h"

namespace sconce::pubgrub {

/// A version set as a number: equal sets have equal numbers, so a term is eight bytes and comparing costs
/// nothing.
using Range = Id<struct RangeTag>;

/// Gives version sets their numbers and does their algebra, remembering what was worked out lately.
class Ranges {
public:
    static constexpr Range Empty{0};
    static constexpr Range Full{1};

    Ranges();

    Range intern(const versions::VersionSet &set) { return m_sets.intern(set); }
    Range exactly(const versions::Version &version)
    {
        const auto [place, isNew] = m_exact.try_emplace(version);
        if (isNew)
            place->second = intern(versions::VersionSet::exactly(version));
        return place->second;
    }
    /// Valid until the next set is interned.
    const versions::VersionSet &operator[](Range range) const { return m_sets[range]; }
    /// The version of a range made by exactly().
    const versions::Version &version(Range exact) const
    {
        return m_sets[exact].intervals().front().low.version;
    }

    Range intersection(Range left, Range right);
    Range united(Range left, Range right);
    Range complement(Range range);
    bool isSubset(Range inner, Range outer);
    bool isDisjoint(Range left, Range right);

private:
    /// Answers for pairs; a newer pair takes the place of an older one with the same slot.
    class Memory {
    public:
        template <class Work>
        std::uint32_t get(Range left, Range right, Work work);

    private:
        struct Row {
            Range left{~0u};
            Range right{~0u};
            std::uint32_t answer = 0;
        };
        static constexpr std::size_t Size = 4096;
        std::vector<Row> m_rows{Size};
    };

    Interner<RangeTag, versions::VersionSet> m_sets;
    /// Asked for with every decision; a version is looked up faster than a set.
    std::unordered_map<versions::Version, Range> m_exact;
    IdMap<RangeTag, std::optional<Range>> m_complements;
    Memory m_intersections;
    Memory m_unions;
    Memory m_subsets;
    Memory m_disjoint;
};

} // namespace sconce::pubgrub
