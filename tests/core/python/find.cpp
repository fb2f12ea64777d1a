// SPDX-License-Identifier: Apache-2.0
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "python/interpreter.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using python::Interpreter;
using python::Wish;

namespace {

/// Answers for made-up Pythons as the script would, and counts who was asked.
class PretendingRunner final : public process::Runner {
public:
    Result<process::Outcome> run(const process::Command &command, const JobContext &) override
    {
        asked.append(command.program);
        process::Outcome outcome;
        const QByteArray file = kit::slurp(command.program);
        // "#pretend cpython 3.12.1 [virtual] [threads]", "#pretend broken"
        const QStringList words = QString::fromUtf8(file.trimmed()).split(u' ');
        if (words.value(1) == "broken"_L1) {
            outcome.status = 127;
            outcome.errorOutput = "pyenv: python3: command not found\n";
            return outcome;
        }
        const QString shorter = words.value(2).section(u'.', 0, 1);
        outcome.output =
            u"{\"executable\":\"%1\",\"prefix\":\"/"
            u"p\",\"basePrefix\":\"%2\",\"baseExecutable\":\"%1\",\"implementation\":\"%3\","
            "\"version\":[%4],\"implementationVersion\":[%4],\"isFreeThreaded\":%5,\"layout\":{\"purelib\":"
            "\"lib\"},"
            "\"markers\":{\"python_full_version\":\"%6\",\"platform_python_implementation\":\"%3\"}}\n"_s
                .arg(command.program, words.contains(u"virtual"_s) ? u"/base"_s : u"/p"_s, words.value(1),
                    QString(shorter).replace(u'.', u','),
                    words.contains(u"threads"_s) ? u"true"_s : u"false"_s, words.value(2))
                .toUtf8();
        return outcome;
    }
    QStringList asked;
};

} // namespace

class FindCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void ordersCandidates();
    void countsOneFileOnce();
    void prefers_data();
    void prefers();
    void leavesOutWhatDoesNotWork();
    void doesNotAskWhoseNameRulesItOut();
    void takesTheGivenEnvironmentFirst();
    void takesPathsAsTheyAre();
    void listsWhatWasFound();
    void saysWhenThereIsNone();
    void findsTheSystemsPython();

