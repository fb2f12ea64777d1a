// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace sconce {

/// A dense number that names one `Tag`: indexes an IdMap, compares in order of making.
template <class Tag>
struct Id {
    std::uint32_t value = 0;
    auto operator<=>(const Id &) const = default;
};

/// A table with one row for each Id<Tag> made so far.
template <class Tag, class Value>
class IdMap {
public:
    Value &operator[](Id<Tag> id)
    {
        if (id.value >= m_rows.size())
            m_rows.resize(id.value + 1);
        return m_rows[id.value];
    }
    const Value &at(Id<Tag> id) const { return m_rows.at(id.value); }
    bool contains(Id<Tag> id) const { return id.value < m_rows.size(); }
    std::size_t size() const { return m_rows.size(); }
    auto begin() const { return m_rows.begin(); }
    auto end() const { return m_rows.end(); }

private:
    std::vector<Value> m_rows;
};

/// Gives each different value one Id, in order of first sight.
template <class Tag, class Value, class Hash = std::hash<Value>>
class Interner {
public:
    Id<Tag> intern(const Value &value)
    {
        const auto [place, isNew] = m_ids.try_emplace(value, Id<Tag>{std::uint32_t(m_values.size())});
        if (isNew)
            m_values.push_back(value);
        return place->second;
    }
    const Value &operator[](Id<Tag> id) const { return m_values[id.value]; }
    std::size_t size() const { return m_values.size(); }

private:
    std::unordered_map<Value, Id<Tag>, Hash> m_ids;
    std::vector<Value> m_values;
};

} // namespace sconce

template <class Tag>
struct std::hash<sconce::Id<Tag>> {
    std::size_t operator()(sconce::Id<Tag> id) const noexcept { return id.value; }
};
