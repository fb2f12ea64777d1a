// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "versions/version.h"

namespace sconce::versions {

/// One comparison: ">=2.5", "==1.*", "~=1.4", "===x".
struct Specifier {
    enum class Operator { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater, Compatible, Arbitrary };
    Operator op = Operator::Equal;
    Version version;
    /// "==1.2.*" and "!=1.2.*".
    bool isPrefix = false;

    static Result<Specifier> parse(QStringView text);
    QString text() const;
    /// Whether the version itself satisfies the comparison (pre-releases are not filtered).
    bool contains(const Version &candidate) const;
    bool operator==(const Specifier &) const = default;
};

/// All of them must hold; empty means any version.
class SpecifierSet {
public:
    SpecifierSet() = default;
    explicit SpecifierSet(std::vector<Specifier> specifiers);
    static Result<SpecifierSet> parse(QStringView text);

    const std::vector<Specifier> &specifiers() const { return m_specifiers; }
    bool isEmpty() const { return m_specifiers.empty(); }
    bool contains(const Version &candidate) const;
    /// As the reference writes it: sorted, ", " between (">=2, <3") – the form used in output of ours.
    QString text() const;
    bool operator==(const SpecifierSet &) const = default;

private:
    std::vector<Specifier> m_specifiers;
};

} // namespace sconce::versions
