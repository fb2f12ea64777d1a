// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QPointer>

#include "session/work.h"

class KDSingleApplication;
class QSettings;
class QThreadPool;

namespace sconce::ui {

class MainWindow;

/// One window per project and one process for all of them: a second start hands its paths to the first and
/// ends.
class Windows final : public QObject {
    Q_OBJECT
public:
    Windows();
    ~Windows() override;

    /// True when a process with windows took the paths over.
    bool handOver(const QStringList &paths);
    /// Opens a window for each path, one Start page when there is none. `settings` and `pool` outlive this.
    void open(Work work, QSettings &settings, QThreadPool &pool, const QStringList &paths);
    void closeAll();

private:
    void openPaths(const QStringList &paths);
    MainWindow *windowFor(const QString &path) const;

    std::unique_ptr<KDSingleApplication> m_single;
    std::function<MainWindow *()> m_make;
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace sconce::ui
