// SPDX-License-Identifier: Apache-2.0
// How long Cancel takes while versions are chosen for all computers: a job is stopped at a hundred moments
// spread over the time that it takes. Each figure is the time from the stop to the end of the job.
#include <thread>

#include <QJsonDocument>
#include <QTemporaryDir>

#include "actions/lock_project.h"
#include "bench/row.h"
#include "kit/golden.h"
#include "kit/recorded_world.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

constexpr int Moments = 100;

QJsonObject readCase(const QString &name)
{
    const QString file = QStringLiteral(WORLDS "/") + name;
    QJsonObject world = QJsonDocument::fromJson(kit::slurp(file)).object();
    if (world.contains("shares"_L1)) {
        const QString shared = QFileInfo(file).path() + u'/' + world["shares"_L1].toString();
        const QJsonObject more = QJsonDocument::fromJson(kit::slurp(shared)).object();
        for (auto one = more.begin(); one != more.end(); ++one)
            world.insert(one.key(), *one);
    }
    return world;
}

/// A project in a folder of its own, with its indexes in memory and nothing in a cache.
class Case {
public:
    explicit Case(const QString &name)
        : m_world(readCase(name))
    {
        const QJsonObject files = m_world["files"_L1].toObject();
        for (auto file = files.begin(); file != files.end(); ++file)
            kit::spill(m_folder.filePath(file.key()), file->toString().toUtf8());
    }

    /// Nothing: stopped.
    Result<> lock(const std::stop_token &stop)
    {
        kit::RecordedWorld fetcher(m_world);
        process::SystemRunner runner;
        actions::Tools tools{.fetcher = &fetcher, .runner = &runner};
        tools.variables = {{u"UV_DEFAULT_INDEX"_s, u"http://pypi.test/simple"_s}};
        actions::LockRequest request{.folder = m_folder.path(),
            .options = actions::ResolveOptions::fromVariables(tools.variables),
            .writing = actions::LockRequest::Writing::Look};
        const auto answer = actions::lockProject(request, tools, {stop, std::make_shared<Progress>()});
        if (!answer && answer.error().kind() != ErrorKind::Stopped)
            return std::unexpected(answer.error());
        return {};
    }

private:
    QJsonObject m_world;
    QTemporaryDir m_folder;
};

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

} // namespace

int main()
{
    for (const auto *name : {"scenarios/guide-extras", "scenarios/workspace", "large/180027"}) {
        Case project(QString::fromLatin1(name) + u".json"_s);
        const auto begin = Clock::now();
        const Result<> done = project.lock({});
        if (!done) {
            std::fprintf(stderr, "%s: %s\n", name, qPrintable(done.error().forLog()));
            return 1;
        }
        const auto whole = Clock::now() - begin;
        for (int moment = 0; moment < Moments; ++moment) {
            std::stop_source stop;
            Clock::time_point end;
            std::jthread worker([&] {
                static_cast<void>(project.lock(stop.get_token()));
                end = Clock::now();
            });
            std::this_thread::sleep_for(whole * moment / Moments);
            const auto stopped = Clock::now();
            stop.request_stop();
            worker.join();
            if (end > stopped)
                std::printf("stop a lock of %s\t%.3f\n", name, Milliseconds(end - stopped).count());
        }
    }
}
