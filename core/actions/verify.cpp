// SPDX-License-Identifier: Apache-2.0
#include "actions/verify.h"

#include <QCoreApplication>
#include <QFile>

#include "actions/verify_steps.h"
#include "python/interpreter.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

// A first import from a cold disk takes half a minute; a driver that compiles for a new card takes longer.
constexpr std::chrono::seconds Limit = std::chrono::minutes(3);

QString script()
{
    QFile file(u":/sconce/actions/verify.py"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

Result<CheckReport> verifyEnvironment(const QString &environmentFolder, const hardware::DeviceReport &devices,
    const Tools &tools, const JobContext &context)
{
    process::Command command;
    command.program = python::executableIn(environmentFolder);
    if (command.program.isEmpty())
        return std::unexpected(Error(ErrorKind::NotFound,
            QCoreApplication::translate("actions", "“%1” holds no Python that could be checked")
                .arg(environmentFolder))
                .hint(QCoreApplication::translate("actions", "Set up the environment anew")));
    // Without the person's variables and folders, and without leaving bytecode behind.
    command.arguments = {u"-I"_s, u"-B"_s, u"-c"_s, script()};
    command.limit = Limit;
    context.progress().setLabel(QCoreApplication::translate("actions", "Checking that the packages work"));
    const process::Outcome outcome = SCONCE_TRY(tools.runner->run(command, context));
    const VerifySteps steps = VerifySteps::read(outcome, Limit);
    return steps.isAboutTorch() ? climbedReport(steps, devices, tools.variables) : packagesReport(steps);
}

} // namespace sconce::actions
