// SPDX-License-Identifier: Apache-2.0
#include "session/work.h"

#include <QFileInfo>
#include <QStorageInfo>

#include "actions/offered_backends.h"
#include "actions/sample.h"

namespace sconce::ui {

namespace {

/// The environment's folder may not exist yet: its first ancestor that does lies on the same volume.
qint64 freeBytesAt(QString folder)
{
    while (!QFileInfo::exists(folder) && !folder.isEmpty() && folder != QFileInfo(folder).path())
        folder = QFileInfo(folder).path();
    const QStorageInfo volume(folder);
    return volume.isValid() ? volume.bytesAvailable() : -1;
}

} // namespace

Work workWith(const actions::Tools &tools)
{
    Work work;
    work.lookAtComputer = [&tools](
                              const JobContext &context) { return actions::detectDevices(tools, context); };
    work.openProject = [&tools](const QString &path, const JobContext &context) {
        return actions::openProject(path, tools, context);
    };
    work.askForBackends = [&tools](const QUrl &mirror, const JobContext &context) {
        return actions::offeredBackends(mirror, tools, context);
    };
    work.propose = [&tools](const actions::Overview &overview, const actions::SetUpChoice &choice,
                       const JobContext &context) -> Result<Proposal> {
        Proposal proposal{SCONCE_TRY(actions::planSetUp(overview, choice, tools, context)), {}, -1};
        proposal.commands = actions::equivalentCommands(overview, choice);
        proposal.freeBytes = freeBytesAt(overview.environmentFolder);
        return proposal;
    };
    work.apply = [&tools](const plan::Plan &plan, const JobContext &context) {
        return actions::applyPlan(plan, tools, context);
    };
    work.check = [&tools](const QString &environmentFolder, const hardware::DeviceReport &report,
                     const JobContext &context) {
        return actions::verifyEnvironment(environmentFolder, report, tools, context);
    };
    work.makeSample = [](const QString &folder, const JobContext &) -> Result<> {
        if (QFileInfo::exists(folder + QStringLiteral("/pyproject.toml")))
            return {};
        return actions::makeSampleProject(folder);
    };
    return work;
}

} // namespace sconce::ui
