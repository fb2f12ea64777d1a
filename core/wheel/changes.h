// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/removal.h"
#include "wheel/staged.h"

namespace sconce::wheel {

/// One step that changes the environment; each is one rename, so it is made or not. Paths relative to the
/// environment; entries are known again by their inode.
struct Change {
    enum class Kind {
        /// `from` to `to`, where nothing is.
        Move,
        /// `from`, which is staged, and `to`, which is live, trade places.
        Exchange,
    };
    Kind kind = Kind::Move;
    QString from;
    QString to;
    quint64 fromInode = 0;
    /// 0 for Move.
    quint64 toInode = 0;
    bool operator==(const Change &) const = default;
};

/// Whether the volume can exchange two entries in one step.
enum class ExchangeSupport { Yes, No };

/// Steps that put what is staged in its place and take what is to go out into `trash`, as few as there can
/// be: a folder that is new, or all of which goes, moves whole; folders that are shared with others are
/// entered. BadInput where a package has a folder and the environment a link or a file that is not the
/// package's, or the other way round.
Result<std::vector<Change>> planChanges(const Layout &layout, const QString &staged, const QString &trash,
    const Removal &removal, ExchangeSupport support);

/// Makes one step; one that is made already is fine. Broken when an entry is not the one that was planned
/// with.
Result<> make(const QString &root, const Change &change);
/// Takes a step back; one that was not made is fine.
Result<> takeBack(const QString &root, const Change &change);
/// 0 when there is no entry.
quint64 inodeOf(const QString &path);

} // namespace sconce::wheel
