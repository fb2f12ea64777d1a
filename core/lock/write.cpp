// SPDX-License-Identifier: Apache-2.0
#include "write.h"

#include <algorithm>
#include <unordered_map>

namespace sconce::lock {

namespace {

/// A basic string; a literal one where that needs no escapes, or one in three quotes.
QByteArray quoted(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const bool hasControl = std::ranges::any_of(bytes, [](char c) { return uchar(c) < ' ' || c == 127; });
    const bool needsEscape = bytes.contains('"') || bytes.contains('\\');
    if (!hasControl && !needsEscape)
        return '"' + bytes + '"';
    if (!hasControl && !bytes.contains('\''))
        return '\'' + bytes + '\'';
    QByteArray escaped;
    qsizetype run = 0; // quotes in a row; three would end the text, and so would one before the end
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        run = c == '"' ? run + 1 : 0;
        if (uchar(c) < ' ' || c == 127)
            escaped += "\\u" + QByteArray::number(c, 16).rightJustified(4, '0');
        else if (c == '\\' || (c == '"' && (hasControl || run > 2 || i + 1 == bytes.size())))
            escaped.append('\\').append(c);
        else
            escaped += c;
    }
    return hasControl ? '"' + escaped + '"' : "\"\"\"" + escaped + "\"\"\"";
}

QByteArray quoted(const names::Name &name)
{
    return '"' + name.text().toLatin1() + '"';
}

QByteArray quoted(const LockedMarker &marker)
{
    return quoted(marker.text);
}

/// { key = value, key = value }
class InlineTable {
public:
    InlineTable &add(QByteArrayView key, const QByteArray &value)
    {
        m_text.append(m_text.isEmpty() ? " " : ", ").append(key).append(" = ").append(value);
        return *this;
    }
    InlineTable &addText(QByteArrayView key, const QString &text)
    {
        return text.isEmpty() ? *this : add(key, quoted(text));
    }
    QByteArray text() const { return m_text.isEmpty() ? "{}" : '{' + m_text + " }"; }

private:
    QByteArray m_text;
};

template <class List, class Write>
QByteArray onOneLine(const List &list, Write write)
{
    QByteArray text = "[";
    for (const auto &element : list)
        text.append(text.size() == 1 ? "" : ", ").append(write(element));
    return text + ']';
}

template <class List, class Write>
QByteArray onManyLines(const List &list, Write write)
{
    QByteArray text = "[\n";
    for (const auto &element : list)
        text.append("    ").append(write(element)).append(",\n");
    return text + ']';
}

template <class List>
QByteArray namesOnOneLine(const List &list)
{
    return onOneLine(list, [](const auto &name) { return quoted(name); });
}

void addSource(InlineTable &table, const Source &source)
{
    table.addText(QByteArrayView(source.key()), source.location);
    if (source.kind == Source::Kind::Url)
        table.addText("subdirectory", source.subdirectory);
}

QByteArray sourceText(const Source &source)
{
    InlineTable table;
    addSource(table, source);
    return table.text();
}

QByteArray conflictItem(const ConflictItem &item)
{
    InlineTable table;
    table.add("package", quoted(item.package));
    if (item.extra)
        table.add("extra", quoted(*item.extra));
    if (item.group)
        table.add("group", quoted(*item.group));
    return table.text();
}

QByteArray requirementText(const LockedRequirement &requirement)
{
    InlineTable table;
    table.add("name", quoted(requirement.name));
    if (!requirement.extras.empty())
        table.add("extras", namesOnOneLine(requirement.extras));
    if (!requirement.groups.empty())
        table.add("groups", namesOnOneLine(requirement.groups));
    table.addText("marker", requirement.marker.text);
    if (requirement.source)
        addSource(table, *requirement.source);
    table.addText("specifier", requirement.specifiers.text(u","));
    table.addText("index", requirement.index);
    if (requirement.conflict)
        table.add("conflict", conflictItem(*requirement.conflict));
    return table.text();
}

/// Lists of requirements stand on one line as long as there is only one.
template <class List, class Write>
QByteArray byLength(const List &list, Write write)
{
    return list.size() < 2 ? onOneLine(list, write) : onManyLines(list, write);
}

QByteArray requirementsText(const std::vector<LockedRequirement> &requirements)
{
    return byLength(requirements, requirementText);
}

QByteArray scopeText(const Scope &scope)
{
    InlineTable table;
    table.add("name", quoted(scope.package));
    if (scope.version)
        table.add("version", quoted(scope.version->text()));
    return table.text();
}

QByteArray overrideText(const Override &override)
{
    if (!override.scope)
        return requirementText(override.requirements.front());
    return InlineTable()
        .add("package", scopeText(*override.scope))
        .add("dependencies", onOneLine(override.requirements, requirementText))
        .text();
}

QByteArray excludeText(const Exclude &exclude)
{
    if (!exclude.scope)
        return quoted(exclude.names.front());
    return InlineTable()
        .add("package", scopeText(*exclude.scope))
        .add("dependencies", namesOnOneLine(exclude.names))
        .text();
}

QByteArray fileText(const File &file)
{
    InlineTable table;
    table.addText("url", file.url)
        .addText("path", file.path)
        .addText("filename", file.filename)
        .addText("hash", file.hash);
    if (file.size)
        table.add("size", QByteArray::number(*file.size));
    table.addText("upload-time", file.uploadTime);
    if (file.zstd) {
        InlineTable zstd;
        zstd.addText("hash", file.zstd->hash);
        if (file.zstd->size)
            zstd.add("size", QByteArray::number(*file.zstd->size));
        table.add("zstd", zstd.text());
    }
    return table.text();
}

class Writer {
public:
    explicit Writer(const Lock &lock)
        : m_lock(lock)
    {
        for (const Package &package : lock.packages)
            ++m_counts[package.name];
    }

