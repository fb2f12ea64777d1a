// SPDX-License-Identifier: Apache-2.0
#include "archive/zip_index.h"

#include "archive/entry_name.h"
#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzz::bytes(data, size);
    const auto read = [&](qint64 first, qint64 length) -> Result<QByteArray> {
        fuzz::require(
            first >= 0 && length >= 0 && first <= bytes.size() - length, "only what is there is asked for");
        return bytes.sliced(first, length);
    };
    const auto index = archive::ZipIndex::open(bytes.size(), read);
    if (!index)
        return 0;
    for (const archive::ZipEntry &entry : index->entries()) {
        fuzz::require(archive::checkEntryName(entry.name).has_value(), "names stay inside");
        fuzz::require(index->find(entry.name) == &entry, "each name is there once");
        if (const auto contents = index->read(entry, 1 << 20))
            fuzz::require(contents->size() == entry.size, "contents have the size that the index gives");
    }
    return 0;
}
