// SPDX-License-Identifier: Apache-2.0
#include "environment/activation.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using environment::activationScripts;

namespace {

/// Writes the scripts for `folder` into its bin/.
bool writeScripts(const QString &folder, const QString &prompt)
{
    const auto scripts = activationScripts(folder, prompt, u"lib/python3.9/site-packages"_s);
    for (const auto &script : scripts.value())
        kit::spill(folder + u"/bin/"_s + script.name, script.text);
    return scripts.has_value();
}

QByteArray output(const QString &program, const QStringList &arguments, const QString &folder = {})
{
    process::SystemRunner runner;
    const auto outcome = runner.run({.program = program,
                                        .arguments = arguments,
                                        .folder = folder,
                                        .environment = {{u"PS1"_s, u"$ "_s}, {u"PYTHONHOME"_s, u"/old"_s}}},
        JobContext::unwatched());
    return outcome ? outcome->output + outcome->errorOutput : outcome.error().summary().toUtf8();
}

} // namespace

class ActivationCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void activatesAndDeactivates_data();
    void activatesAndDeactivates();
    void leavesTheFirstForTheSecond_data();
    void leavesTheFirstForTheSecond();
    void neverRunsWhatAPathSays();
    void changesARunningPython();
    void quotesForEachLanguage_data();
    void quotesForEachLanguage();
};

void ActivationCheck::activatesAndDeactivates_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("name");
    // Those of this computer; sh is on all.
    for (const char *shell : {"sh", "bash", "dash", "zsh", "ksh", "fish"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(shell)).isEmpty())
            continue;
        for (const QString &name : {u"plain"_s, u"it's \"an\" $(touch ran) `touch ran` env"_s,
                 u"back\\slash !x % * \u00e9\u6587"_s, u"-n @PATH@ ;touch ran"_s})
            QTest::addRow("A73 %s, %s", shell, qPrintable(name)) << QString::fromLatin1(shell) << name;
    }
}

void ActivationCheck::activatesAndDeactivates()
{
    QFETCH(QString, shell);
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const QString environment = folder.filePath(name);
    QVERIFY(writeScripts(environment, name));
    const bool isFish = shell == u"fish";
    const QString facts = isFish
        ? uR"(printf '%s\n' "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" "$PATH[1]" "$PYTHONHOME")"_s
        : uR"(printf '%s\n' "${VIRTUAL_ENV-}" "${VIRTUAL_ENV_PROMPT-}" "${PATH%%:*}" "${PYTHONHOME-}")"_s;
    const QString script = u"set -e\n%1 \"%3/bin/%2\"\n%4\ndeactivate\n%4\n%5\n"_s.arg(
        isFish ? u"source"_s : u"."_s, isFish ? u"activate.fish"_s : u"activate"_s, u"$ENVIRONMENT"_s, facts,
        isFish ? u"functions -q deactivate; and echo left; or echo gone"_s
               : u"type deactivate >/dev/null 2>&1 && echo left || echo gone"_s);
    process::SystemRunner runner;
    const auto outcome =
        runner.run({.program = QStandardPaths::findExecutable(shell),
                       .arguments = {u"-c"_s, isFish ? script.section(u'\n', 1) : script},
                       .folder = folder.path(),
                       .environment = {{u"ENVIRONMENT"_s, environment}, {u"PATH"_s, u"/usr/bin:/bin"_s},
                           {u"PYTHONHOME"_s, u"/old"_s}, {u"PS1"_s, u"$ "_s}, {u"HOME"_s, folder.path()}}},
            JobContext::unwatched());
    const QStringList wanted{
        environment, name, environment + u"/bin"_s, u""_s, u""_s, u""_s, u"/usr/bin"_s, u"/old"_s, u"gone"_s};
    QCOMPARE(QString::fromUtf8(outcome.value().output), wanted.join(u'\n') + u'\n');
    QCOMPARE(outcome->errorOutput, ""_ba);
    QVERIFY(!QFileInfo::exists(folder.filePath(u"ran"_s)));
}

void ActivationCheck::leavesTheFirstForTheSecond_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addRow("sh") << u"sh"_s;
    QTest::addRow("bash") << u"bash"_s;
}

void ActivationCheck::leavesTheFirstForTheSecond()
{
    QFETCH(QString, shell);
    const QTemporaryDir folder;
    QVERIFY(writeScripts(folder.filePath(u"one"_s), u"one"_s));
    QVERIFY(writeScripts(folder.filePath(u"two"_s), u"two"_s));
    const QByteArray text = output(shell,
        {u"-euc"_s,
            u"PATH=/usr/bin; PS1='$ '; . one/bin/activate; . two/bin/activate; echo \"$PATH|$PS1\"; deactivate; echo \"$PATH|$PS1\""_s},
        folder.path());
    const QString bin = folder.filePath(u"two/bin"_s);
    QCOMPARE(QString::fromUtf8(text), u"%1:/usr/bin|(two) $ \n/usr/bin|$ \n"_s.arg(bin));
}

