// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include "markers/diagrams.h"

/// One comparison of a marker as a diagram (resolver.md § 12.2); only this module uses it.
namespace sconce::markers {

/// What stands on one side: a variable as PEP 508 names it.
struct Key {
    enum class Kind { String, Version, PythonVersion, Extra, List };
    Kind kind = Kind::String;
    /// A StringKey, VersionKey or ListKey.
    quint8 index = 0;

    /// Old spellings ("os.name") included.
    static std::optional<Key> named(QStringView name);
    static QStringList names();
};

/// Contains and NotContains are In and NotIn with the literal on the left.
enum class Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Compatible,
    In,
    NotIn,
    Contains,
    NotContains
};

/// The operator with its sides exchanged.
Operator mirrored(Operator op);

/// Nothing for a comparison that the reference leaves out of its group, such as one with a version that is
/// none.
std::optional<Ref> compare(Diagrams &diagrams, Key key, Operator op, const QString &literal);

/// The release numbers of a version; nothing when the text is none.
std::optional<std::vector<quint64>> releaseNumbers(QStringView text);

/// From before the lower end to before the upper, as `op` says, of a version variable. Numbers print as given
/// in `~=` and prefix forms, without needless zeros otherwise.
std::optional<Ref> compareVersion(Diagrams &diagrams, VersionKey key, Operator op, QStringView literal);

} // namespace sconce::markers