    QByteArray write()
    {
        writeHead();
        if (m_lock.options != Options())
            writeOptions(m_lock.options);
        if (m_lock.manifest != Manifest())
            writeManifest(m_lock.manifest);
        for (const Package &package : m_lock.packages)
            writePackage(package);
        return std::move(m_text);
    }

private:
    void line(QByteArrayView key, const QByteArray &value)
    {
        m_text.append(key).append(" = ").append(value).append('\n');
    }
    void textLine(QByteArrayView key, const QString &text)
    {
        if (!text.isEmpty())
            line(key, quoted(text));
    }
    void header(QByteArrayView name) { m_text.append("\n[").append(name).append("]\n"); }

    void markers(QByteArrayView key, const std::vector<LockedMarker> &markers)
    {
        line(key, onManyLines(markers, [](const LockedMarker &marker) { return quoted(marker); }));
    }

    void requirements(QByteArrayView key, const std::vector<LockedRequirement> &requirements)
    {
        if (!requirements.empty())
            line(key, requirementsText(requirements));
    }

    void writeHead()
    {
        line("version", "1");
        if (m_lock.revision > 0)
            line("revision", QByteArray::number(m_lock.revision));
        line("requires-python", quoted(m_lock.requiresPython.text()));
        if (!m_lock.resolutionMarkers.empty())
            markers("resolution-markers", m_lock.resolutionMarkers);
        if (m_lock.supportedMarkers)
            markers("supported-markers", *m_lock.supportedMarkers);
        if (m_lock.requiredMarkers)
            markers("required-markers", *m_lock.requiredMarkers);
        if (!m_lock.conflicts.empty())
            line("conflicts",
                onOneLine(m_lock.conflicts, [](const auto &set) { return onManyLines(set, conflictItem); }));
    }

    void writeOptions(const Options &options)
    {
        header("options");
        textLine("resolution-mode", options.resolutionMode);
        textLine("prerelease-mode", options.prereleaseMode);
        textLine("fork-strategy", options.forkStrategy);
        if (options.excludeNewer && options.excludeNewer->span.isEmpty()) {
            textLine("exclude-newer", options.excludeNewer->time);
        } else if (options.excludeNewer) {
            // Older readers know the time only; this one says nothing, and the comment says so.
            line("exclude-newer",
                NoTime
                    + " # This has no effect and is included for backwards compatibility when using relative "
                      "exclude-newer "
                      "values.");
            textLine("exclude-newer-span", options.excludeNewer->span);
        }
        if (!options.prereleasePackages.empty()) {
            header("options.prerelease-package");
            for (const auto &[package, mode] : options.prereleasePackages)
                line(package.text().toLatin1(), quoted(mode));
        }
        if (!options.excludeNewerPackages.empty()) {
            header("options.exclude-newer-package");
            for (const auto &[package, cutoff] : options.excludeNewerPackages)
                line(package.text().toLatin1(), packageCutoff(cutoff));
        }
    }

    static QByteArray packageCutoff(const std::optional<Cutoff> &cutoff)
    {
        if (!cutoff)
            return "false";
        if (cutoff->span.isEmpty())
            return quoted(cutoff->time);
        return InlineTable().add("timestamp", NoTime).addText("span", cutoff->span).text();
    }

