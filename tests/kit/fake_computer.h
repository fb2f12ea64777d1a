// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

#include "hardware/devices.h"
#include "kit/golden.h"
#include "kit/scripted_runner.h"

namespace sconce::kit {

/// A folder that stands for a computer: root/ holds its files, commands.json what its programs say,
/// computer.json
/// {"operatingSystem", "machine", "environment"} where it is not Linux on x86_64 with nothing set.
/// Headers only, so that just the checks that need it link the module hardware.
class FakeComputer {
public:
    explicit FakeComputer(const QString &folder)
        : m_runner(ScriptedRunner::read(folder + QStringLiteral("/commands.json")))
    {
        const QJsonObject facts =
            QJsonDocument::fromJson(slurp(folder + QStringLiteral("/computer.json"))).object();
        m_computer.root = folder + QStringLiteral("/root");
        m_computer.runner = &m_runner;
        m_computer.operatingSystem = facts[u"operatingSystem"].toString(QStringLiteral("Linux"));
        m_computer.machine = facts[u"machine"].toString(QStringLiteral("x86_64"));
        const QJsonObject variables = facts[u"environment"].toObject();
        for (auto variable = variables.begin(); variable != variables.end(); ++variable)
            m_computer.environment.insert(variable.key(), variable.value().toString());
    }
    FakeComputer(const FakeComputer &) = delete;
    FakeComputer &operator=(const FakeComputer &) = delete;

    ScriptedRunner &runner() { return m_runner; }
    hardware::Computer &computer() { return m_computer; }

private:
    ScriptedRunner m_runner;
    hardware::Computer m_computer;
};

} // namespace sconce::kit
