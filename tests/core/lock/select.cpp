// SPDX-License-Identifier: Apache-2.0
#include "lock/select.h"

#include <QTest>

#include "kit/golden.h"
#include "lock/read.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// From a lock to what one computer installs. The locks “groups”, “markers-and-tags” and “torch-extras” were
/// written by the reference, and what it installed from them stands in their rows.
class SelectCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void selects_data();
    void selects();
    void choosesFiles_data();
    void choosesFiles();
    void refuses_data();
    void refuses();
    void tellsWhoNeedsWhat();
};

namespace {

struct Computer {
    markers::Environment environment;
    tags::Platform platform;
};

/// "linux", "windows" or "macos".
Computer computerOf(const QString &name)
{
    using System = tags::Platform::System;
    if (name == u"windows")
        return {{.osName = u"nt"_s,
                    .platformMachine = u"AMD64"_s,
                    .platformSystem = u"Windows"_s,
                    .sysPlatform = u"win32"_s},
            {System::Windows, 0, 0, u"amd64"_s}};
    if (name == u"macos")
        return {{.osName = u"posix"_s,
                    .platformMachine = u"arm64"_s,
                    .platformSystem = u"Darwin"_s,
                    .sysPlatform = u"darwin"_s},
            {System::MacOs, 14, 0, u"arm64"_s}};
    return {{.osName = u"posix"_s,
                .platformMachine = u"x86_64"_s,
                .platformSystem = u"Linux"_s,
                .sysPlatform = u"linux"_s},
        {System::ManyLinux, 2, 36, u"x86_64"_s}};
}

std::vector<names::Name> namesOf(const QString &text)
{
    std::vector<names::Name> list;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts))
        list.push_back(*names::Name::parse(word));
    return list;
}

/// `who`: "demo", "demo cpu cu128", "demo [dev]", "[dev]": members, extras, groups; on `computer`,
/// "linux 3.12".
lock::Demand demandOf(const QString &who, const QString &computer)
{
    const Computer target = computerOf(computer.section(u' ', 0, 0));
    const QString python = computer.section(u' ', 1, 1);
    lock::Demand demand{.environment = target.environment, .python = *versions::Version::parse(python)};
    demand.environment.pythonVersion = python;
    demand.environment.pythonFullVersion = python + u".1"_s;
    demand.environment.implementationName = u"cpython"_s;
    demand.environment.platformPythonImplementation = u"CPython"_s;
    demand.tags = tags::CompatibleTags::make(
        {.implementation = u"cpython"_s, .major = 3, .minor = python.section(u'.', 1, 1).toInt()},
        target.platform);
    demand.groups = namesOf(who.section(u'[', 1).remove(u']'));
    const std::vector<names::Name> words = namesOf(who.section(u'[', 0, 0));
    if (!words.empty())
        demand.projects = {words.front()};
    demand.extras.assign(words.begin() + (words.empty() ? 0 : 1), words.end());
    return demand;
}

Result<lock::Lock> lockOf(const QString &name)
{
    return lock::parse(kit::slurp(QStringLiteral(CASES "/") + name + u".lock"_s), u"uv.lock"_s);
}

QString asText(const lock::Lock &lock, const lock::Selection &selection)
{
    QStringList parts;
    for (const lock::Selection::Item &item : selection.items) {
        const lock::Package &package = lock.packages[item.package];
        if (!item.wheel)
            continue;
        parts.append(package.name.text() + u' ' + package.version->text());
    }
    return parts.join(u", ");
}

} // namespace

void SelectCheck::selects_data()
{
    QTest::addColumn<QString>("lock");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("computer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *lock, const char *who, const char *computer, const char *expected) {
        QTest::addRow("%s: %s on %s", lock, who, computer)
            << QString::fromLatin1(lock) << QString::fromUtf8(who) << QString::fromLatin1(computer)
            << QString::fromLatin1(expected);
    };
    row("torch-extras", "demo", "linux 3.12", "own-basic 1.0");
    row("torch-extras", "demo cpu", "linux 3.12", "own-basic 1.0, torch 2.9.0+cpu");
    row("torch-extras", "demo cu128", "linux 3.12",
        "own-basic 1.0, own-cuda-runtime 12.8.90, torch 2.9.0+cu128");
    row("groups", "demo", "linux 3.12", "own-basic 1.0");
    row("groups", "demo [dev]", "linux 3.12", "own-basic 1.0, own-deflated 1.0, own-stored 1.0");
    row("groups", "demo [dev docs]", "linux 3.12",
        "own-basic 1.0, own-deflated 1.0, own-entry 1.0, own-stored 1.0");
    row("groups", "demo [test]", "linux 3.12", "own-basic 1.0, own-deflated 1.0");
    const char *base = "own-basic 1.0, own-build 1.0, own-deps 1.0, own-odd-names 1!2.0+local.1, own-platlib "
                       "1.0, own-stored 1.0, own-tags 1.0";
    row("markers-and-tags", "demo", "linux 3.12", base);
    row("markers-and-tags", "demo cli", "linux 3.12",
        "own-basic 1.0, own-build 1.0, own-deps 1.0, own-entry 1.0, own-odd-names 1!2.0+local.1, own-platlib "
        "1.0, own-stored 1.0, own-tags 1.0");
    row("markers-and-tags", "demo all", "linux 3.12",
        "own-basic 1.0, own-build 1.0, own-data 1.0, own-deps 1.0, own-entry 1.0, own-odd-names "
        "1!2.0+local.1, own-platlib 1.0, own-stored 1.0, own-tags 1.0");
    // An extra of a dependency counts, one that nobody asks for does not; folders with sources have no file.
    row("places", "app", "linux 3.12", "local 1.0, native 3.0, split 1.0");
    row("places", "core", "linux 3.13", "");
    row("places", "core fast", "linux 3.13", "native 3.0");
    row("places", "core fast", "windows 3.12", "!");
}

