// SPDX-License-Identifier: Apache-2.0
#include "window.h"

#include <cstdio>
#include <optional>

#include <QFileInfo>
#include <QLibrary>

#include "composition.h"
#include "window_entry.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString libraryPath()
{
    // No QCoreApplication yet: the window makes the QApplication.
    const QString folder = QFileInfo(QFileInfo(u"/proc/self/exe"_s).symLinkTarget()).path();
    for (const QString &place : {folder, folder + u"/../lib/sconce"_s}) {
        if (const QString path = place + u"/libsconce_window.so"_s; QFileInfo::exists(path))
            return path;
    }
    return u"sconce_window"_s;
}

} // namespace

int runWindow(int &argc, char **argv)
{
    QLibrary library(libraryPath());
    const auto run = reinterpret_cast<ui::RunWindow>(library.resolve("sconce_run_window"));
    if (!run) {
        std::fprintf(stderr, "%s\n",
            qPrintable(Words::tr("The window cannot be opened: %1").arg(library.errorString())));
        return 2;
    }
    std::optional<Composition> composition;
    return run(argc, argv, [&]() -> const actions::Tools & {
        if (!composition)
            composition.emplace(ToolOptions());
        return composition->tools();
    });
}

} // namespace sconce::app
