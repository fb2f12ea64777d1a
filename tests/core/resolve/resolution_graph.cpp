// SPDX-License-Identifier: Apache-2.0
#include "resolve/resolution_graph.h"

#include <QTest>

#include "core/resolve/small_resolution.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using NodeId = resolve::UniversalResolution::NodeId;

namespace {

/// Each node with what reaches it and what is known there, then its edges.
QByteArray asText(const SmallResolution &small, const resolve::ResolutionGraph &graph)
{
    const auto marker = [](const markers::Marker &it) { return it.isAlways() ? u"always"_s : it.text(); };
    QStringList blocks;
    for (std::uint32_t number = 0; number < graph.nodes.size(); ++number) {
        const auto &node = graph.nodes[number];
        QString block = small.nameOf({number});
        block += node.isNeeded
            ? u"\n    reached: "_s + marker(node.reached) + u"\n    known: "_s + marker(node.known)
            : u"\n    not needed"_s;
        for (const auto &edge : node.edges)
            block += u"\n    > "_s + small.nameOf(edge.to) + u": "_s + marker(edge.marker);
        blocks.append(block + u'\n');
    }
    blocks.sort();
    for (const markers::Marker &fork : graph.forks)
        blocks.prepend(u"fork: "_s + marker(fork) + u'\n');
    return blocks.join(QString()).toUtf8();
}

} // namespace

class ResolutionGraphCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mergesForks_data();
    void mergesForks();
    void goesAlongLongChains();
};

void ResolutionGraphCheck::mergesForks_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = QDir(QStringLiteral(CASES)).entryList({u"*.forks"_s}, QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file;
}

void ResolutionGraphCheck::mergesForks()
{
    QFETCH(const QString, file);
    const SmallResolution small(QString::fromUtf8(kit::slurp(QStringLiteral(CASES "/") + file)));
    const auto graph = resolve::graphOf(small.resolution, small.conflicts);
    COMPARE_KEPT(asText(small, graph), file.chopped(6) + u".txt"_s);
}

void ResolutionGraphCheck::goesAlongLongChains()
{
    constexpr int Length = 3000;
    QStringList lines{u"fork"_s, u"> p0 ; sys_platform == 'linux'"_s};
    resolve::UniversalResolution chain = SmallResolution(lines.join(u'\n')).resolution;
    for (std::uint32_t number = 1; number < Length; ++number) {
        chain.nodes.push_back({{0}, *names::ExtraName::parse(u"x%1"_s.arg(number)), {}});
        chain.parts.front().edges.push_back({NodeId{number - 1}, {number}, {}});
    }
    chain.parts.front().edges.push_back({NodeId{Length - 1}, {0}, {}});
    const auto graph = resolve::graphOf(chain, {});
    QCOMPARE(graph.nodes.back().reached.text(), u"sys_platform == 'linux'"_s);
}

QTEST_GUILESS_MAIN(ResolutionGraphCheck)
#include "resolution_graph.moc"
