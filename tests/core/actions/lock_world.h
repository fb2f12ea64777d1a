// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/lock_project.h"
#include "core/actions/world.h"
#include "lock/read.h"

namespace sconce::checks {

/// A project to be locked against an index in memory: a and b in versions 1 to 3, b needs a, and c needs an
/// older a.
class LockWorld : public World {
public:
    LockWorld()
    {
        std::vector<kit::TinyWheel> wheels;
        for (const QString &version : {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")}) {
            wheels.push_back({.name = QStringLiteral("a"), .version = version});
            wheels.push_back(
                {.name = QStringLiteral("b"), .version = version, .requiresDist = {QStringLiteral("a")}});
        }
        wheels.push_back({.name = QStringLiteral("c"),
            .version = QStringLiteral("1"),
            .requiresDist = {QStringLiteral("a<2")}});
        offer(wheels);
    }

    void writeProject(const QByteArray &dependencies, const QByteArray &more = {}) const
    {
        write(QStringLiteral("pyproject.toml"),
            "[project]\nname = \"demo\"\nversion = \"0.1.0\"\nrequires-python = "
            "\">=3.12\"\ndependencies = ["
                + dependencies + "]\n" + more);
    }
    actions::LockRequest request()
    {
        return {.folder = folder(), .options = actions::ResolveOptions::fromVariables(tools().variables)};
    }
    actions::LockOutcome lock(const actions::LockRequest &request)
    {
        const auto answer = actions::lockProject(request, tools(), JobContext::unwatched());
        if (!answer)
            qFatal() << answer.error().forLog();
        if (const auto *conflict = std::get_if<actions::LockConflict>(&*answer))
            qFatal() << conflict->sentence;
        return std::get<actions::LockOutcome>(*answer);
    }
    actions::LockOutcome lock() { return lock(request()); }
    Error failure(const actions::LockRequest &request)
    {
        const auto answer = actions::lockProject(request, tools(), JobContext::unwatched());
        return answer ? Error(ErrorKind::Broken, QStringLiteral("There was no error")) : answer.error();
    }
    Error failure() { return failure(request()); }
    QByteArray lockFile() const { return kit::slurp(folder() + QStringLiteral("/uv.lock")); }
    /// "a 2, b 1" of the lock file.
    QString versions() const
    {
        const auto lock = lock::read(folder() + QStringLiteral("/uv.lock"));
        if (!lock)
            return lock.error().forLog();
        QStringList texts;
        for (const lock::Package &package : lock->packages) {
            if (!package.source.isTree())
                texts.append(package.name.text() + u' ' + package.version->text());
        }
        return texts.join(QStringLiteral(", "));
    }
};

} // namespace sconce::checks
