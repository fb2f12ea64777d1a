// SPDX-License-Identifier: Apache-2.0
#include "resolve/stated_supply.h"

#include <algorithm>

namespace sconce::resolve {

StatedMetadata::StatedMetadata(const Policy &policy)
{
    for (const project::StaticMetadata &entry : policy.staticMetadata)
        m_entries[entry.name].push_back(&entry);
    for (auto &[name, entries] : m_entries)
        std::ranges::stable_partition(entries, [](const auto *entry) { return entry->version.has_value(); });
}

const project::StaticMetadata *StatedMetadata::find(
    const names::PackageName &package, const versions::Version &version) const
{
    const auto entries = m_entries.find(package);
    if (entries == m_entries.end())
        return nullptr;
    const auto isMeant = [&](const auto *entry) { return !entry->version || *entry->version == version; };
    const auto found = std::ranges::find_if(entries->second, isMeant);
    return found == entries->second.end() ? nullptr : *found;
}

std::shared_ptr<const metadata::CoreMetadata> StatedMetadata::of(
    const names::PackageName &package, const versions::Version &version) const
{
    const project::StaticMetadata *entry = find(package, version);
    if (!entry)
        return nullptr;
    return std::make_shared<const metadata::CoreMetadata>(metadata::CoreMetadata{.name = package,
        .version = version,
        .requiresDist = entry->requiresDist,
        .requiresPython = entry->requiresPython,
        .providesExtras = entry->providesExtras});
}

std::optional<versions::Version> StatedMetadata::onlyVersion(const names::PackageName &package) const
{
    const auto entries = m_entries.find(package);
    return entries != m_entries.end() && entries->second.size() == 1 ? entries->second.front()->version
                                                                     : std::nullopt;
}

Result<std::shared_ptr<const metadata::CoreMetadata>> StatedSupply::metadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    const std::optional<versions::Version> version =
        file.isVersionKnown ? file.version : m_stated.onlyVersion(file.package);
    if (auto stated = version ? m_stated.of(file.package, *version) : nullptr)
        return stated;
    return m_next.metadata(file, context);
}

void StatedSupply::expectMetadata(const metadata::IndexFile &file)
{
    if (!m_stated.find(file.package, file.version))
        m_next.expectMetadata(file);
}

} // namespace sconce::resolve
