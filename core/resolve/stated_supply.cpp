// SPDX-License-Identifier: Apache-2.0
#include "resolve/stated_supply.h"

#include <algorithm>

namespace sconce::resolve {

StatedSupply::StatedSupply(const Policy &policy, Supply &next)
    : m_next(next)
{
    for (const project::StaticMetadata &entry : policy.staticMetadata)
        m_stated[entry.name].push_back(&entry);
    for (auto &[name, entries] : m_stated)
        std::ranges::stable_partition(entries, [](const auto *entry) { return entry->version.has_value(); });
}

const project::StaticMetadata *StatedSupply::stated(const metadata::IndexFile &file) const
{
    const auto entries = m_stated.find(file.package);
    if (entries == m_stated.end())
        return nullptr;
    const auto isMeant = [&](const auto *entry) {
        return !entry->version || *entry->version == file.version;
    };
    const auto found = std::ranges::find_if(entries->second, isMeant);
    return found == entries->second.end() ? nullptr : *found;
}

Result<std::shared_ptr<const metadata::CoreMetadata>> StatedSupply::metadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    const project::StaticMetadata *entry = stated(file);
    if (!entry)
        return m_next.metadata(file, context);
    return std::make_shared<const metadata::CoreMetadata>(metadata::CoreMetadata{.name = file.package,
        .version = file.version,
        .requiresDist = entry->requiresDist,
        .requiresPython = entry->requiresPython,
        .providesExtras = entry->providesExtras});
}

void StatedSupply::expectMetadata(const metadata::IndexFile &file)
{
    if (!stated(file))
        m_next.expectMetadata(file);
}

} // namespace sconce::resolve
