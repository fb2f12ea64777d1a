// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QStringList>

#include "base/result.h"

namespace sconce::tags {

/// The tag part of a wheel's file name: each field a set ("py2.py3-none-any"), PEP 425. Thousands of wheels
/// have one of a few tags, so equal ones share what they hold: copying, comparing and hashing cost nothing.
class WheelTags {
public:
    static Result<WheelTags> parse(QStringView text);

    const QStringList &pythons() const { return m_fields->pythons; }
    const QStringList &abis() const { return m_fields->abis; }
    const QStringList &platforms() const { return m_fields->platforms; }
    /// False with a Python or ABI tag that no Python has ("jy27", "foo"): in a universal resolution such a
    /// wheel is as if it was not on the index (lock-format.md § 8).
    bool areKnown() const { return m_fields->areKnown; }
    const QString &text() const { return m_fields->text; }

    bool operator==(const WheelTags &other) const
    {
        return m_fields == other.m_fields || m_fields->text == other.m_fields->text;
    }
    friend std::size_t qHash(const WheelTags &tags, std::size_t seed = 0)
    {
        return ::qHash(tags.m_fields->hash, seed);
    }

private:
    struct Fields {
        QString text;
        QStringList pythons;
        QStringList abis;
        QStringList platforms;
        bool areKnown = false;
        std::size_t hash = 0;
    };
    class Table;
    explicit WheelTags(std::shared_ptr<const Fields> fields)
        : m_fields(std::move(fields))
    {}

    std::shared_ptr<const Fields> m_fields;
};

} // namespace sconce::tags

template <>
struct std::hash<sconce::tags::WheelTags> {
    std::size_t operator()(const sconce::tags::WheelTags &tags) const noexcept { return qHash(tags); }
};