void SelectCheck::selects()
{
    QFETCH(const QString, lock);
    QFETCH(const QString, who);
    QFETCH(const QString, computer);
    QFETCH(const QString, expected);
    const auto read = lockOf(lock);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().forLog()));
    const auto selection = lock::select(*read, demandOf(who, computer));
    if (expected == u"!") {
        QVERIFY(!selection);
        return;
    }
    QVERIFY2(selection, qPrintable(selection ? QString() : selection.error().forLog()));
    QCOMPARE(asText(*read, *selection), expected);
}

void SelectCheck::choosesFiles_data()
{
    QTest::addColumn<QString>("package");
    QTest::addColumn<QString>("computer");
    QTest::addColumn<QString>("file");
    const auto row = [](const char *package, const char *computer, const char *file) {
        QTest::addRow("%s on %s", package, computer)
            << QString::fromLatin1(package) << QString::fromLatin1(computer) << QString::fromLatin1(file);
    };
    row("own-build", "linux 3.12", "own_build-1.0-10b-py3-none-any.whl");
    row("own-tags", "linux 3.12", "own_tags-1.0-cp312-cp312-manylinux_2_17_x86_64.whl");
    row("own-odd-names", "linux 3.12", "own_odd_names-1!2.0+local.1-py3-none-any.whl");
}

void SelectCheck::choosesFiles()
{
    QFETCH(const QString, package);
    QFETCH(const QString, computer);
    QFETCH(const QString, file);
    const auto read = lockOf(u"markers-and-tags"_s);
    const auto selection = lock::select(*read, demandOf(u"demo"_s, computer));
    QVERIFY2(selection, qPrintable(selection ? QString() : selection.error().forLog()));
    QStringList files;
    for (const lock::Selection::Item &item : selection->items) {
        const lock::Package &one = read->packages[item.package];
        if (one.name.text() == package)
            files.append(one.wheels[item.wheel.value()].name());
    }
    QCOMPARE(files, QStringList{file});
}

void SelectCheck::refuses_data()
{
    QTest::addColumn<QString>("lock");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("computer");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("hint");
    const auto row = [](const char *name, const char *lock, const char *who, const char *computer,
                         const char *says, const char *hint) {
        QTest::addRow("%s", name) << QString::fromLatin1(lock) << QString::fromLatin1(who)
                                  << QString::fromLatin1(computer) << QString::fromUtf8(says)
                                  << QString::fromUtf8(hint);
    };
    row("two extras of a set", "torch-extras", "demo cpu cu128", "linux 3.12",
        "The project says that the extra “cpu” and the extra “cu128” exclude each other",
        "Choose one of them");
    row("an unknown extra", "torch-extras", "demo cu12", "linux 3.12", "The project has no extra “cu12”",
        "Write “cu128”");
    row("an unknown group", "groups", "demo [prod]", "linux 3.12", "The project has no group “prod”",
        "Choose one of dev, docs and test");
    row("another Python", "torch-extras", "demo", "linux 3.11", "for Python >=3.12, and this is Python 3.11",
        "Choose another Python");
    row("another computer", "places", "core", "macos 3.12", "not for this computer: its environments are",
        "Add this computer to “environments” of [tool.uv], and lock again");
    row("a group for other Pythons", "places", "app [old]", "linux 3.12",
        "The group “old” needs Python <3.12", "Choose another Python");
    row("no wheel for this Python", "places", "core fast", "linux 3.11",
        "no wheel of “native 3.0” that runs on this computer",
        "Name this computer in “required-environments” of [tool.uv], and lock again");
    row("sources only", "places", "app [dev]", "linux 3.12", "“checker 1.0” would have to be built",
        "Choose a version that has wheels for this computer");
    row("sources only, of the workspace's group", "places", "app [lint]", "linux 3.12",
        "“checker 1.0” would have", "Choose a version that has wheels for this computer");
}

void SelectCheck::refuses()
{
    QFETCH(const QString, lock);
    QFETCH(const QString, who);
    QFETCH(const QString, computer);
    QFETCH(const QString, says);
    QFETCH(const QString, hint);
    const auto read = lockOf(lock);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().forLog()));
    const auto selection = lock::select(*read, demandOf(who, computer));
    QVERIFY(!selection);
    QVERIFY2(selection.error().summary().contains(says), qPrintable(selection.error().summary()));
    QCOMPARE(selection.error().hints().value(0), hint);
}

void SelectCheck::tellsWhoNeedsWhat()
{
    const auto read = lockOf(u"places"_s);
    const auto selection = lock::select(*read, demandOf(u"app"_s, u"linux 3.12"_s));
    QVERIFY2(selection, qPrintable(selection ? QString() : selection.error().forLog()));
    QStringList lines;
    for (const lock::Selection::Item &item : selection->items) {
        QString line = read->packages[item.package].name.text();
        for (const names::ExtraName &extra : item.extras)
            line += u'+' + extra.text();
        line += item.isProject ? u" project"_s : item.isDirect ? u" direct"_s : QString();
        for (const std::size_t parent : item.neededBy)
            line += u" <- "_s + read->packages[parent].name.text();
        lines.append(line);
    }
    QCOMPARE(lines,
        (QStringList{u"app project"_s, u"core+fast direct <- app"_s, u"local direct <- app"_s,
            u"native <- core"_s, u"split direct <- app"_s}));
}

QTEST_GUILESS_MAIN(SelectCheck)
#include "select.moc"
