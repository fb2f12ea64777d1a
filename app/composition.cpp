// SPDX-License-Identifier: Apache-2.0
#include "composition.h"

#include <QProcessEnvironment>
#include <QStandardPaths>

#include "actions/sample.h"
#include "net/caching_fetcher.h"
#include "network.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

/// SCONCE_CACHE_DIR wins over UV_CACHE_DIR; the two programs never share a folder.
QString cacheFolder(const ToolOptions &options, const QHash<QString, QString> &variables)
{
    if (!options.cacheFolder.isEmpty())
        return options.cacheFolder;
    if (const QString own = variables.value(u"SCONCE_CACHE_DIR"_s); !own.isEmpty())
        return own;
    if (const QString other = variables.value(u"UV_CACHE_DIR"_s); !other.isEmpty())
        return other + u"/sconce"_s;
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/sconce"_s;
}

} // namespace

QHash<QString, QString> environmentVariables()
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QHash<QString, QString> variables;
    for (const QString &name : environment.keys())
        variables.insert(name, environment.value(name));
    return variables;
}

Composition::Composition(const ToolOptions &options)
    : m_passingCache(options.isWithoutCache ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_runner(std::make_unique<process::SystemRunner>())
{
    m_tools.variables = environmentVariables();
    if (!options.linkMode.isEmpty())
        m_tools.variables.insert(u"UV_LINK_MODE"_s, options.linkMode);
    m_tools.cacheFolder = m_passingCache ? m_passingCache->path() : cacheFolder(options, m_tools.variables);
    net::FetcherSettings settings = net::FetcherSettings::fromVariables(m_tools.variables);
    settings.cacheFolder = m_tools.cacheFolder + u"/http"_s;
    settings.isOffline = settings.isOffline || options.isOffline;
    m_network = std::make_unique<net::CachingFetcher>(settings, std::make_unique<Network>(settings));
    m_fetcher = actions::sampleFetcher(*m_network);
    m_tools.fetcher = m_fetcher.get();
    m_tools.runner = m_runner.get();
    m_tools.computer = hardware::Computer::here(*m_runner);
}

Composition::~Composition() = default;

} // namespace sconce::app