// bash expands PS1 each time it shows it: what stands there must be no command, whatever the environment is
// called.
void ActivationCheck::neverRunsWhatAPathSays()
{
    const QTemporaryDir folder;
    const QString name = u"$(touch ran)`touch ran`\\$(touch ran)!!"_s;
    QVERIFY(writeScripts(folder.filePath(u"e"_s), name));
    const QByteArray text = output(u"bash"_s,
        {u"-c"_s, u"PS1='$ '; . e/bin/activate; echo \"${PS1@P}\"; echo \"$VIRTUAL_ENV_PROMPT\""_s},
        folder.path());
    QCOMPARE(QString::fromUtf8(text), u"(__touch ran__touch ran____touch ran___) $ \n"_s + name + u'\n');
    QVERIFY(!QFileInfo::exists(folder.filePath(u"ran"_s)));
}

void ActivationCheck::changesARunningPython()
{
    const QTemporaryDir folder;
    const QString environment = folder.filePath(u"it's \"an\" env"_s);
    QVERIFY(writeScripts(environment, u"say \"hi\"\\"_s));
    kit::spill(environment + u"/lib/python3.9/site-packages/only_here.py"_s, "WHERE = __file__\n");
    kit::spill(environment + u"/lib/python3.9/site-packages/x.pth"_s, "extra\n");
    kit::spill(environment + u"/lib/python3.9/site-packages/extra/also_here.py"_s, "");
    process::SystemRunner runner;
    const auto outcome = runner.run({.program = u"python3"_s,
                                        .arguments = {u"-I"_s, u"-c"_s, uR"(
import os, sys
this = sys.argv[1]
exec(compile(open(this).read(), this, "exec"), {"__file__": this})
import only_here, also_here
print(only_here.WHERE, sys.prefix, os.environ["VIRTUAL_ENV_PROMPT"], os.environ["PATH"].split(":")[0], sep="\n")
)"_s,
                                            environment + u"/bin/activate_this.py"_s}},
        JobContext::unwatched());
    QVERIFY2(outcome->succeeded(), outcome->errorOutput.constData());
    const QStringList lines = QString::fromUtf8(outcome->output).split(u'\n');
    QCOMPARE(lines[0], environment + u"/lib/python3.9/site-packages/only_here.py"_s);
    QCOMPARE(lines[1], environment);
    QCOMPARE(lines[2], u"say \"hi\"\\"_s);
    QCOMPARE(lines[3], environment + u"/bin"_s);
}

void ActivationCheck::quotesForEachLanguage_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("line");
    const auto row = [](const QString &script, const QString &line) {
        QTest::addRow("A73 %s", qPrintable(script)) << script << line;
    };
    row(u"activate"_s, u"VIRTUAL_ENV='/a'\\''b\"c\\d!$(e)\u2019'"_s);
    row(u"activate.csh"_s, u"setenv VIRTUAL_ENV '/a'\\''b\"c\\d\\!$(e)\u2019'"_s);
    row(u"activate.fish"_s, u"VIRTUAL_ENV '/a\\'b\"c\\\\d!$(e)\u2019'"_s);
    row(u"activate.ps1"_s, u"$env:VIRTUAL_ENV = '/a''b\"c\\d!$(e)\u2019\u2019'"_s);
    row(u"activate.nu"_s, u"let environment = \"/a'b\\\"c\\\\d!$(e)\u2019\""_s);
    row(u"activate.xsh"_s, u"environment = \"/a'b\\\"c\\\\d!$(e)\u2019\""_s);
}

void ActivationCheck::quotesForEachLanguage()
{
    QFETCH(QString, script);
    QFETCH(QString, line);
    const auto scripts = activationScripts(u"/a'b\"c\\d!$(e)\u2019"_s, u"p"_s, u"lib"_s);
    for (const auto &made : scripts.value()) {
        QVERIFY2(!made.text.contains("@PATH@") && !made.text.contains("@SHOWN@"), qPrintable(made.name));
        QCOMPARE(made.text.contains('\r'), made.name.endsWith(u".bat"_s));
        if (made.name == script)
            QVERIFY2(QString::fromUtf8(made.text).contains(line), made.text.constData());
    }
}

QTEST_GUILESS_MAIN(ActivationCheck)
#include "activation.moc"
