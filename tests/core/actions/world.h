// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTemporaryDir>

#include "actions/tools.h"
#include "environment/virtual_environment.h"
#include "kit/canned_fetcher.h"
#include "kit/golden.h"
#include "kit/quick_fetcher.h"
#include "kit/small_environment.h"
#include "kit/tiny_index.h"
#include "kit/with_local_files.h"

namespace sconce::checks {

/// A project folder, indexes in memory, a computer without accelerators, and a real Python.
///     https://pypi.test/simple       the default index
///     https://torch.test/whl/cu128   and others: what a torch mirror holds
class World {
public:
    World()
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("project"));
        m_tools.fetcher = &m_files;
        m_tools.runner = &m_runner;
        m_tools.cacheFolder = m_folder.filePath(QStringLiteral("cache"));
        m_tools.variables = {{QStringLiteral("PATH"), qEnvironmentVariable("PATH")},
            {QStringLiteral("HOME"), m_folder.path()},
            {QStringLiteral("UV_DEFAULT_INDEX"), QStringLiteral("https://pypi.test/simple")}};
        m_tools.computer.root = m_folder.filePath(QStringLiteral("nothing"));
        m_tools.computer.runner = &m_noPrograms;
        m_tools.computer.operatingSystem = QStringLiteral("Linux");
        m_tools.computer.machine = QStringLiteral("x86_64");
    }

    actions::Tools &tools() { return m_tools; }
    QString folder() const { return QDir(m_folder.path()).canonicalPath() + QStringLiteral("/project"); }
    QString environmentFolder() const { return folder() + QStringLiteral("/.venv"); }
    void write(const QString &name, const QByteArray &text) const
    {
        kit::spill(folder() + u'/' + name, text);
    }

    /// Puts wheels on the default index.
    void offer(const std::vector<kit::TinyWheel> &wheels)
    {
        for (const kit::TinyWheel &wheel : wheels)
            m_pypi.add(wheel);
        m_pypi.serveFrom(fetcher, "https://pypi.test");
    }
    /// Puts a wheel of torch on the mirror, below the backend's name.
    void offerTorch(const QByteArray &backend, const QString &version)
    {
        kit::TinyIndex index(kit::TinyIndex::Format::Html);
        index.add({.name = QStringLiteral("torch"), .version = version});
        const QByteArray base = "https://torch.test/whl/" + backend;
        for (const auto &[path, document] : index.documents(base)) {
            const QByteArray place = path.startsWith("/simple/") ? path.mid(7) : path;
            fetcher.serve(base + place, document.body, document.type);
        }
    }

    std::vector<environment::Installed> installed()
    {
        const JobContext context = JobContext::unwatched();
        const auto interpreter =
            python::probe(python::executableIn(environmentFolder()), m_runner, m_tools.cacheFolder, context);
        return interpreter ? *environment::installedIn(*interpreter, context)
                           : std::vector<environment::Installed>();
    }
    QString installedText()
    {
        QStringList texts;
        for (const environment::Installed &one : installed())
            texts.append(one.name.text() + QStringLiteral("==") + one.version.text());
        return texts.join(u' ');
    }

    kit::CannedFetcher fetcher;

private:
    class NoPrograms final : public process::Runner {
    public:
        Result<process::Outcome> run(const process::Command &command, const JobContext &) override
        {
            return std::unexpected(Error(ErrorKind::NotFound, command.program));
        }
    };

    QTemporaryDir m_folder{kit::quickFolder()};
    kit::WithLocalFiles m_files{fetcher};
    process::SystemRunner m_runner;
    NoPrograms m_noPrograms;
    kit::TinyIndex m_pypi;
    actions::Tools m_tools;
};

} // namespace sconce::checks
