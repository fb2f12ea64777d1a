// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QString>

#include "base/result.h"

namespace sconce::names {

/// A package, extra or group name in normal form: lower case, runs of "-", "_", "." as one "-".
/// https://packaging.python.org/en/latest/specifications/name-normalization/
class Name {
public:
    /// BadInput when the text is not a valid name (letters, digits, "-", "_", "."; letter or digit at both
    /// ends).
    static Result<Name> parse(QStringView text);

    const QString &text() const { return m_text; }
    /// As in file names of wheels: "-" becomes "_".
    QString fileText() const;

    auto operator<=>(const Name &other) const { return m_text.compare(other.m_text) <=> 0; }
    bool operator==(const Name &) const = default;

private:
    explicit Name(QString text)
        : m_text(std::move(text))
    {}
    QString m_text;
};

using PackageName = Name;
using ExtraName = Name;
using GroupName = Name;

} // namespace sconce::names

template <>
struct std::hash<sconce::names::Name> {
    std::size_t operator()(const sconce::names::Name &name) const noexcept { return qHash(name.text()); }
};
