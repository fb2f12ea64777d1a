// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>
#include <QThreadPool>

#include "actions/tools.h"
#include "screenshots/screenshots.h"
#include "session/work.h"
#include "shell/translations.h"
#include "shell/windows.h"
#include "theme/theme.h"
#include "window_entry.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

int takeScreenshots(const QStringList &arguments)
{
    if (arguments.size() != 1) {
        std::fputs("Use: sconce screenshots FOLDER\n", stderr);
        return 2;
    }
    const Result<int> taken = ui::takeScreenshots(arguments.front());
    if (!taken) {
        std::fprintf(stderr, "%s\n", qPrintable(taken.error().forLog()));
        return 2;
    }
    std::printf("%d pictures in %s\n", *taken, qPrintable(arguments.front()));
    return 0;
}

/// Ends the program with the first window on the screen: how long starting takes is measured so.
class UntilVisible final : public QObject {
public:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Expose)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return false;
    }
};

} // namespace

extern "C" Q_DECL_EXPORT int sconce_run_window(
    int &argc, char **argv, const std::function<const actions::Tools &()> &makeTools)
{
    const bool isForScreenshots = argc > 1 && qstrcmp(argv[1], "screenshots") == 0;
    if (isForScreenshots && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures need no display
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"sconce"_s);
    QApplication::setOrganizationName(u"sconce"_s);
    QApplication::setApplicationDisplayName(u"Sconce"_s);
    QGuiApplication::setDesktopFileName(u"org.sconce.Sconce"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/sconce.svg"_s));
    ui::installTheme();
    QStringList arguments = QApplication::arguments().mid(1);
    if (isForScreenshots)
        return takeScreenshots(arguments.mid(1));

    UntilVisible untilVisible;
    if (arguments.removeAll(u"--until-visible"_s) > 0)
        application.installEventFilter(&untilVisible);
    ui::installTranslations(QLocale());
    for (QString &path : arguments)
        path = QFileInfo(path).absoluteFilePath();
    ui::Windows windows;
    if (windows.handOver(arguments))
        return 0;
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"sconce"_s, u"window"_s);
    QThreadPool pool;
    pool.setMaxThreadCount(8); // jobs mostly wait: for servers, for other programs
    windows.open(ui::workWith(makeTools()), settings, pool, arguments);
    const int status = QApplication::exec();
    windows.closeAll();
    pool.waitForDone();
    return status;
}
