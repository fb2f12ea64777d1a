// SPDX-License-Identifier: Apache-2.0
#include "kit/scripted_runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sconce::kit {

using namespace Qt::StringLiterals;

std::vector<ScriptedRunner::Row> ScriptedRunner::read(const QString &path)
{
    std::vector<Row> rows;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(path), qPrintable(problem.errorString()));
    for (const QJsonValue &value : document.array()) {
        process::Outcome outcome;
        outcome.output = value[u"output"].toString().toUtf8();
        outcome.errorOutput = value[u"errorOutput"].toString().toUtf8();
        outcome.status = value[u"status"].toInt();
        outcome.crashed = value[u"crashed"].toBool();
        outcome.timedOut = value[u"timedOut"].toBool();
        rows.push_back({value[u"run"].toString(), outcome});
    }
    return rows;
}

Result<process::Outcome> ScriptedRunner::run(const process::Command &command, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    const QString asked = (QStringList(command.program) + command.arguments).join(u' ');
    const std::lock_guard guard(m_lock);
    m_calls.append(asked);
    for (const Row &row : m_rows) {
        const bool isAny = row.run.endsWith(" *"_L1);
        if (isAny ? asked.startsWith(QStringView(row.run).chopped(1)) || asked == row.run.chopped(2)
                  : asked == row.run)
            return row.outcome;
    }
    return std::unexpected(
        Error(ErrorKind::NotFound, u"There is no program “%1” on PATH"_s.arg(command.program)));
}

QStringList ScriptedRunner::calls() const
{
    const std::lock_guard guard(m_lock);
    return m_calls;
}

} // namespace sconce::kit
