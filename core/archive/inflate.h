// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "archive/zip_index.h"

namespace sconce::archive {

/// Unpacks `packed`, the whole of an entry's data, into `contents`, which has the entry's size. BadInput when
/// the data end early or late, or the checksum is another.
Result<> unpackInto(std::span<char> contents, QByteArrayView packed, const ZipEntry &entry);

/// Same for entries too large to be in memory at once: asks `next` for data until it gives none, hands
/// contents to `take` in pieces, never more than the entry's size.
Result<> unpackThrough(const ZipEntry &entry, const std::function<Result<QByteArrayView>()> &next,
    const std::function<Result<>(QByteArrayView)> &take);

} // namespace sconce::archive
