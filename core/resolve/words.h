// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

#include "resolve/conflict.h"
#include "resolve/facts.h"

namespace sconce::resolve {

/// Facts in words. Names and versions stand as they are: "torch 2.8.0", "every version of b", "numpy >=2,
/// <3".
class Words {
    Q_DECLARE_TR_FUNCTIONS(resolve)

public:
    explicit Words(const Proof &proof)
        : m_proof(proof)
    {}

    /// "torchvision 0.22.1 needs torch 2.7.1", "you ask for zz", "no index has zz".
    QString fact(const Fact &fact) const;
    /// What follows when the statements cannot hold together: "a 1 cannot be used", "a 1 and b 2 exclude each
    /// other".
    QString conclusion(const std::vector<Statement> &statements) const;
    /// The fact as a value, its words included.
    std::shared_ptr<const Derivation> derivation(const Fact &fact) const;

    /// A range that somebody asked for: ">=2, <3", "2.8.0", "other than 1"; empty for any version.
    static QString range(const versions::VersionSet &range);
    /// The package with such a range.
    QString wanted(pubgrub::Package package, const versions::VersionSet &range) const;
    /// Versions of a package that exist, as the subject of a sentence: "a 1", "every a from 1 to 3", "every
    /// version of a".
    QString existing(pubgrub::Package package, const versions::VersionSet &versions) const;

private:
    enum class Determiner { Every, No };
    QString existing(
        pubgrub::Package package, const versions::VersionSet &versions, Determiner determiner) const;
    QString need(const Fact &fact, const Fact::Need &need) const;
    QString needs(const Fact &fact) const;
    QString noVersions(const Fact &fact) const;
    QString unusable(const Fact &fact) const;
    /// The Python (0), ABI (1) or platform (2) tag that fits best.
    QString bestTag(qsizetype part) const;
    std::vector<versions::Version> listed(
        pubgrub::Package package, const versions::VersionSet &versions) const;

    const Proof &m_proof;
};

} // namespace sconce::resolve
