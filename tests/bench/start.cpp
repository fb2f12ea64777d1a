// SPDX-License-Identifier: Apache-2.0
// Whole processes, from start to end.
#include <QProcess>
#include <QTemporaryDir>

#include "bench/row.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

Result<> run(const QStringList &arguments, const QString &home)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_CONFIG_HOME"_s, home + u"/config"_s);
    environment.insert(u"SCONCE_CACHE_DIR"_s, home + u"/cache"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(home);
    process.start(QStringLiteral(PROGRAM), arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        return std::unexpected(Error(ErrorKind::Broken, QString::fromUtf8(process.readAllStandardError())));
    return {};
}

} // namespace

int main()
{
    const QTemporaryDir home;
    bench::row("sconce --version", 20, [&] { return run({u"--version"_s}, home.path()); });
    bench::row("sconce devices --json", 10, [&] { return run({u"devices"_s, u"--json"_s}, home.path()); });
    // Ends with the first picture on the screen.
    bench::row("window visible from start", 10, [&] { return run({u"--until-visible"_s}, home.path()); });
}
