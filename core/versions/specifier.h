// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "versions/version.h"

namespace sconce::versions {

/// One comparison: ">=2.5", "==1.*", "~=1.4", "===1.0".
/// https://packaging.python.org/en/latest/specifications/version-specifiers/
struct Specifier {
    /// "===" compares as versions too, only that it does not accept a local label that it does not name.
    enum class Operator { Equal, Arbitrary, NotEqual, Compatible, Less, LessEqual, Greater, GreaterEqual };
    Operator op = Operator::Equal;
    Version version;
    /// "==1.2.*" and "!=1.2.*".
    bool isPrefix = false;

    /// BadInput with a Place whose column counts in `text`. Refused besides bad versions: ".*" with another
    /// operator than "==" and "!=" or after a dev or local part, a local label with another one than "==",
    /// "!=" and "===",
    /// "~=" with a single number.
    static Result<Specifier> parse(QStringView text);
    QString text() const;
    /// Whether the version itself satisfies the comparison (pre-releases are not filtered).
    bool contains(const Version &candidate) const;
    bool operator==(const Specifier &) const = default;
};

/// All of them must hold; empty means any version. Kept sorted: by version, then "==", "==…*", "===", "!=",
/// "!=…*",
/// "~=", "<", "<=", ">", ">=".
class SpecifierSet {
public:
    SpecifierSet() = default;
    explicit SpecifierSet(std::vector<Specifier> specifiers);
    /// Comparisons with "," between them; empty text is the empty set. Errors as Specifier::parse.
    static Result<SpecifierSet> parse(QStringView text);

    const std::vector<Specifier> &specifiers() const { return m_specifiers; }
    bool isEmpty() const { return m_specifiers.empty(); }
    bool contains(const Version &candidate) const;
    QString text(QStringView separator = u", ") const;
    bool operator==(const SpecifierSet &) const = default;

private:
    std::vector<Specifier> m_specifiers;
};

} // namespace sconce::versions
