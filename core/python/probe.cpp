// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/stat.h>
#include <sys/utsname.h>

#include "files/digest.h"
#include "files/files.h"
#include "python/interpreter.h"

namespace sconce::python {

using namespace Qt::StringLiterals;
using tags::Platform;

namespace {

constexpr std::chrono::seconds Limit(10);

QString tr(const char *text)
{
    return QCoreApplication::translate("python", text);
}

QByteArray script()
{
    QFile file(u":/sconce/python/probe.py"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

Platform::System systemNamed(const QString &name)
{
    return name == "manylinux"_L1 ? Platform::System::ManyLinux
        : name == "musllinux"_L1  ? Platform::System::MuslLinux
        : name == "macos"_L1      ? Platform::System::MacOs
        : name == "windows"_L1    ? Platform::System::Windows
                                  : Platform::System::Other;
}

markers::Environment markersFrom(const QJsonObject &values)
{
    return {.implementationName = values[u"implementation_name"].toString(),
        .implementationVersion = values[u"implementation_version"].toString(),
        .osName = values[u"os_name"].toString(),
        .platformMachine = values[u"platform_machine"].toString(),
        .platformPythonImplementation = values[u"platform_python_implementation"].toString(),
        .platformRelease = values[u"platform_release"].toString(),
        .platformSystem = values[u"platform_system"].toString(),
        .platformVersion = values[u"platform_version"].toString(),
        .pythonFullVersion = values[u"python_full_version"].toString(),
        .pythonVersion = values[u"python_version"].toString(),
        .sysPlatform = values[u"sys_platform"].toString()};
}

/// Nothing when the answer is not complete.
std::optional<Interpreter> interpreterFrom(const QJsonObject &answer)
{
    const auto pair = [](const QJsonValue &list, int &first, int &second) {
        first = list[0].toInt();
        second = list[1].toInt();
    };
    Interpreter python;
    python.executable = answer[u"executable"].toString();
    python.prefix = answer[u"prefix"].toString();
    python.basePrefix = answer[u"basePrefix"].toString();
    python.baseExecutable = answer[u"baseExecutable"].toString();
    python.environment = markersFrom(answer[u"markers"].toObject());
    python.abi.implementation = answer[u"implementation"].toString();
    python.abi.isFreeThreaded = answer[u"isFreeThreaded"].toBool();
    pair(answer[u"version"], python.abi.major, python.abi.minor);
    pair(answer[u"implementationVersion"], python.abi.implementationMajor, python.abi.implementationMinor);
    const QJsonObject platform = answer[u"platform"].toObject();
    python.platform.system = systemNamed(platform[u"system"].toString());
    pair(platform[u"version"], python.platform.major, python.platform.minor);
    python.platform.architecture = platform[u"architecture"].toString();
    const QJsonObject layout = answer[u"layout"].toObject();
    python.purelib = layout[u"purelib"].toString();
    python.platlib = layout[u"platlib"].toString();
    python.scripts = layout[u"scripts"].toString();
    python.include = layout[u"include"].toString();
    python.data = layout[u"data"].toString();
    if (python.executable.isEmpty() || python.prefix.isEmpty() || python.purelib.isEmpty()
        || !versions::Version::parse(python.environment.pythonFullVersion))
        return std::nullopt;
    return python;
}

/// The last line that is not empty: whatever a wrapper prints comes before it.
QByteArray lastLine(const QByteArray &output)
{
    return output.trimmed().split('\n').last().trimmed();
}

Error unusable(const QString &executable, const process::Outcome &outcome)
{
    const QByteArray said = outcome.errorOutput.trimmed().isEmpty() ? outcome.output : outcome.errorOutput;
    Error error(ErrorKind::BadInput, QString());
    if (outcome.timedOut)
        error = {ErrorKind::BadInput,
            tr("“%1” did not answer within %2 seconds").arg(executable).arg(Limit.count())};
    else if (outcome.crashed)
        error = {ErrorKind::BadInput,
            tr("“%1” crashed when it was asked for its version (signal %2)")
                .arg(executable)
                .arg(outcome.status)};
    else if (said.contains("pyenv: "))
        error = {ErrorKind::BadInput,
            tr("“%1” belongs to pyenv, which has no version selected for it").arg(executable)};
    else if (said.contains("Unknown option: -I"))
        error = {ErrorKind::BadInput, tr("“%1” is older than Python 3.6").arg(executable)};
    else if (outcome.status != 0)
        error = {ErrorKind::BadInput,
            tr("“%1” is no Python that works: it ended with status %2").arg(executable).arg(outcome.status)};
    else
        error = {
            ErrorKind::BadInput, tr("“%1” is no Python: its answer cannot be understood").arg(executable)};
    return std::move(error).detail(QString::fromUtf8(said.trimmed().left(2000)));
}

/// What changes whenever the answer could: the file, the environment it may belong to, the system, the
/// question.
QString keyOf(const QString &executable)
{
    const auto stamp = [](const QString &path) {
        struct stat facts{};
        if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
            return u"-"_s;
        return u"%1.%2.%3.%4"_s.arg(facts.st_size)
            .arg(facts.st_mtim.tv_sec)
            .arg(facts.st_mtim.tv_nsec)
            .arg(facts.st_ino);
    };
    const QString folder = QFileInfo(executable).path();
    struct utsname system{};
    ::uname(&system);
    static const QString question = files::sha256Hex(script());
    return QStringList{stamp(executable), stamp(folder + u"/pyvenv.cfg"_s),
        stamp(folder + u"/../pyvenv.cfg"_s), QString::fromLocal8Bit(system.release),
        QString::fromLocal8Bit(system.version), question}
        .join(u' ');
}

/// The Python that an environment's one is a link to, where pyvenv.cfg says the same; empty otherwise.
QString linkedPython(const QString &executable)
{
    const QFileInfo entry(executable);
    const QString target = entry.isSymLink() ? entry.symLinkTarget() : QString();
    const Result<QString> config = files::readText(entry.path() + u"/../pyvenv.cfg"_s, 64 << 10);
    if (target.isEmpty() || !config)
        return {};
    for (const QString &line : config->split(u'\n')) {
        if (line.section(u'=', 0, 0).trimmed().compare("home"_L1, Qt::CaseInsensitive) == 0)
            return line.section(u'=', 1).trimmed() == QFileInfo(target).path() ? target : QString();
    }
    return {};
}

/// An environment's Python is the one that it links to, in another place: that one is known already, and
/// starting another takes ten times as long as all the rest of a small plan.
std::optional<Interpreter> inEnvironment(const QString &executable, const Interpreter &base)
{
    if (base.isVirtual() || base.baseExecutable != base.executable)
        return std::nullopt;
    Interpreter python = base;
    python.executable = executable;
    python.prefix = QDir::cleanPath(QFileInfo(executable).path() + u"/.."_s);
    return python;
}

bool isScript(const QString &executable)
{
    QFile file(executable);
    return file.open(QIODevice::ReadOnly) && file.read(2) == "#!";
}

} // namespace

versions::Version Interpreter::version() const
{
    auto parsed = versions::Version::parse(environment.pythonFullVersion);
    Q_ASSERT(parsed); // probe() lets nothing else through
    return *std::move(parsed);
}

Result<Interpreter> probe(
    const QString &executable, process::Runner &runner, const QString &cacheFolder, const JobContext &context)
{
    const bool isKept = !cacheFolder.isEmpty() && executable.startsWith(u'/') && !isScript(executable);
    const QString kept =
        u"%1/interpreters/%2.json"_s.arg(cacheFolder, files::sha256Hex(executable.toUtf8()).left(32));
    const QString key = isKept ? keyOf(executable) : QString();
    if (isKept) {
        const QJsonObject row = QJsonDocument::fromJson(files::read(kept).value_or(QByteArray())).object();
        if (row[u"key"].toString() == key) {
            if (auto python = interpreterFrom(row[u"answer"].toObject()))
                return *std::move(python);
        }
    }
    if (const QString linked = isKept ? linkedPython(executable) : QString(); !linked.isEmpty()) {
        if (const Result<Interpreter> base = probe(linked, runner, cacheFolder, context)) {
            if (auto python = inEnvironment(executable, *base))
                return *std::move(python);
        }
    }

    process::Command command;
    command.program = executable;
    command.arguments = {u"-I"_s, u"-S"_s, u"-B"_s, u"-c"_s, QString::fromUtf8(script())};
    command.limit = Limit;
    const process::Outcome outcome = SCONCE_TRY(runner.run(command, context));
    const QJsonObject answer = QJsonDocument::fromJson(lastLine(outcome.output)).object();
    auto python = interpreterFrom(answer);
    if (!outcome.succeeded() || !python)
        return std::unexpected(unusable(executable, outcome));
    if (python->abi.major < 3 || (python->abi.major == 3 && python->abi.minor < 6))
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("“%1” is Python %2; 3.6 is the oldest that can be used")
                .arg(executable, python->environment.pythonFullVersion)));
    if (isKept && files::makeFolder(cacheFolder + u"/interpreters"_s)) {
        // A cache that cannot be written costs time and nothing else.
        if (const auto written = files::writeWhole(kept,
                QJsonDocument(QJsonObject{{u"key"_s, key}, {u"answer"_s, answer}})
                    .toJson(QJsonDocument::Compact));
            !written)
            context.progress().log(written.error().summary());
    }
    return *std::move(python);
}

} // namespace sconce::python
