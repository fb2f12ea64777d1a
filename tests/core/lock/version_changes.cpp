// SPDX-License-Identifier: Apache-2.0
#include "lock/version_changes.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace sconce;

class VersionChangesCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatChanged();
};

namespace {

/// "a 1" in each element; "d" has no version.
lock::Lock lockWith(const QStringList &packages)
{
    lock::Lock made;
    for (const QString &text : packages) {
        lock::Package package{.name = *names::PackageName::parse(text.section(u' ', 0, 0))};
        if (text.contains(u' '))
            package.version = *versions::Version::parse(text.section(u' ', 1));
        made.packages.push_back(std::move(package));
    }
    return made;
}

QString textOf(const lock::VersionChange::Versions &versions)
{
    QStringList texts;
    for (const auto &version : versions)
        texts.append(version ? version->text() : u"dynamic"_s);
    return texts.join(u'+');
}

} // namespace

void VersionChangesCheck::tellsWhatChanged()
{
    const lock::Lock before = lockWith({u"b 1"_s, u"b 3"_s, u"c 2"_s, u"d"_s, u"e 1"_s, u"f 2"_s});
    const lock::Lock after = lockWith({u"a 1"_s, u"b 3"_s, u"b 2"_s, u"c 2"_s, u"d 1"_s, u"f 2.0"_s});
    QStringList lines;
    for (const lock::VersionChange &change : lock::versionChanges(before, after))
        lines.append(u"%1: %2 -> %3"_s.arg(change.name.text(), textOf(change.before), textOf(change.after)));
    QCOMPARE(lines, (QStringList{u"a:  -> 1"_s, u"b: 1+3 -> 2+3"_s, u"d: dynamic -> 1"_s, u"e: 1 -> "_s}));
    QVERIFY(lock::versionChanges(after, after).empty());
}

QTEST_APPLESS_MAIN(VersionChangesCheck)
#include "version_changes.moc"
