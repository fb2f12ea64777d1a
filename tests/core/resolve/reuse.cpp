// SPDX-License-Identifier: Apache-2.0
#include "resolve/reuse.h"

#include <QTest>

#include "lock/read.h"
#include "requirements/requirement.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class ReuseCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comparesByMeaning_data();
    void comparesByMeaning();
    void placesCount();
    void manyMarkersEnd();
    void takesMarkersWithinThePythons();
};

namespace {

std::vector<lock::LockedRequirement> listOf(const QString &text)
{
    std::vector<lock::LockedRequirement> list;
    for (const QString &one : text.split(u'\n', Qt::SkipEmptyParts)) {
        const auto requirement = requirements::Requirement::parse(one);
        if (!requirement)
            qFatal() << one << requirement.error().forLog();
        list.push_back({.name = requirement->name,
            .extras = requirement->extras,
            .marker = lock::LockedMarker::of(requirement->marker),
            .specifiers = requirement->specifiers});
    }
    return list;
}

markers::PythonBounds from(const QString &python)
{
    const auto range = versions::ReleaseRange::of(*versions::SpecifierSet::parse(python));
    return {range.lower(), range.upper()};
}

} // namespace

void ReuseCheck::comparesByMeaning_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char *left, const char *right, bool isSame) {
        QTest::addRow("%s | %s", left, right)
            << QString::fromLatin1(left) << QString::fromLatin1(right) << isSame;
    };
    row("x>=1", "x>=1", true);
    row("x>=1\ny", "y\nx >= 1", true);
    row("x>=1", "x>=1\nx", true);
    row("x>=1", "x>=1\nx>=0.5", true);
    row("x>=1,<3", "x>=1\nx<3", true);
    row("x>=1", "x>=1; sys_platform == 'linux'\nx>=1; sys_platform != 'linux'", true);
    row("x[e]>=1", "x[e]\nx>=1", true);
    row("x[e,f]", "x[f,e]", true);
    row("x~=1.2", "x>=1.2,==1.*", true);
    row("x; python_version >= '3.8'", "x", true); // the project is for 3.12 and newer
    row("x>=1; extra == 'e'", "x>=1; extra == 'e'\nx; extra == 'e'", true);
    row("", "", true);
    row("x", "x>=1", false);
    row("x", "y", false);
    row("x", "", false);
    row("x>=1", "x>=1\nx[e]>=1", false);
    row("x>=1", "x>0.9.99", false);
    row("x", "x; sys_platform == 'linux'", false);
    row("x; extra == 'e'", "x; extra == 'f'", false);
    row("x; python_version >= '3.13'", "x", false);
    row("x>=1; sys_platform == 'linux'\nx>=2; sys_platform != 'linux'", "x>=1", false);
}

void ReuseCheck::comparesByMeaning()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(bool, isSame);
    const markers::PythonBounds python = from(u">=3.12"_s);
    QCOMPARE(resolve::askForTheSame(listOf(left), listOf(right), python), isSame);
    QCOMPARE(resolve::askForTheSame(listOf(right), listOf(left), python), isSame);
}

void ReuseCheck::placesCount()
{
    const auto plain = listOf(u"x>=1"_s);
    auto pinned = plain;
    pinned.front().index = u"https://one.test/simple"_s;
    auto pinnedForExtra = pinned;
    pinnedForExtra.front().conflict = lock::ConflictItem{.package = *names::PackageName::parse(u"demo"),
        .extra = *names::ExtraName::parse(u"cpu"),
        .group = std::nullopt};
    auto folder = plain;
    folder.front().source = lock::Source{.kind = lock::Source::Kind::Editable, .location = u"x"_s};
    const std::vector lists{plain, pinned, pinnedForExtra, folder};
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (std::size_t j = 0; j < lists.size(); ++j)
            QCOMPARE(resolve::askForTheSame(lists[i], lists[j], {}), i == j);
    }
}

/// Each marker may double the cases; a hostile file must not keep the program busy.
void ReuseCheck::manyMarkersEnd()
{
    QString many;
    for (int i = 0; i < 60; ++i)
        many += u"x>=%1; extra == 'e%1'\n"_s.arg(i);
    const auto list = listOf(many);
    QVERIFY(resolve::askForTheSame(list, list, {}));
    QVERIFY(!resolve::askForTheSame(list, listOf(many + u"x"_s), {}));
}

/// What a lock leaves out because it follows from requires-python is part of its markers again.
void ReuseCheck::takesMarkersWithinThePythons()
{
    const auto lock = lock::parse(R"(version = 1
revision = 5
requires-python = ">=3.11, <3.13"
resolution-markers = [
    "sys_platform == 'linux'",
    "python_full_version >= '3.12' and sys_platform != 'linux'",
]

[[package]]
name = "a"
version = "1"
source = { registry = "https://one.test/simple" }
resolution-markers = [
    "sys_platform == 'linux'",
]

[[package]]
name = "b"
version = "2"
source = { registry = "https://one.test/simple" }

[[package]]
name = "demo"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "a" },
    { name = "b" },
]
)",
        u"uv.lock"_s);
    QVERIFY2(lock, lock ? "" : qPrintable(lock.error().forLog()));
    resolve::UniversalRequest request;
    takeOver(*lock, resolve::Reuse::Kind::VersionsAndForks, {}, request);
    QStringList forks;
    for (const markers::Marker &fork : request.initialForks)
        forks.append(fork.text());
    QCOMPARE(forks,
        (QStringList{
            u"python_full_version >= '3.11' and python_full_version < '3.13' and sys_platform == 'linux'"_s,
            u"python_full_version == '3.12.*' and sys_platform != 'linux'"_s}));
    QStringList preferences;
    for (const auto &[package, preference] : request.preferences)
        preferences.append(
            package.text() + u' ' + preference.version.text() + u" ; "_s + preference.marker.text());
    QCOMPARE(preferences,
        (QStringList{
            u"a 1 ; python_full_version >= '3.11' and python_full_version < '3.13' and sys_platform == 'linux'"_s,
            u"b 2 ; "_s}));
}

QTEST_APPLESS_MAIN(ReuseCheck)
#include "reuse.moc"
