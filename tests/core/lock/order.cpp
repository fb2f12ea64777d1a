// SPDX-License-Identifier: Apache-2.0
#include "lock/order.h"

#include <numeric>
#include <random>

#include <QTest>

#include "kit/golden.h"
#include "lock/read.h"
#include "lock/write.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

const QString Good = QStringLiteral(CASES "/../read/");

/// Everything whose order has no meaning, in another order.
class Shuffle {
public:
    explicit Shuffle(quint32 seed)
        : m_random(seed)
    {}

    void operator()(lock::Lock &lock)
    {
        std::vector<std::size_t> from(lock.packages.size());
        std::iota(from.begin(), from.end(), 0U);
        list(from);
        std::vector<std::size_t> places(from.size());
        std::vector<lock::Package> packages;
        for (std::size_t i = 0; i < from.size(); ++i) {
            places[from[i]] = i;
            packages.push_back(lock.packages[from[i]]);
        }
        lock.packages = packages;
        const auto edges = [&](std::vector<lock::Dependency> &dependencies) {
            for (lock::Dependency &dependency : dependencies)
                dependency.target = places[dependency.target];
            list(dependencies);
        };
        for (lock::Package &package : lock.packages) {
            edges(package.dependencies);
            for (auto &[extra, dependencies] : package.optionalDependencies)
                edges(dependencies);
            for (auto &[group, dependencies] : package.groupDependencies)
                edges(dependencies);
            list(package.metadata.requiresDist);
            for (auto &[group, requirements] : package.metadata.requiresDev)
                list(requirements);
        }
        for (auto &set : lock.conflicts)
            list(set);
        list(lock.manifest.members);
        list(lock.manifest.constraints);
        list(lock.manifest.overrides);
        list(lock.manifest.excludes);
        if (!lock.manifest.constraints.empty())
            lock.manifest.constraints.push_back(lock.manifest.constraints.front()); // stands once in the end
    }

private:
    template <class List>
    void list(List &list)
    {
        std::ranges::shuffle(list, m_random);
    }
    std::mt19937 m_random;
};

} // namespace

class OrderCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arranges_data()
    {
        QTest::addColumn<QString>("file");
        const QStringList files = QDir(Good).entryList({u"*.lock"_s}, QDir::Files);
        QVERIFY(files.size() >= 20);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file;
    }

    void arranges()
    {
        QFETCH(const QString, file);
        const QByteArray bytes = kit::slurp(Good + file);
        for (quint32 seed = 0; seed < 5; ++seed) {
            lock::Lock lock = *lock::parse(bytes, file);
            Shuffle shuffle(seed);
            shuffle(lock);
            lock::arrange(lock);
            QCOMPARE(lock::bytes(lock), bytes);
        }
    }

    void sources()
    {
        using Kind = lock::Source::Kind;
        const std::vector<lock::Source> sorted{{Kind::Registry, u"https://a.test/simple"_s, {}},
            {Kind::Registry, u"https://b.test/simple"_s, {}}, {Kind::Registry, u"a-folder"_s, {}},
            {Kind::Git, u"https://a.test/x"_s, {}}, {Kind::Url, u"https://a.test/x"_s, {}},
            {Kind::Url, u"https://a.test/x"_s, u"sub"_s}, {Kind::Path, u"a"_s, {}},
            {Kind::Directory, u"a"_s, {}}, {Kind::Editable, u"a"_s, {}}, {Kind::Virtual, u"a"_s, {}},
            {Kind::Virtual, u"b"_s, {}}};
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            for (std::size_t j = 0; j < sorted.size(); ++j)
                QVERIFY(lock::order(sorted[i], sorted[j]) == (i <=> j));
        }
    }

    void requirements()
    {
        const QByteArray text = kit::slurp(QStringLiteral(CASES "/requirements.lock"));
        const auto lock = lock::parse(text, u"uv.lock"_s);
        QVERIFY2(lock, qPrintable(lock ? QString() : lock.error().forLog()));
        const auto &sorted = lock->manifest.constraints;
        QCOMPARE(sorted.size(), 17U);
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            for (std::size_t j = 0; j < sorted.size(); ++j)
                QVERIFY2(
                    lock::order(sorted[i], sorted[j]) == (i <=> j), qPrintable(u"%1 %2"_s.arg(i).arg(j)));
        }
    }
};

QTEST_GUILESS_MAIN(OrderCheck)
#include "order.moc"
