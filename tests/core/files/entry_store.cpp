// SPDX-License-Identifier: Apache-2.0
#include "files/entry_store.h"

#include <thread>

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using sconce::files::EntryStore;
using namespace Qt::StringLiterals;

class EntryStoreCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesBackWhatItGot();
    void takesNoEntryForAnother();
    void leavesNoTraces();
    void keepsNothingWithoutAFolder();
    void standsSeveralWriters();
};

namespace {

QStringList filesIn(const QString &folder)
{
    QStringList found;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext())
        found.append(all.next());
    return found;
}

} // namespace

void EntryStoreCheck::givesBackWhatItGot()
{
    QTemporaryDir folder;
    const EntryStore store(folder.filePath(u"made/when/needed"_s));
    QVERIFY(!store.read("a"));
    for (const qsizetype size : {0, 1, 3900, 4096, 100'000}) {
        const QByteArray head(size / 2, 'h');
        const QByteArray body(size, 'b');
        store.write("a", head, body);
        const auto entry = store.read("a");
        QVERIFY(entry);
        QCOMPARE(entry->head, head);
        QCOMPARE(entry->body, body);
        QCOMPARE(store.readHead("a"), head);
    }
    store.remove("a");
    QVERIFY(!store.read("a"));
}

void EntryStoreCheck::takesNoEntryForAnother()
{
    QTemporaryDir folder;
    const EntryStore store(folder.path());
    store.write("a", "1", "one");
    const QString path = filesIn(folder.path()).value(0);
    QFile::rename(path, folder.filePath(u"kept"_s));
    store.write("b", "2", "two");
    QStringList rest = filesIn(folder.path());
    rest.removeOne(folder.filePath(u"kept"_s));
    QCOMPARE(rest.size(), 1);
    QFile::remove(rest[0]);
    QFile::rename(folder.filePath(u"kept"_s), rest[0]);
    QVERIFY(!store.readHead("b"));
    QVERIFY(!store.read("b"));
    QVERIFY(filesIn(folder.path()).isEmpty()); // a bad entry goes
}

void EntryStoreCheck::leavesNoTraces()
{
    QTemporaryDir folder;
    const EntryStore store(folder.path());
    for (int i = 0; i < 10; ++i)
        store.write("a", "head", QByteArray(1000, char('0' + i)));
    QCOMPARE(filesIn(folder.path()).size(), 1);
}

void EntryStoreCheck::keepsNothingWithoutAFolder()
{
    const EntryStore store{QString()};
    store.write("a", "head", "body");
    QVERIFY(!store.read("a"));
    QVERIFY(!store.readHead("a"));
    store.remove("a");
}

void EntryStoreCheck::standsSeveralWriters()
{
    QTemporaryDir folder;
    std::atomic<int> bad = 0;
    {
        std::vector<std::jthread> writers;
        for (int w = 0; w < 4; ++w) {
            writers.emplace_back([&, w] {
                const EntryStore store(folder.path());
                for (int i = 0; i < 100; ++i) {
                    store.write("key", "head", QByteArray(20'000, char('a' + w)));
                    const auto entry = store.read("key");
                    if (!entry || entry->body != QByteArray(20'000, entry->body[0]))
                        ++bad;
                }
            });
        }
    }
    QCOMPARE(bad, 0);
    QCOMPARE(filesIn(folder.path()).size(), 1);
}

QTEST_GUILESS_MAIN(EntryStoreCheck)
#include "entry_store.moc"
