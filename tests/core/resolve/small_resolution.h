// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include "resolve/universal.h"

namespace sconce {

/// A resolution written by hand, one fact a line:
///
///     conflict demo[cpu] demo[cu]
///     fork sys_platform == 'linux'      a fork begins; its marker may be missing
///     with demo[cpu]                    … includes items
///     without demo[cu] demo:dev         … excludes items
///     > demo                            the workspace asks for it
///     demo[cpu] > torch==2 ; python_version >= '3.12'
///
/// A node is name[extra] or name:group, with ==version where the name has several.
class SmallResolution {
public:
    explicit SmallResolution(const QString &text)
    {
        for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
            read(line.trimmed());
    }

    resolve::UniversalResolution resolution;
    std::vector<project::ConflictSet> conflicts;

    QString nameOf(resolve::UniversalResolution::NodeId id) const
    {
        const auto &node = resolution.nodes[id.value];
        const resolve::Distribution &distribution = resolution.distributions[node.distribution.value];
        QString text = distribution.name.text();
        if (node.extra)
            text += u'[' + node.extra->text() + u']';
        if (node.group)
            text += u':' + node.group->text();
        if (distribution.version != versions::Version())
            text += QStringLiteral("==") + distribution.version.text();
        return text;
    }

private:
    static project::Item item(const QString &text)
    {
        using Kind = project::Item::Kind;
        const qsizetype end = std::min(text.indexOf(u'['), text.indexOf(u':')) < 0
            ? std::max(text.indexOf(u'['), text.indexOf(u':'))
            : std::min(text.indexOf(u'['), text.indexOf(u':'));
        const auto name = *names::PackageName::parse(end < 0 ? text : text.first(end));
        if (end < 0)
            return {name, Kind::Project, {}};
        if (text[end] == u':')
            return {name, Kind::Group, text.sliced(end + 1)};
        return {name, Kind::Extra, text.sliced(end + 1).chopped(1)};
    }

    static markers::Marker markerOf(const QString &text)
    {
        return text.trimmed().isEmpty() ? markers::Marker() : *markers::Marker::parse(text.trimmed());
    }

    resolve::UniversalResolution::NodeId node(const QString &text)
    {
        const QStringList parts = text.trimmed().split(QStringLiteral("=="));
        const project::Item from = item(parts[0]);
        const auto version = parts.size() > 1 ? *versions::Version::parse(parts[1]) : versions::Version();
        resolve::UniversalResolution::Node found{distribution(from.package, version), {}, {}};
        if (from.kind == project::Item::Kind::Extra)
            found.extra = *names::ExtraName::parse(from.name);
        else if (from.kind == project::Item::Kind::Group)
            found.group = *names::GroupName::parse(from.name);
        const auto known = std::ranges::find(resolution.nodes, found);
        const auto number = std::uint32_t(known - resolution.nodes.begin());
        if (known == resolution.nodes.end())
            resolution.nodes.push_back(found);
        auto &nodes = resolution.parts.back().nodes;
        if (!std::ranges::contains(nodes, number, &resolve::UniversalResolution::NodeId::value))
            nodes.push_back({number});
        return {number};
    }

    resolve::UniversalResolution::DistributionId distribution(
        const names::PackageName &name, const versions::Version &version)
    {
        auto &all = resolution.distributions;
        const auto known = std::ranges::find_if(
            all, [&](const auto &other) { return other.name == name && other.version == version; });
        const auto number = std::uint32_t(known - all.begin());
        if (known == all.end())
            all.push_back({.name = name, .version = version});
        return {number};
    }

    void read(const QString &line)
    {
        const QString rest = line.section(u' ', 1);
        const QStringList words = rest.split(u' ');
        if (line.startsWith(u'#'))
            return;
        if (line.startsWith(u"conflict ")) {
            auto &set = conflicts.emplace_back();
            std::ranges::transform(words, std::back_inserter(set), item);
            std::ranges::sort(set);
        } else if (line.startsWith(u"fork")) {
            resolution.parts.emplace_back().fork.marker = markerOf(rest);
        } else if (line.startsWith(u"with ")) {
            std::ranges::transform(words, std::inserter(fork().included, fork().included.end()), item);
        } else if (line.startsWith(u"without ")) {
            std::ranges::transform(words, std::inserter(fork().excluded, fork().excluded.end()), item);
        } else {
            edge(line);
        }
    }

    void edge(const QString &line)
    {
        const QString from = line.section(u'>', 0, 0).trimmed();
        const QString rest = line.sliced(line.indexOf(u'>') + 1);
        resolve::UniversalResolution::Edge edge{
            .from = {}, .to = node(rest.section(u';', 0, 0)), .marker = markerOf(rest.section(u';', 1))};
        if (!from.isEmpty())
            edge.from = node(from);
        edge.marker = edge.marker & fork().full();
        resolution.parts.back().edges.push_back(std::move(edge));
    }

    resolve::Fork &fork() { return resolution.parts.back().fork; }
};

} // namespace sconce
