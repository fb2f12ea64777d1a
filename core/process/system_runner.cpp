// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stop_token>
#include <vector>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/runner.h"

namespace sconce::process {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("process", text);
}

Error systemError(const QString &sentence, int number)
{
    const ErrorKind kind = number == ENOENT || number == ENOTDIR ? ErrorKind::NotFound
        : number == EACCES || number == EPERM                    ? ErrorKind::Denied
                                                                 : ErrorKind::Broken;
    return Error(kind, sentence).detail(qt_error_string(number));
}

class Descriptor {
public:
    explicit Descriptor(int number = -1)
        : m_number(number)
    {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    void set(int number)
    {
        close();
        m_number = number;
    }
    void close()
    {
        if (m_number >= 0)
            ::close(m_number);
        m_number = -1;
    }
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

/// One stream of the child: we read one end, the child writes to the other.
struct Stream {
    Descriptor reading;
    Descriptor writing;
    QByteArray kept;

    bool open()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        reading.set(ends[0]);
        writing.set(ends[1]);
        return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
    }

    /// Reads what is there now, a bounded number of times: who writes without end must not keep us from the
    /// clock.
    void drain(qint64 limit)
    {
        std::array<char, 1 << 16> buffer{};
        for (int round = 0; round < 32 && reading.isOpen(); ++round) {
            const ssize_t count = ::read(reading.number(), buffer.data(), buffer.size());
            if (count > 0)
                kept.append(buffer.data(), std::clamp<qint64>(limit - kept.size(), 0, count));
            else if (count < 0 && errno == EAGAIN)
                return;
            else if (count == 0 || errno != EINTR)
                reading.close();
        }
    }
};

/// The strings of an argument or environment list in the shape that exec wants.
class CStrings {
public:
    void add(const QByteArray &text) { m_texts.push_back(text); }
    char **data()
    {
        m_pointers.clear();
        for (QByteArray &text : m_texts)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
        return m_pointers.data();
    }

private:
    std::vector<QByteArray> m_texts;
    std::vector<char *> m_pointers;
};

QProcessEnvironment childEnvironment(const Command &command)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : command.environment.asKeyValueRange()) {
        if (value.isNull())
            environment.remove(name);
        else
            environment.insert(name, value);
    }
    return environment;
}

class Child {
public:
    explicit Child(const Command &command)
        : m_command(command)
    {}
    /// Whatever happened, nothing of it stays.
    ~Child()
    {
        if (m_process > 0)
            end();
    }
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    Result<> start();
    Result<Outcome> wait(const JobContext &context);

private:
    Result<> openStreams();
    Result<> spawn(const QString &path, const QProcessEnvironment &environment);
    bool hasEnded() const;
    int end();
    Outcome outcome(int waitStatus, bool timedOut);

    const Command &m_command;
    pid_t m_process = -1;
    Descriptor m_input;
    Stream m_output;
    Stream m_errorOutput;
};

Result<> Child::start()
{
    const QProcessEnvironment environment = childEnvironment(m_command);
    QString path = m_command.program;
    if (!path.contains(u'/')) {
        path = findOnPath(path, environment.value(u"PATH"_s));
        if (path.isEmpty())
            return std::unexpected(
                Error(ErrorKind::NotFound, tr("There is no program “%1” on PATH").arg(m_command.program)));
    }
    if (!m_command.folder.isEmpty() && !QFileInfo(m_command.folder).isDir())
        return std::unexpected(Error(ErrorKind::NotFound,
            tr("“%1” cannot run in “%2”: there is no such folder").arg(m_command.program, m_command.folder)));
    SCONCE_TRY(openStreams());
    return spawn(path, environment);
}

Result<> Child::openStreams()
{
    // The input is a file in memory: the program reads it at its own pace, and a program that does not read
    // it cannot block or signal us.
    m_input.set(m_command.input.isEmpty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC)
                                          : ::memfd_create("input", MFD_CLOEXEC));
    qint64 written = 0;
    while (m_input.isOpen() && written < m_command.input.size()) {
        const ssize_t count = ::write(m_input.number(), m_command.input.constData() + written,
            std::size_t(m_command.input.size() - written));
        if (count < 0 && errno != EINTR)
            break;
        written += std::max<ssize_t>(count, 0);
    }
    const bool isReady = m_input.isOpen() && written == m_command.input.size()
        && ::lseek(m_input.number(), 0, SEEK_SET) == 0 && m_output.open() && m_errorOutput.open();
    if (!isReady)
        return std::unexpected(systemError(tr("“%1” could not be started").arg(m_command.program), errno));
    return {};
}

