// SPDX-License-Identifier: Apache-2.0
#include "kit/window/open_window.h"

#include <QDir>

#include "session/session.h"

namespace sconce::kit {

OpenWindow::OpenWindow(ui::Work work, const Prepare &prepare)
    : m_settings(m_folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
{
    m_pool.setMaxThreadCount(8);
    if (prepare)
        prepare(m_settings);
    m_window = std::make_unique<ui::MainWindow>(std::move(work), m_settings, m_pool, sampleFolder());
    m_window->resize(1180, 800);
    m_window->show();
    m_window->activateWindow();
}

OpenWindow::~OpenWindow()
{
    m_window.reset();
    m_pool.waitForDone();
}

bool OpenWindow::isIdle() const
{
    const ui::Session &session = m_window->session();
    return !session.computer().isRunning() && !session.overview().isRunning()
        && !session.offered().isRunning() && !session.proposal().isRunning() && !session.applied().isRunning()
        && !session.check().isRunning();
}

QString fakeComputerFolder(const QString &name)
{
    return QStringLiteral(TESTS_FOLDER "/core/hardware/devices/") + name;
}

} // namespace sconce::kit
