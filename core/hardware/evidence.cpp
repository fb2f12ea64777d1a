// SPDX-License-Identifier: Apache-2.0
#include "hardware/evidence.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <unistd.h>

#include "files/files.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

namespace {

// Facts are short; the list of PCI names is the longest file read here.
constexpr qint64 FileLimit = 8LL << 20;

QString firstLine(const QByteArray &text)
{
    return QString::fromUtf8(text.trimmed().split('\n').first()).simplified().left(200);
}

QString answerText(const process::Outcome &outcome)
{
    if (outcome.timedOut)
        return QCoreApplication::translate("hardware", "did not answer in time");
    if (outcome.crashed)
        return QCoreApplication::translate("hardware", "crashed (signal %1)").arg(outcome.status);
    const QString said = firstLine(outcome.output.trimmed().isEmpty() ? outcome.errorOutput : outcome.output);
    if (outcome.status != 0)
        return QCoreApplication::translate("hardware", "status %1, “%2”").arg(outcome.status).arg(said);
    return said.isEmpty() ? QCoreApplication::translate("hardware", "said nothing") : u'“' + said + u'”';
}

} // namespace

QString commandText(const QString &program, const QStringList &arguments)
{
    return (QStringList(program) + arguments).join(u' ');
}

Result<std::optional<QString>> Evidence::text(const QString &path)
{
    const auto bytes = files::read(m_computer.root + path, FileLimit);
    if (bytes) {
        note(u"%1: “%2”"_s.arg(path, firstLine(*bytes)));
        return QString::fromUtf8(*bytes);
    }
    if (bytes.error().kind() == ErrorKind::NotFound) {
        note(QCoreApplication::translate("hardware", "%1: not there").arg(path));
        return std::nullopt;
    }
    note(QCoreApplication::translate("hardware", "%1: cannot be read").arg(path));
    return std::unexpected(bytes.error());
}

std::optional<QString> Evidence::detail(const QString &path) const
{
    const auto bytes = files::read(m_computer.root + path, FileLimit);
    if (!bytes)
        return std::nullopt;
    return QString::fromUtf8(*bytes);
}

QStringList Evidence::entries(const QString &folder) const
{
    return QDir(m_computer.root + folder)
        .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

bool Evidence::exists(const QString &path) const
{
    return QFileInfo::exists(m_computer.root + path);
}

bool Evidence::isUsable(const QString &path) const
{
    return ::access(QFile::encodeName(m_computer.root + path).constData(), R_OK | W_OK) == 0;
}

Result<std::optional<process::Outcome>> Evidence::run(const QString &program, const QStringList &arguments)
{
    process::Command command;
    command.program = program;
    command.arguments = arguments;
    command.limit = std::chrono::seconds(10);
    command.outputLimit = 1 << 20;
    const QString said = commandText(program, arguments);
    const auto outcome = m_computer.runner->run(command, m_context);
    if (outcome) {
        note(u"%1: %2"_s.arg(said, answerText(*outcome)));
        if (outcome->timedOut) {
            warn(QCoreApplication::translate("hardware", "“%1” did not answer within 10 seconds").arg(said));
            return std::nullopt;
        }
        return *outcome;
    }
    if (outcome.error().kind() == ErrorKind::Stopped)
        return std::unexpected(outcome.error());
    if (outcome.error().kind() == ErrorKind::NotFound) {
        note(QCoreApplication::translate("hardware", "%1: not installed").arg(program));
        return std::nullopt;
    }
    note(u"%1: %2"_s.arg(program, outcome.error().summary()));
    warn(outcome.error().summary());
    return std::nullopt;
}

} // namespace sconce::hardware
