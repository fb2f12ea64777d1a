// SPDX-License-Identifier: Apache-2.0
#include "kit/window/gui_check.h"

#include <atomic>
#include <cstdio>

#include <QApplication>
#include <QRegularExpression>
#include <QStandardPaths>

#include "theme/theme.h"

namespace sconce::kit {

namespace {

std::atomic<int> warningsOutside = 0;

/// The platform without a screen says so of every window that has a smallest size; no window can help it.
constexpr char16_t Noise[] = u"This plugin does not support propagateSizeHints()";

/// In force before the first check function and after the last one; within, QTest has a handler of its own.
void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && text != QStringView(Noise))
        ++warningsOutside;
}

} // namespace

void GuiCheck::init()
{
    QTest::failOnWarning(
        QRegularExpression(QStringLiteral("^(?!%1)").arg(QRegularExpression::escape(QStringView(Noise)))));
    begin();
}

void GuiCheck::cleanup()
{
    end();
}

int runGuiCheck(int argc, char **argv, const std::function<std::unique_ptr<GuiCheck>()> &make)
{
    qInstallMessageHandler(countWarnings);
    int status = 0;
    {
        QApplication application(argc, argv);
        QApplication::setQuitOnLastWindowClosed(false);
        QStandardPaths::setTestModeEnabled(true);
        ui::installTheme();
        const std::unique_ptr<GuiCheck> check = make();
        status = QTest::qExec(check.get(), argc, argv);
    }
    if (warningsOutside > 0)
        std::fprintf(stderr, "FAIL!  : %d warnings outside of check functions\n", warningsOutside.load());
    return status + warningsOutside;
}

} // namespace sconce::kit
