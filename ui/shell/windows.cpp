// SPDX-License-Identifier: Apache-2.0
#include "shell/windows.h"

#include <QDir>
#include <QStandardPaths>

#include <kdsingleapplication.h>

#include "session/session.h"
#include "shell/main_window.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

Windows::Windows()
    : m_single(std::make_unique<KDSingleApplication>(u"sconce"_s,
          KDSingleApplication::Option::IncludeUsernameInSocketName
              | KDSingleApplication::Option::IncludeSessionInSocketName))
{}

Windows::~Windows()
{
    closeAll();
}

bool Windows::handOver(const QStringList &paths)
{
    return !m_single->isPrimaryInstance() && m_single->sendMessage(paths.join(QChar::Null).toUtf8());
}

void Windows::open(Work work, QSettings &settings, QThreadPool &pool, const QStringList &paths)
{
    const QString sample =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/sconce/sample-project"_s;
    m_make = [work = std::move(work), &settings, &pool, sample] {
        auto *window = new MainWindow(work, settings, pool, sample);
        window->setAttribute(Qt::WA_DeleteOnClose);
        return window;
    };
    connect(m_single.get(), &KDSingleApplication::messageReceived, this, [this](const QByteArray &message) {
        openPaths(QString::fromUtf8(message).split(QChar::Null, Qt::SkipEmptyParts));
    });
    openPaths(paths);
}

void Windows::openPaths(const QStringList &paths)
{
    for (const QString &path : paths.isEmpty() ? QStringList{QString()} : paths) {
        MainWindow *window = path.isEmpty() ? nullptr : windowFor(path);
        if (!window) {
            window = m_make();
            m_windows.append(window);
            if (!path.isEmpty())
                window->openProject(path);
        }
        window->show();
        window->raise();
        window->activateWindow();
    }
}

MainWindow *Windows::windowFor(const QString &path) const
{
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window && window->session().path() == QDir::cleanPath(path))
            return window;
    }
    return nullptr;
}

void Windows::closeAll()
{
    for (const QPointer<MainWindow> &window : std::exchange(m_windows, {}))
        delete window.data();
}

} // namespace sconce::ui