private:
    void make(const QString &path, const QByteArray &what)
    {
        const QString whole = m_folder->filePath(path);
        kit::spill(whole, "#pretend " + what + '\n');
        QVERIFY(QFile(whole).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    QString at(const QString &path) const { return m_folder->filePath(path); }
    Wish wish(const QString &request, const QString &requiresPython = {}) const
    {
        Wish wish{.request = request};
        if (!requiresPython.isEmpty())
            wish.requiresPython = versions::SpecifierSet::parse(requiresPython).value();
        wish.variables = {{u"HOME"_s, at(u"home"_s)}, {u"PATH"_s, at(u"one"_s) + u':' + at(u"two"_s)}};
        return wish;
    }
    Result<Interpreter> found(const Wish &wish)
    {
        return python::find(wish, m_runner, {}, JobContext::unwatched());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    PretendingRunner m_runner;
};

void FindCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runner.asked.clear();
}

void FindCheck::ordersCandidates()
{
    for (const QString &path :
        {u"two/python3"_s, u"one/python3.9"_s, u"one/python3.12"_s, u"one/python"_s, u"one/pypy3"_s,
            u"one/python3-config"_s, u"one/python3.12-gdb.py"_s, u"home/.pyenv/versions/3.9.18/bin/python3"_s,
            u"home/.pyenv/versions/3.12.10/bin/python3"_s, u"home/.pyenv/versions/3.12.9/bin/python3"_s,
            u"home/.local/share/uv/python/cpython-3.11.5-linux-x86_64-gnu/bin/python3.11"_s,
            u"home/miniforge3/bin/python"_s, u"conda/bin/python"_s})
        make(path, "cpython 3.12.1");
    QHash<QString, QString> variables = wish({}).variables;
    variables.insert(u"CONDA_PREFIX"_s, at(u"conda"_s));
    QStringList list;
    for (const QString &path : python::candidates(variables))
        list.append(path.sliced(m_folder->path().size() + 1));
    const QStringList expected{
        u"home/.local/share/uv/python/cpython-3.11.5-linux-x86_64-gnu/bin/python3.11"_s, u"one/python"_s,
        u"one/python3.12"_s, u"one/python3.9"_s, u"one/pypy3"_s, u"two/python3"_s,
        u"home/.pyenv/versions/3.12.10/bin/python3"_s, u"home/.pyenv/versions/3.12.9/bin/python3"_s,
        u"home/.pyenv/versions/3.9.18/bin/python3"_s, u"conda/bin/python"_s, u"home/miniforge3/bin/python"_s};
    QCOMPARE(list, expected);
}

void FindCheck::countsOneFileOnce()
{
    make(u"one/python3.12"_s, "cpython 3.12.1");
    QVERIFY(QFile::link(u"python3.12"_s, at(u"one/python3"_s)));
    QVERIFY(QFile::link(u"python3"_s, at(u"one/python"_s)));
    QVERIFY(QFile::link(at(u"one"_s), at(u"two"_s)));
    // An environment's link to the same file is another Python.
    QVERIFY(QDir().mkpath(at(u"home/miniconda3/bin"_s)));
    QVERIFY(QFile::link(at(u"one/python3.12"_s), at(u"home/miniconda3/bin/python"_s)));
    const auto list = python::candidates(wish({}).variables);
    QCOMPARE(list.size(), 2U);
    QCOMPARE(list.at(0), at(u"one/python3"_s));
    QCOMPARE(list.at(1), at(u"home/miniconda3/bin/python"_s));
}

void FindCheck::prefers_data()
{
    QTest::addColumn<QStringList>("pythons");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("requiresPython");
    QTest::addColumn<QString>("chosen");
    const auto row = [](const char *title, const QStringList &pythons, const char *request,
                         const char *requiresPython, const char *chosen) {
        QTest::newRow(title) << pythons << QString::fromLatin1(request) << QString::fromLatin1(requiresPython)
                             << QString::fromLatin1(chosen);
    };
    const QStringList usual{u"one/python3 cpython 3.12.1"_s, u"one/python3.9 cpython 3.9.18"_s,
        u"two/python3.13 cpython 3.13.0"_s};
    row("the first", usual, "", "", "3.12.1");
    row("a version", usual, "3.13", "", "3.13.0");
    row("a range", usual, "<3.12", "", "3.9.18");
    row("the project's range", usual, "", ">=3.13", "3.13.0");
    row("both", usual, "3", "<3.10", "3.9.18");
    const QStringList odd{u"one/python3 cpython 3.14.0rc1"_s, u"one/pypy3 pypy 3.10.14"_s,
        u"two/python3.13 cpython 3.13.0"_s, u"two/python3.12 cpython 3.12.4"_s};
    row("a release before a pre-release", odd, "", "", "3.13.0");
    row("a pre-release that is asked for", odd, "3.14", "", "3.14.0rc1");
    row("a pre-release when nothing else fits", odd, "", ">=3.14", "3.14.0rc1");
    row("another implementation when asked for", odd, "pypy", "", "3.10.14");
    row("another implementation when nothing else fits", odd, "", "<3.11", "3.10.14");
    const QStringList threads{
        u"one/python3.13t cpython 3.13.1 threads"_s, u"two/python3.13 cpython 3.13.0"_s};
    row("with the lock before without", threads, "3.13", "", "3.13.0");
    row("without the lock when asked for", threads, "3.13t", "", "3.13.1");
    row("no environments", {u"one/python3 cpython 3.12.1 virtual"_s, u"two/python3 cpython 3.11.0"_s}, "", "",
        "3.11.0");
}

void FindCheck::prefers()
{
    QFETCH(const QStringList, pythons);
    QFETCH(const QString, request);
    QFETCH(const QString, requiresPython);
    for (const QString &python : pythons)
        make(python.section(u' ', 0, 0), python.section(u' ', 1).toUtf8());
    const auto python = found(wish(request, requiresPython));
    QVERIFY2(python, qPrintable(python ? QString() : python.error().forLog()));
    QTEST(python->environment.pythonFullVersion, "chosen");
}

void FindCheck::leavesOutWhatDoesNotWork()
{
    make(u"one/python3"_s, "broken");
    make(u"two/python3"_s, "cpython 3.12.1");
    const JobContext context = JobContext::unwatched();
    const auto python = python::find(wish({}), m_runner, {}, context);
    QVERIFY(python);
    QCOMPARE(python->executable, at(u"two/python3"_s));
    QCOMPARE(context.progress().logFrom(0),
        QStringList(u"Left out: “%1” belongs to pyenv, which has no version selected for it"_s.arg(
            at(u"one/python3"_s))));
}

void FindCheck::doesNotAskWhoseNameRulesItOut()
{
    make(u"one/python3.9"_s, "cpython 3.9.18");
    make(u"one/python3.11"_s, "cpython 3.11.7");
    make(u"two/python3.12"_s, "cpython 3.12.1");
    QVERIFY(found(wish(u"3.12"_s)));
    QCOMPARE(m_runner.asked, QStringList(at(u"two/python3.12"_s)));
}

void FindCheck::takesTheGivenEnvironmentFirst()
{
    make(u"one/python3"_s, "cpython 3.12.1");
    make(u"env/bin/python"_s, "cpython 3.11.7 virtual");
    Wish given = wish({});
    given.environmentFolder = at(u"env"_s);
    QCOMPARE(found(given)->executable, at(u"env/bin/python"_s));
    given.request = u"3.12"_s;
    QCOMPARE(found(given)->executable, at(u"one/python3"_s));
    given.request.clear();
    given.environmentFolder = at(u"absent"_s);
    QCOMPARE(found(given)->executable, at(u"one/python3"_s));
}

void FindCheck::takesPathsAsTheyAre()
{
    make(u"env/bin/python"_s, "cpython 3.11.7 virtual");
    make(u"odd/interpreter"_s, "cpython 3.10.1");
    make(u"one/my-python"_s, "cpython 3.8.1");
    QCOMPARE(found(wish(at(u"env"_s)))->executable, at(u"env/bin/python"_s));
    QCOMPARE(found(wish(at(u"env/bin/python"_s)))->executable, at(u"env/bin/python"_s));
    QCOMPARE(found(wish(at(u"odd/interpreter"_s)))->executable, at(u"odd/interpreter"_s));
    QCOMPARE(found(wish(u"my-python"_s))->executable, at(u"one/my-python"_s));

    const auto unfit = found(wish(at(u"env"_s), u">=3.12"_s));
    QCOMPARE(unfit.error().kind(), ErrorKind::NotFound);
    QCOMPARE(
        unfit.error().summary(), u"“%1” is Python 3.11.7, but the project needs >=3.12"_s.arg(at(u"env"_s)));
    QVERIFY(QDir().mkpath(at(u"empty"_s)));
    QCOMPARE(found(wish(at(u"empty"_s))).error().summary(),
        u"The folder “%1” holds no Python"_s.arg(at(u"empty"_s)));
    QCOMPARE(
        found(wish(u"their-python"_s)).error().summary(), u"There is no Python “their-python” on PATH"_s);
}

void FindCheck::listsWhatWasFound()
{
    make(u"one/python3"_s, "cpython 3.9.18");
    make(u"one/python3.8"_s, "cpython 3.8.18");
    make(u"two/python3"_s, "broken");
    make(u"two/python"_s, "cpython 3.12.1 virtual");
    const auto python = found(wish(u"3.12"_s, u">=3.10"_s));
    QVERIFY(!python);
    QCOMPARE(python.error().kind(), ErrorKind::NotFound);
    QCOMPARE(python.error().summary(),
        u"No Python was found that is “3.12” and fits the project, which needs >=3.10"_s);
    const QStringList lines = python.error().detail().split(u'\n');
    QCOMPARE(lines,
        (QStringList{u"Found:"_s, u"cpython 3.9.18 at %1: not 3.12"_s.arg(at(u"one/python3"_s)),
            u"%1: another version"_s.arg(at(u"one/python3.8"_s)),
            u"“%1” belongs to pyenv, which has no version selected for it"_s.arg(at(u"two/python3"_s)),
            u"cpython 3.12.1 at %1: belongs to a virtual environment"_s.arg(at(u"two/python"_s))}));
    QVERIFY(!python.error().hints().isEmpty());
    QVERIFY(found(wish({}, u">=3.13"_s))
            .error()
            .detail()
            .contains(u"cpython 3.9.18 at %1: the project needs >=3.13"_s.arg(at(u"one/python3"_s))));
}

void FindCheck::saysWhenThereIsNone()
{
    const auto python = found(wish({}));
    QCOMPARE(python.error().summary(), u"No Python was found"_s);
    QCOMPARE(python.error().detail(), u"Nothing like a Python lies on PATH, in pyenv, conda or uv"_s);
}

void FindCheck::findsTheSystemsPython()
{
    process::SystemRunner runner;
    Wish system{.request = u">=3.6"_s};
    system.variables = {{u"HOME"_s, at(u"home"_s)}, {u"PATH"_s, u"/usr/bin"_s}};
    const auto python = python::find(system, runner, {}, JobContext::unwatched());
    QVERIFY2(python, qPrintable(python ? QString() : python.error().forLog()));
    QVERIFY(python->executable.startsWith(u"/usr/bin/python3"_s));
}

QTEST_GUILESS_MAIN(FindCheck)
#include "find.moc"