Result<> Child::spawn(const QString &path, const QProcessEnvironment &environment)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    if (!m_command.folder.isEmpty())
        ::posix_spawn_file_actions_addchdir_np(&actions, QFile::encodeName(m_command.folder).constData());
    ::posix_spawn_file_actions_adddup2(&actions, m_input.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, m_output.writing.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, m_errorOutput.writing.number(), STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    sigset_t signalSet;
    ::sigemptyset(&signalSet);
    ::posix_spawnattr_setsigmask(&attributes, &signalSet);
    ::sigaddset(&signalSet, SIGPIPE);
    ::sigaddset(&signalSet, SIGINT);
    ::posix_spawnattr_setsigdefault(&attributes, &signalSet);
    ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    CStrings arguments;
    arguments.add(QFile::encodeName(m_command.program));
    for (const QString &argument : m_command.arguments)
        arguments.add(QFile::encodeName(argument));
    CStrings variables;
    for (const QString &variable : environment.toStringList())
        variables.add(QFile::encodeName(variable));
    const int failure = ::posix_spawn(&m_process, QFile::encodeName(path).constData(), &actions, &attributes,
        arguments.data(), variables.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);

    m_input.close();
    m_output.writing.close();
    m_errorOutput.writing.close();
    if (failure == 0)
        return {};
    m_process = -1;
    if (failure == ENOENT && QFileInfo::exists(path))
        return std::unexpected(systemError(
            tr("“%1” cannot be started: the interpreter or loader it asks for is missing").arg(path),
            failure));
    if (failure == ENOENT || failure == ENOTDIR)
        return std::unexpected(systemError(tr("There is no program “%1”").arg(path), failure));
    if (failure == EACCES)
        return std::unexpected(systemError(tr("“%1” may not be run by this user").arg(path), failure));
    if (failure == ENOEXEC)
        return std::unexpected(systemError(tr("“%1” is not a program for this computer").arg(path), failure));
    return std::unexpected(systemError(tr("“%1” could not be started").arg(path), failure));
}

bool Child::hasEnded() const
{
    siginfo_t information{};
    return ::waitid(P_PID, id_t(m_process), &information, WEXITED | WNOHANG | WNOWAIT) == 0
        && information.si_pid == m_process;
}

/// Kills the group before the leader is reaped: until then its number cannot belong to anybody else. A
/// process that hangs inside a driver does not die even then; it is left behind after half a second rather
/// than waited for.
int Child::end()
{
    ::kill(-m_process, SIGKILL);
    int status = SIGKILL;
    for (int attempt = 0; attempt < 500 && ::waitpid(m_process, &status, WNOHANG) == 0; ++attempt)
        ::poll(nullptr, 0, 1);
    m_process = -1;
    return status;
}

Outcome Child::outcome(int waitStatus, bool timedOut)
{
    m_output.drain(m_command.outputLimit);
    m_errorOutput.drain(m_command.outputLimit);
    Outcome outcome;
    outcome.timedOut = timedOut;
    outcome.crashed = !timedOut && WIFSIGNALED(waitStatus);
    outcome.status = WIFSIGNALED(waitStatus) ? WTERMSIG(waitStatus) : WEXITSTATUS(waitStatus);
    outcome.output = std::move(m_output.kept);
    outcome.errorOutput = std::move(m_errorOutput.kept);
    return outcome;
}

Result<Outcome> Child::wait(const JobContext &context)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point deadline = Clock::now() + m_command.limit;
    const Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback wakeOnStop(context.stopToken(), [&wake] { ::eventfd_write(wake.number(), 1); });
    const Descriptor ended(int(::syscall(SYS_pidfd_open, m_process, 0)));
    for (;;) {
        SCONCE_TRY(context.goOn());
        if (hasEnded())
            return outcome(end(), false);
        const auto remaining = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (remaining.count() <= 0)
            return outcome(end(), true);
        std::array<pollfd, 4> watched{{{wake.number(), POLLIN, 0}, {ended.number(), POLLIN, 0},
            {m_output.reading.number(), POLLIN, 0}, {m_errorOutput.reading.number(), POLLIN, 0}}};
        // Without a descriptor for the process (kernels before 5.3, some sandboxes) its end is looked for in
        // short steps.
        const auto step = ended.isOpen() ? remaining : std::min(remaining, std::chrono::milliseconds(10));
        ::poll(watched.data(), watched.size(), int(std::min<qint64>(step.count(), 60'000)));
        m_output.drain(m_command.outputLimit);
        m_errorOutput.drain(m_command.outputLimit);
    }
}

} // namespace

Result<Outcome> SystemRunner::run(const Command &command, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    Child child(command);
    SCONCE_TRY(child.start());
    return child.wait(context);
}

QString findOnPath(const QString &name, const QString &path)
{
    for (const QString &folder : path.split(u':', Qt::SkipEmptyParts)) {
        const QFileInfo file(folder + u'/' + name);
        if (file.isFile() && file.isExecutable())
            return file.filePath();
    }
    return {};
}

} // namespace sconce::process
