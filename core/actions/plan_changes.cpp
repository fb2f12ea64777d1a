// SPDX-License-Identifier: Apache-2.0
#include "actions/plan_changes.h"

#include "actions/installed_supply.h"
#include "actions/supply.h"
#include "actions/words.h"
#include "files/digest.h"
#include "files/files.h"
#include "work/each.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

/// Cached wheels cost nothing; of others without a listed size the server is asked.
Result<> findSizes(plan::Plan &plan, const Tools &tools, const JobContext &context)
{
    using Source = plan::Operation::Size::Source;
    std::vector<plan::Operation *> unknown;
    for (plan::Operation &operation : plan.operations) {
        if (!operation.file)
            continue;
        operation.isCached = sync::isCached(*operation.file, {tools.cacheFolder});
        if (operation.isCached)
            operation.size = {0, Source::Listed};
        else if (!operation.size.bytes)
            unknown.push_back(&operation);
    }
    if (unknown.empty())
        return {};
    if (const Progress::Reading reading = context.progress().read(); reading.stages > 0)
        context.progress().setStage(reading.stage + 1, reading.stages, Words::tr("Asking for sizes"));
    else
        context.progress().setLabel(Words::tr("Asking for sizes"));
    context.progress().setDone(0);
    context.progress().setTotal(qint64(unknown.size()));
    index::IndexClient client(*tools.fetcher, clientSettings(tools));
    const auto measure = [&](std::size_t i) -> Result<> {
        if (const std::optional<qint64> bytes = client.sizeOf(*unknown[i]->file, context))
            unknown[i]->size = {bytes, Source::Measured};
        context.progress().add(1);
        return {};
    };
    return each(unknown.size(), 8, measure, context);
}

} // namespace

Result<std::variant<resolve::Resolution, resolve::Conflict>> resolveFromIndexes(
    const PreparedRequest &prepared, const Tools &tools, const JobContext &context)
{
    context.progress().setLabel(Words::tr("Choosing versions"));
    index::IndexClient client(*tools.fetcher, clientSettings(tools, prepared.refresh));
    IndexSupply supply(client, context);
    return resolve::resolveSpecific(prepared.request, supply, context);
}

Result<plan::Plan> planWanted(const resolve::Resolution &wanted, const Present &present,
    plan::Extraneous extraneous, const plan::Reinstall &reinstall, const Tools &tools,
    const JobContext &context, const std::vector<plan::FolderWheel> &folders)
{
    plan::Plan plan = plan::make(wanted, present.installed, extraneous, reinstall, folders);
    SCONCE_TRY(findSizes(plan, tools, context));
    return plan;
}

Result<std::vector<plan::Plan::Input>> inputsOf(const QStringList &paths)
{
    std::vector<plan::Plan::Input> inputs;
    for (const QString &path : paths) {
        const QByteArray bytes = SCONCE_TRY(files::read(path));
        inputs.push_back({path, files::sha256Hex(bytes)});
    }
    return inputs;
}

Result<std::variant<plan::Plan, resolve::Conflict>> planChanges(const PreparedRequest &prepared,
    const Present &present, plan::Extraneous extraneous, const plan::Reinstall &reinstall, const Tools &tools,
    const JobContext &context)
{
    context.progress().setLabel(Words::tr("Choosing versions"));
    index::IndexClient client(*tools.fetcher, clientSettings(tools, prepared.refresh));
    IndexSupply indexes(client, context);
    InstalledSupply supply(indexes, present.offered, lastIndex(prepared.request));
    auto answer = SCONCE_TRY(resolve::resolveSpecific(prepared.request, supply, context));
    if (auto *conflict = std::get_if<resolve::Conflict>(&answer))
        return std::move(*conflict);
    const auto &resolution = std::get<resolve::Resolution>(answer);
    plan::Plan plan = plan::make(resolution, present.installed, extraneous, reinstall);
    for (const QString &warning : resolution.warnings)
        context.progress().log(warning);
    SCONCE_TRY(findSizes(plan, tools, context));
    return plan;
}

} // namespace sconce::actions
