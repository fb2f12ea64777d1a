// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QSettings>
#include <QTemporaryDir>
#include <QThreadPool>

#include "session/work.h"
#include "shell/main_window.h"

namespace sconce::kit {

/// The real main window, shown, with settings and a folder for the sample project of its own.
class OpenWindow {
public:
    using Prepare = std::function<void(QSettings &)>;
    /// What `work` reaches must outlive this. `prepare` fills the settings that the window finds.
    explicit OpenWindow(ui::Work work, const Prepare &prepare = {});
    /// Closes the window, which stops what runs, and waits for the workers.
    ~OpenWindow();
    Q_DISABLE_COPY_MOVE(OpenWindow)

    ui::MainWindow &operator*() { return *m_window; }
    ui::MainWindow *operator->() { return m_window.get(); }
    QString sampleFolder() const { return m_folder.filePath(QStringLiteral("sample")); }
    QSettings &settings() { return m_settings; }
    /// Nothing is under way.
    bool isIdle() const;

private:
    QTemporaryDir m_folder;
    QSettings m_settings;
    QThreadPool m_pool;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// The folder of a made-up computer, for kit::FakeComputer.
QString fakeComputerFolder(const QString &name);

} // namespace sconce::kit
