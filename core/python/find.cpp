// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include "python/request.h"

namespace sconce::python {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("python", text);
}

QHash<QString, QString> ownVariables()
{
    QHash<QString, QString> variables;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        variables.insert(name, environment.value(name));
    return variables;
}

class Search {
public:
    Search(const Wish &wish, Request request, process::Runner &runner, const QString &cacheFolder,
        const JobContext &context)
        : m_wish(wish)
        , m_request(std::move(request))
        , m_runner(runner)
        , m_cacheFolder(cacheFolder)
        , m_context(context)
    {}

    Result<Interpreter> atPath(const QString &path);
    Result<Interpreter> anywhere(const QHash<QString, QString> &variables);

private:
    enum class Rank { Usual, PreRelease, OtherImplementation, FreeThreaded, Unfit };
    Result<Interpreter> ask(const QString &executable)
    {
        return probe(executable, m_runner, m_cacheFolder, m_context);
    }
    bool fitsProject(const Interpreter &python) const;
    Rank rank(const Interpreter &python) const;
    void note(const Interpreter &python, const QString &reason);
    /// Puts a candidate where it belongs; true when the search is over.
    Result<bool> consider(const QString &executable, bool isEnvironment);
    Error notFound() const;

    const Wish &m_wish;
    Request m_request;
    process::Runner &m_runner;
    const QString &m_cacheFolder;
    const JobContext &m_context;
    std::optional<Interpreter> m_best;
    Rank m_bestRank = Rank::Unfit;
    QStringList m_found;
};

bool Search::fitsProject(const Interpreter &python) const
{
    // A pre-release of 3.14 counts as 3.14 here, as in the reference.
    return !m_wish.requiresPython || m_wish.requiresPython->contains(python.version().releaseOnly());
}

Search::Rank Search::rank(const Interpreter &python) const
{
    if (!m_request.matches(python) || !fitsProject(python))
        return Rank::Unfit;
    if (python.abi.isFreeThreaded && !m_request.isFreeThreaded)
        return Rank::FreeThreaded;
    if (python.abi.implementation != "cpython"_L1 && m_request.implementation.isEmpty())
        return Rank::OtherImplementation;
    if (python.version().isPreRelease() && !m_request.allowsPreReleases())
        return Rank::PreRelease;
    return Rank::Usual;
}

void Search::note(const Interpreter &python, const QString &reason)
{
    m_found.append(tr("%1 %2 at %3: %4")
            .arg(python.environment.platformPythonImplementation, python.environment.pythonFullVersion,
                python.executable, reason));
}

Result<bool> Search::consider(const QString &executable, bool isEnvironment)
{
    SCONCE_TRY(m_context.goOn());
    static const QRegularExpression numbered(u"/python([0-9])\\.([0-9]+)t?$"_s);
    if (const auto match = numbered.match(executable);
        match.hasMatch() && !m_request.mayBe(match.captured(1).toInt(), match.captured(2).toInt())) {
        m_found.append(tr("%1: another version").arg(executable));
        return false;
    }
    auto python = ask(executable);
    if (!python) {
        if (python.error().kind() == ErrorKind::Stopped)
            return std::unexpected(python.error());
        m_context.progress().log(tr("Left out: %1").arg(python.error().summary()));
        m_found.append(python.error().summary());
        return false;
    }
    if (python->isVirtual() && !isEnvironment) {
        note(*python, tr("belongs to a virtual environment"));
        return false;
    }
    const Rank place = rank(*python);
    if (place == Rank::Unfit)
        note(*python,
            m_request.matches(*python) ? tr("the project needs %1").arg(m_wish.requiresPython->text())
                                       : tr("not %1").arg(m_request.text));
    if (place < m_bestRank) {
        m_bestRank = place;
        m_best = *std::move(python);
    }
    return m_bestRank == Rank::Usual || (isEnvironment && m_best.has_value());
}

Error Search::notFound() const
{
    QString sentence = tr("No Python was found");
    const QString project = m_wish.requiresPython && !m_wish.requiresPython->isEmpty()
        ? m_wish.requiresPython->text()
        : QString();
    if (!m_request.text.isEmpty() && !project.isEmpty())
        sentence = tr("No Python was found that is “%1” and fits the project, which needs %2")
                       .arg(m_request.text, project);
    else if (!m_request.text.isEmpty())
        sentence = tr("No Python was found that is “%1”").arg(m_request.text);
    else if (!project.isEmpty())
        sentence = tr("No Python was found that fits the project, which needs %1").arg(project);
    return Error(ErrorKind::NotFound, sentence)
        .detail(m_found.isEmpty() ? tr("Nothing like a Python lies on PATH, in pyenv, conda or uv")
                                  : tr("Found:\n%1").arg(m_found.join(u'\n')))
        .hint(tr("Install a Python that fits"))
        .hint(tr("Set UV_PYTHON to the path of a Python"));
}

Result<Interpreter> Search::atPath(const QString &path)
{
    const QFileInfo place(path);
    const QString executable =
        place.isDir() ? executableIn(place.absoluteFilePath()) : place.absoluteFilePath();
    if (executable.isEmpty())
        return std::unexpected(Error(ErrorKind::NotFound, tr("The folder “%1” holds no Python").arg(path)));
    Interpreter python = SCONCE_TRY(ask(executable));
    if (!fitsProject(python))
        return std::unexpected(Error(ErrorKind::NotFound,
            tr("“%1” is Python %2, but the project needs %3")
                .arg(path, python.environment.pythonFullVersion, m_wish.requiresPython->text())));
    return python;
}

Result<Interpreter> Search::anywhere(const QHash<QString, QString> &variables)
{
    if (const QString own = executableIn(m_wish.environmentFolder);
        !m_wish.environmentFolder.isEmpty() && !own.isEmpty()) {
        if (SCONCE_TRY(consider(own, true)))
            return *m_best;
    }
    for (const QString &executable : candidates(variables)) {
        if (SCONCE_TRY(consider(executable, false)))
            return *m_best;
    }
    if (m_best)
        return *m_best;
    return std::unexpected(notFound());
}

} // namespace

Result<Interpreter> find(
    const Wish &wish, process::Runner &runner, const QString &cacheFolder, const JobContext &context)
{
    const Request request = SCONCE_TRY(Request::parse(wish.request));
    const QHash<QString, QString> variables = wish.variables.isEmpty() ? ownVariables() : wish.variables;
    Search search(wish, request, runner, cacheFolder, context);
    if (request.kind == Request::Kind::Path)
        return search.atPath(request.text);
    if (request.kind != Request::Kind::Name)
        return search.anywhere(variables);
    const QString program = process::findOnPath(request.text, variables.value(u"PATH"_s));
    if (program.isEmpty())
        return std::unexpected(
            Error(ErrorKind::NotFound, tr("There is no Python “%1” on PATH").arg(request.text))
                .hint(tr("Write a version such as 3.12, a range such as >=3.11, or the path of a Python")));
    return search.atPath(program);
}

} // namespace sconce::python