    void writeManifest(const Manifest &manifest)
    {
        header("manifest");
        if (!manifest.members.empty())
            line("members",
                onManyLines(manifest.members, [](const names::Name &name) { return quoted(name); }));
        requirements("requirements", manifest.requirements);
        requirements("constraints", manifest.constraints);
        if (!manifest.overrides.empty())
            line("overrides", byLength(manifest.overrides, overrideText));
        if (!manifest.excludes.empty())
            line("excludes", byLength(manifest.excludes, excludeText));
        requirements("build-constraints", manifest.buildConstraints);
        if (!manifest.dependencyGroups.empty()) {
            header("manifest.dependency-groups");
            for (const auto &[group, list] : manifest.dependencyGroups)
                line(group.text().toLatin1(), requirementsText(list));
        }
        const auto texts = [](const QStringList &list) {
            return onOneLine(list, [](const QString &text) { return quoted(text); });
        };
        for (const StatedMetadata &metadata : manifest.dependencyMetadata) {
            header("[manifest.dependency-metadata]");
            line("name", quoted(metadata.name));
            textLine("version", metadata.version);
            if (!metadata.requiresDist.isEmpty())
                line("requires-dist", texts(metadata.requiresDist));
            textLine("requires-python", metadata.requiresPython);
            if (!metadata.providesExtras.isEmpty())
                line("provides-extras", texts(metadata.providesExtras));
        }
    }

    void writePackage(const Package &package)
    {
        header("[package]");
        line("name", quoted(package.name));
        if (package.version)
            line("version", quoted(package.version->text()));
        line("source", sourceText(package.source));
        if (package.defaultGroups)
            line("default-groups",
                package.defaultGroups->isAll ? "\"all\"" : namesOnOneLine(package.defaultGroups->groups));
        if (!package.resolutionMarkers.empty())
            markers("resolution-markers", package.resolutionMarkers);
        if (!package.dependencies.empty())
            line("dependencies", edges(package.dependencies));
        if (package.sdist)
            line("sdist", fileText(*package.sdist));
        if (!package.wheels.empty())
            line("wheels", onManyLines(package.wheels, fileText));
        edgeTables("package.optional-dependencies", package.optionalDependencies);
        edgeTables("package.dev-dependencies", package.groupDependencies);
        if (!package.groupRequiresPython.empty()) {
            header("package.group-requires-python");
            for (const auto &[group, specifiers] : package.groupRequiresPython)
                line(group.text().toLatin1(), quoted(specifiers));
        }
        if (!package.metadata.isEmpty())
            writeMetadata(package.metadata);
    }

    QByteArray edges(const std::vector<Dependency> &dependencies) const
    {
        return onManyLines(dependencies, [this](const Dependency &dependency) { return edge(dependency); });
    }

    QByteArray edge(const Dependency &dependency) const
    {
        const Package &target = m_lock.packages[dependency.target];
        InlineTable table;
        table.add("name", quoted(target.name));
        if (m_counts.at(target.name) > 1) {
            if (target.version)
                table.add("version", quoted(target.version->text()));
            table.add("source", sourceText(target.source));
        }
        if (!dependency.extras.empty())
            table.add("extra", namesOnOneLine(dependency.extras));
        return table.addText("marker", dependency.marker.text).text();
    }

    void edgeTables(QByteArrayView name, const std::map<names::Name, std::vector<Dependency>> &tables)
    {
        bool isFirst = true;
        for (const auto &[key, dependencies] : tables) {
            if (dependencies.empty())
                continue;
            if (isFirst)
                header(name);
            isFirst = false;
            line(key.text().toLatin1(), edges(dependencies));
        }
    }

    void writeMetadata(const DeclaredMetadata &metadata)
    {
        header("package.metadata");
        requirements("requires-dist", metadata.requiresDist);
        if (!metadata.providesExtras.empty())
            line("provides-extras", namesOnOneLine(metadata.providesExtras));
        if (metadata.requiresDev.empty())
            return;
        header("package.metadata.requires-dev");
        for (const auto &[group, list] : metadata.requiresDev)
            line(group.text().toLatin1(), requirementsText(list));
    }

    inline static const QByteArray NoTime = "\"0001-01-01T00:00:00Z\"";
    const Lock &m_lock;
    std::unordered_map<names::PackageName, int> m_counts;
    QByteArray m_text;
};

} // namespace

QByteArray bytes(const Lock &lock)
{
    return Writer(lock).write();
}

} // namespace sconce::lock
