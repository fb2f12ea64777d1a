// SPDX-License-Identifier: Apache-2.0
#include "lock/diff.h"

#include <QTest>

#include "kit/golden.h"
#include "lock/order.h"
#include "lock/read.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using lock::Change;
using lock::FileChange;

namespace {

QByteArray base()
{
    return kit::slurp(QStringLiteral(CASES "/base.lock"));
}

lock::Lock parsed(const QByteArray &bytes)
{
    auto lock = lock::parse(bytes, u"uv.lock"_s);
    if (!lock)
        qFatal("%s", qPrintable(lock.error().forLog()));
    return *lock;
}

using Edits = std::vector<std::pair<const char *, const char *>>;

lock::Lock edited(const Edits &edits)
{
    QByteArray bytes = base();
    for (const auto &[old, now] : edits) {
        if (!bytes.contains(old))
            qFatal("not in the base: %s", old);
        bytes.replace(old, now);
    }
    return parsed(bytes);
}

QString word(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::HashChanged: return u"hash"_s;
    case Change::Kind::Down: return u"down"_s;
    case Change::Kind::BackendSwitch: return u"backend"_s;
    case Change::Kind::SourceMoved: return u"moved"_s;
    case Change::Kind::Removed: return u"removed"_s;
    case Change::Kind::Added: return u"added"_s;
    case Change::Kind::Up: return u"up"_s;
    case Change::Kind::ScopeChanged: return u"scope"_s;
    case Change::Kind::MetadataOnly: return u"metadata"_s;
    case Change::Kind::HostNoise: return u"host"_s;
    }
    return {};
}

QString sideText(const std::optional<lock::ChangeSide> &side)
{
    if (!side)
        return u"-"_s;
    const QString scope = side->scope.text();
    return side->version->text() + (scope.isEmpty() ? QString() : u" where "_s + scope);
}

/// "up numpy 2.0 → 2.1", one line for each change.
QStringList lines(const lock::LockDiff &diff)
{
    QStringList lines;
    for (const Change &change : diff.changes)
        lines.append(u"%1 %2 %3 → %4"_s.arg(
            word(change.kind), change.name.text(), sideText(change.before), sideText(change.after)));
    return lines;
}

const Change &only(const lock::LockDiff &diff)
{
    if (diff.changes.size() != 1)
        qFatal("%s", qPrintable(lines(diff).join(u'\n')));
    return diff.changes.front();
}

} // namespace

class DiffCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalLocks()
    {
        QVERIFY(lock::diff(parsed(base()), parsed(base())).isEmpty());
        // Order and spelling do not count.
        lock::Lock other = edited({{"sys_platform == 'linux'", "'linux' == sys_platform"},
            {"\"sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'\"",
                "\"extra == 'extra-4-demo-cpu' and sys_platform == 'darwin'\""}});
        std::ranges::reverse(other.packages.front().dependencies);
        std::ranges::reverse(other.packages[2].wheels);
        QVERIFY(lock::diff(parsed(base()), other).isEmpty());
    }

    void kinds_data()
    {
        QTest::addColumn<Edits>("edits");
        QTest::addColumn<QStringList>("forth");
        QTest::addColumn<QStringList>("back");
        const auto row = [](const char *name, const Edits &edits, const QStringList &forth,
                             const QStringList &back) { QTest::newRow(name) << edits << forth << back; };
        const char *const linux = "sys_platform == 'linux'";
        row("version", {{"numpy-2.0.0", "numpy-2.1.0"}, {"version = \"2.0.0\"", "version = \"2.1.0\""}},
            {u"up numpy 2.0.0 where sys_platform == 'linux' → 2.1.0 where sys_platform == 'linux'"_s},
            {u"down numpy 2.1.0 where sys_platform == 'linux' → 2.0.0 where sys_platform == 'linux'"_s});
        row("backend",
            {{"2.8.0+cpu", "2.9.0+cu128"}, {"2.8.0%2Bcpu", "2.9.0%2Bcu128"}, {"whl/cpu", "whl/cu128"}},
            {u"backend torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s,
                u"backend torch 2.8.0+cpu where sys_platform != 'darwin' and extra == 'extra-4-demo-cpu' → 2.9.0+cu128 where sys_platform != 'darwin' and extra == 'extra-4-demo-cpu'"_s,
                u"metadata demo 0.1.0 → 0.1.0"_s},
            {u"backend torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s,
                u"backend torch 2.9.0+cu128 where sys_platform != 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0+cpu where sys_platform != 'darwin' and extra == 'extra-4-demo-cpu'"_s,
                u"metadata demo 0.1.0 → 0.1.0"_s});
        row("source",
            {{"version = \"4.66\"\nsource = { registry = \"https://pypi.org/simple\" }",
                "version = \"4.66\"\nsource = { git = \"https://git.test/tqdm?rev=main#0123\" }"}},
            {u"moved tqdm 4.66 → 4.66"_s}, {u"moved tqdm 4.66 → 4.66"_s});
        row("hash", {{"c3e7dd", "d3e7dd"}}, {u"hash tqdm 4.66 → 4.66"_s}, {u"hash tqdm 4.66 → 4.66"_s});
        row("scope", {{linux, "sys_platform == 'win32'"}},
            {u"metadata demo 0.1.0 → 0.1.0"_s,
                u"scope numpy 2.0.0 where sys_platform == 'linux' → 2.0.0 where sys_platform == 'win32'"_s},
            {u"metadata demo 0.1.0 → 0.1.0"_s,
                u"scope numpy 2.0.0 where sys_platform == 'win32' → 2.0.0 where sys_platform == 'linux'"_s});
        row("size", {{"size = 9", "size = 10"}}, {u"metadata tqdm 4.66 → 4.66"_s},
            {u"metadata tqdm 4.66 → 4.66"_s});
        row("sibling host",
            {{"https://download.pytorch.org/whl/cpu/torch-2.8.0-",
                "https://download-r2.pytorch.org/whl/cpu/torch-2.8.0-"}},
            {u"host torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s},
            {u"host torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s});
        row("mirror with the same hash",
            {{"https://files.pythonhosted.org/packages/cc/", "https://mirror.test/cc/"}},
            {u"host tqdm 4.66 → 4.66"_s}, {u"host tqdm 4.66 → 4.66"_s});
        row("another host without hash",
            {{"https://download.pytorch.org/whl/cpu/torch-2.8.0-", "https://evil.test/whl/cpu/torch-2.8.0-"}},
            {u"moved torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s},
            {u"moved torch 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu' → 2.8.0 where sys_platform == 'darwin' and extra == 'extra-4-demo-cpu'"_s});
    }

    void kinds()
    {
        QFETCH(const Edits, edits);
        QFETCH(QStringList, forth);
        QFETCH(QStringList, back);
        const lock::Lock before = parsed(base());
        const lock::Lock after = edited(edits);
        const auto sorted = [](QStringList list) {
            list.sort();
            return list;
        };
        QCOMPARE(sorted(lines(lock::diff(before, after))), sorted(forth));
        QCOMPARE(sorted(lines(lock::diff(after, before))), sorted(back));
    }

    void addedAndRemoved()
    {
        lock::Lock smaller = parsed(base());
        const lock::Lock whole = smaller;
        smaller.packages.front().dependencies.pop_back(); // tqdm
        smaller.packages.pop_back();
        const auto removed = lock::diff(whole, smaller);
        QCOMPARE(lines(removed), (QStringList{u"metadata demo 0.1.0 → 0.1.0"_s, u"removed tqdm 4.66 → -"_s}));
        QCOMPARE(removed.changes[0].dependenciesRemoved, std::vector{*names::PackageName::parse(u"tqdm")});
        QCOMPARE(lines(lock::diff(smaller, whole)),
            (QStringList{u"metadata demo 0.1.0 → 0.1.0"_s, u"added tqdm - → 4.66"_s}));
        QCOMPARE(removed.count(Change::Kind::Removed), 1U);
    }

    void filesInDetail()
    {
        const auto diff = lock::diff(parsed(base()),
            edited({{"cp312-cp312-manylinux_2_28_x86_64", "cp313-cp313-manylinux_2_28_x86_64"}}));
        const Change &change = only(diff);
        QVERIFY(change.kind == Change::Kind::MetadataOnly);
        QCOMPARE(change.files.size(), 2U);
        QVERIFY(change.files[0].kind == FileChange::Kind::Removed);
        QCOMPARE(change.files[0].name, u"numpy-2.0.0-cp312-cp312-manylinux_2_28_x86_64.whl"_s);
        QVERIFY(change.files[1].kind == FileChange::Kind::Added);

        const auto unverified = lock::diff(parsed(base()),
            edited(
                {{"https://download.pytorch.org/whl/cpu/torch-2.8.0-", "https://evil.test/torch-2.8.0-"}}));
        QVERIFY(only(unverified).files[0].kind == FileChange::Kind::Unverified);
    }

    void downgradesAreSeenInOtherKinds()
    {
        const auto diff = lock::diff(
            parsed(base()), edited({{"2.8.0+cpu", "2.7.0+rocm6.4"}, {"2.8.0%2Bcpu", "2.7.0%2Brocm6.4"}}));
        const Change &change = only(diff);
        QVERIFY(change.kind == Change::Kind::BackendSwitch);
        QCOMPARE(change.before->backend, u"cpu"_s);
        QCOMPARE(change.after->backend, u"rocm6.4"_s);
        QVERIFY(change.isDowngrade());
    }

    void settings()
    {
        const auto diff = lock::diff(parsed(base()),
            edited({{"revision = 5", "revision = 3"}, {"2026-01-31", "2026-03-01"},
                {"specifier = \"<3\"", "specifier = \"<4\""},
                {"    { package = \"demo\", extra = \"gpu\" },\n",
                    "    { package = \"demo\", group = \"gpu\" },\n"}}));
        QCOMPARE(lines(diff), QStringList());
        QStringList keys;
        for (const lock::SettingChange &setting : diff.settings)
            keys.append(
                setting.key + u": "_s + setting.before.join(u"; ") + u" → "_s + setting.after.join(u"; "));
        QCOMPARE(keys,
            (QStringList{u"revision: 5 → 3"_s, u"conflicts: demo[cpu], demo[gpu] → demo[cpu], demo:gpu"_s,
                u"options.exclude-newer: 2026-01-31T00:00:00Z → 2026-03-01T00:00:00Z"_s,
                u"manifest.constraints: numpy<3 → numpy<4"_s}));
    }

    /// A wider Python range or one platform more in the whole lock is one change of its head, not one of each
    /// package.
    void scopesAreComparedWhereBothApply()
    {
        const auto wider = lock::diff(parsed(base()), edited({{">=3.11, <3.14", ">=3.10"}}));
        QCOMPARE(lines(wider), QStringList());
        QCOMPARE(wider.settings.size(), 1U);
        const auto fewer = lock::diff(parsed(base()),
            edited({{"    \"sys_platform != 'darwin'\",\n    \"sys_platform == 'darwin'\",\n]\nconflicts",
                "    \"sys_platform == 'linux'\",\n    \"sys_platform == 'darwin'\",\n]\nconflicts"}}));
        QCOMPARE(lines(fewer), QStringList());
    }
};

QTEST_GUILESS_MAIN(DiffCheck)
#include "diff.moc"
