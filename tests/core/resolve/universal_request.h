// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

#include "kit/golden.h"
#include "kit/universe/universe.h"
#include "resolve/universal.h"

namespace sconce {

/// The lines of a list of texts.
inline QString joined(const QJsonValue &lines)
{
    QStringList result;
    for (const QJsonValue &line : lines.toArray())
        result.append(line.toString());
    return result.join(u'\n');
}

/// Writes the "project" of a case (and its "members", by folder) into `folder` and reads it.
inline Result<resolve::UniversalRequest> readUniversalRequest(
    const QJsonObject &file, const kit::Universe &universe, const QString &folder)
{
    const auto write = [&](const QString &path, const QJsonValue &lines) {
        kit::spill(QDir(folder).filePath(path + QStringLiteral("/pyproject.toml")), joined(lines).toUtf8());
    };
    write(QStringLiteral("."), file[QLatin1String("project")]);
    const QJsonObject members = file[QLatin1String("members")].toObject();
    for (auto member = members.begin(); member != members.end(); ++member)
        write(member.key(), *member);
    auto root = SCONCE_TRY(project::open(folder));
    const auto python = versions::ReleaseRange::of(root.requiresPython.value_or(versions::SpecifierSet()));
    resolve::UniversalRequest request;
    request.python = {python.lower(), python.upper()};
    request.requiresPython = python.specifiers();
    request.environments = root.uv.environments;
    request.requiredEnvironments = root.uv.requiredEnvironments;
    request.initialForks = root.uv.environments;
    request.noBuild = false;
    request.indexes = universe.indexes();
    request.staticMetadata = root.uv.staticMetadata;
    if (root.uv.forkStrategy == QLatin1String("fewest"))
        request.forkStrategy = resolve::ForkStrategy::Fewest;
    request.workspace = SCONCE_TRY(project::openWorkspace(std::move(root)));
    return request;
}

} // namespace sconce
