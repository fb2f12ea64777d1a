// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "versions/version.h"

namespace sconce::versions {

/// What the order of PEP 440 compares, in order: for versions that are not two packed words, and for cuts
/// between versions.
struct Key {
    quint64 epoch = 0;
    Version::Release release; // without trailing zeros
    quint64 preKind = 0; // as in Version::Packed
    quint64 preNumber = 0;
    quint64 post = 0; // 0: none, otherwise its number + 1
    quint64 dev = None;
    std::vector<Version::LocalPart> local;
    bool isAboveLocals = false;

    static constexpr quint64 None = std::numeric_limits<quint64>::max();

    static Key of(const Version::Parts &parts);
    friend std::strong_ordering operator<=>(const Key &left, const Key &right);
};

} // namespace sconce::versions
