// SPDX-License-Identifier: Apache-2.0
#include "write.h"

#include <unordered_map>

#include "lock/toml_text.h"

namespace sconce::lock {

namespace {

// The time that stands beside a span. Older readers know the time only; it says nothing, and the comment says
// so.
constexpr QByteArrayView NoTime = "\"0001-01-01T00:00:00Z\"";
constexpr QByteArrayView NoTimeComment = " # This has no effect and is included for backwards compatibility "
                                         "when using relative exclude-newer values.";

void append(QByteArray &out, const names::Name &name)
{
    out.append('"').append(name.text().toLatin1()).append('"');
}

void append(QByteArray &out, const LockedMarker &marker)
{
    appendString(out, marker.text);
}

void append(QByteArray &out, const QString &text)
{
    appendString(out, text);
}

void append(QByteArray &out, const ConflictItem &item);
void append(QByteArray &out, const LockedRequirement &requirement);
void append(QByteArray &out, const Override &override);
void append(QByteArray &out, const Exclude &exclude);
void append(QByteArray &out, const File &file);

template <class List>
void appendList(QByteArray &out, const List &list)
{
    appendOnOneLine(out, list, [](QByteArray &to, const auto &element) { append(to, element); });
}

template <class List>
void appendLongList(QByteArray &out, const List &list)
{
    appendOnManyLines(out, list, [](QByteArray &to, const auto &element) { append(to, element); });
}

/// Lists of requirements stand on one line as long as there is only one.
template <class List>
void appendByLength(QByteArray &out, const List &list)
{
    list.size() < 2 ? appendList(out, list) : appendLongList(out, list);
}

void addSource(InlineTable &table, const Source &source)
{
    table.addText(QByteArrayView(source.key()), source.location);
    if (source.kind == Source::Kind::Url)
        table.addText("subdirectory", source.subdirectory);
}

void append(QByteArray &out, const Source &source)
{
    InlineTable table(out);
    addSource(table, source);
}

void append(QByteArray &out, const ConflictItem &item)
{
    InlineTable table(out);
    append(table.key("package"), item.package);
    if (item.extra)
        append(table.key("extra"), *item.extra);
    if (item.group)
        append(table.key("group"), *item.group);
}

void append(QByteArray &out, const LockedRequirement &requirement)
{
    InlineTable table(out);
    append(table.key("name"), requirement.name);
    if (!requirement.extras.empty())
        appendList(table.key("extras"), requirement.extras);
    if (!requirement.groups.empty())
        appendList(table.key("groups"), requirement.groups);
    table.addText("marker", requirement.marker.text);
    if (requirement.source)
        addSource(table, *requirement.source);
    table.addText("specifier", requirement.specifiers.text(u","));
    table.addText("index", requirement.index);
    if (requirement.conflict)
        append(table.key("conflict"), *requirement.conflict);
}

void append(QByteArray &out, const Scope &scope)
{
    InlineTable table(out);
    append(table.key("name"), scope.package);
    if (scope.version)
        table.addText("version", scope.version->text());
}

/// An entry of overrides or excludes.
template <class Scoped, class List>
void appendScoped(QByteArray &out, const Scoped &entry, const List &list)
{
    if (!entry.scope)
        return append(out, list.front());
    InlineTable table(out);
    append(table.key("package"), *entry.scope);
    appendList(table.key("dependencies"), list);
}

void append(QByteArray &out, const Override &override)
{
    appendScoped(out, override, override.requirements);
}

void append(QByteArray &out, const Exclude &exclude)
{
    appendScoped(out, exclude, exclude.names);
}

void append(QByteArray &out, const File &file)
{
    InlineTable table(out);
    table.addText("url", file.url);
    table.addText("path", file.path);
    table.addText("filename", file.filename);
    table.addText("hash", file.hash);
    table.addNumber("size", file.size);
    table.addText("upload-time", file.uploadTime);
    if (file.zstd) {
        InlineTable zstd(table.key("zstd"));
        zstd.addText("hash", file.zstd->hash);
        zstd.addNumber("size", file.zstd->size);
    }
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
        return std::move(m_out);
    }

private:
    void header(QByteArrayView name) { m_out.append("\n[").append(name).append("]\n"); }

    /// key = what `appendValue` appends
    template <class AppendValue>
    void line(QByteArrayView key, AppendValue appendValue)
    {
        m_out.append(key).append(" = ");
        appendValue();
        m_out.append('\n');
    }
    template <class Value>
    void value(QByteArrayView key, const Value &value)
    {
        line(key, [&] { append(m_out, value); });
    }
    void text(QByteArrayView key, const QString &text)
    {
        if (!text.isEmpty())
            value(key, text);
    }
    template <class List>
    void list(QByteArrayView key, const List &list)
    {
        if (!list.empty())
            line(key, [&] { appendList(m_out, list); });
    }
    template <class List>
    void longList(QByteArrayView key, const List &list)
    {
        line(key, [&] { appendLongList(m_out, list); });
    }
    template <class List>
    void listByLength(QByteArrayView key, const List &list)
    {
        line(key, [&] { appendByLength(m_out, list); });
    }

    void writeHead()
    {
        m_out.append("version = 1\n");
        if (m_lock.revision > 0)
            line("revision", [&] { m_out.append(QByteArray::number(m_lock.revision)); });
        value("requires-python", m_lock.requiresPython.text());
        if (!m_lock.resolutionMarkers.empty())
            longList("resolution-markers", m_lock.resolutionMarkers);
        if (m_lock.supportedMarkers)
            longList("supported-markers", *m_lock.supportedMarkers);
        if (m_lock.requiredMarkers)
            longList("required-markers", *m_lock.requiredMarkers);
        if (m_lock.conflicts.empty())
            return;
        line("conflicts", [&] {
            appendOnOneLine(
                m_out, m_lock.conflicts, [](QByteArray &out, const auto &set) { appendLongList(out, set); });
        });
    }

    void writeOptions(const Options &options)
    {
        header("options");
        text("resolution-mode", options.resolutionMode);
        text("prerelease-mode", options.prereleaseMode);
        text("fork-strategy", options.forkStrategy);
        if (options.excludeNewer && options.excludeNewer->span.isEmpty()) {
            text("exclude-newer", options.excludeNewer->time);
        } else if (options.excludeNewer) {
            line("exclude-newer", [&] { m_out.append(NoTime).append(NoTimeComment); });
            text("exclude-newer-span", options.excludeNewer->span);
        }
        if (!options.prereleasePackages.empty())
            header("options.prerelease-package");
        for (const auto &[package, mode] : options.prereleasePackages)
            value(package.text().toLatin1(), mode);
        if (!options.excludeNewerPackages.empty())
            header("options.exclude-newer-package");
        for (const auto &[package, cutoff] : options.excludeNewerPackages)
            line(package.text().toLatin1(), [&] { appendCutoff(cutoff); });
    }

    void appendCutoff(const std::optional<Cutoff> &cutoff)
    {
        if (!cutoff) {
            m_out.append("false");
        } else if (cutoff->span.isEmpty()) {
            append(m_out, cutoff->time);
        } else {
            InlineTable table(m_out);
            table.key("timestamp").append(NoTime);
            table.addText("span", cutoff->span);
        }
    }

    void writeManifest(const Manifest &manifest)
    {
        header("manifest");
        const auto listIfAny = [this](QByteArrayView key, const auto &list) {
            if (!list.empty())
                listByLength(key, list);
        };
        if (!manifest.members.empty())
            longList("members", manifest.members);
        listIfAny("requirements", manifest.requirements);
        listIfAny("constraints", manifest.constraints);
        listIfAny("overrides", manifest.overrides);
        listIfAny("excludes", manifest.excludes);
        listIfAny("build-constraints", manifest.buildConstraints);
        if (!manifest.dependencyGroups.empty())
            header("manifest.dependency-groups");
        for (const auto &[group, requirements] : manifest.dependencyGroups)
            listByLength(group.text().toLatin1(), requirements);
        for (const StatedMetadata &metadata : manifest.dependencyMetadata) {
            header("[manifest.dependency-metadata]");
            value("name", metadata.name);
            text("version", metadata.version);
            list("requires-dist", metadata.requiresDist);
            text("requires-python", metadata.requiresPython);
            list("provides-extras", metadata.providesExtras);
        }
    }

    void writePackage(const Package &package)
    {
        header("[package]");
        value("name", package.name);
        if (package.version)
            value("version", package.version->text());
        value("source", package.source);
        if (package.defaultGroups && package.defaultGroups->isAll)
            value("default-groups", QStringLiteral("all"));
        else if (package.defaultGroups)
            line("default-groups", [&] { appendList(m_out, package.defaultGroups->groups); });
        if (!package.resolutionMarkers.empty())
            longList("resolution-markers", package.resolutionMarkers);
        if (!package.dependencies.empty())
            edges("dependencies", package.dependencies);
        if (package.sdist)
            value("sdist", *package.sdist);
        if (!package.wheels.empty())
            longList("wheels", package.wheels);
        edgeTables("package.optional-dependencies", package.optionalDependencies);
        edgeTables("package.dev-dependencies", package.groupDependencies);
        if (!package.groupRequiresPython.empty())
            header("package.group-requires-python");
        for (const auto &[group, specifiers] : package.groupRequiresPython)
            value(group.text().toLatin1(), specifiers);
        if (!package.metadata.isEmpty())
            writeMetadata(package.metadata);
    }

    void edges(QByteArrayView key, const std::vector<Dependency> &dependencies)
    {
        line(key, [&] {
            appendOnManyLines(m_out, dependencies,
                [this](QByteArray &, const Dependency &dependency) { edge(dependency); });
        });
    }

    void edge(const Dependency &dependency)
    {
        const Package &target = m_lock.packages[dependency.target];
        InlineTable table(m_out);
        append(table.key("name"), target.name);
        if (m_counts.at(target.name) > 1) {
            if (target.version)
                table.addText("version", target.version->text());
            append(table.key("source"), target.source);
        }
        if (!dependency.extras.empty())
            appendList(table.key("extra"), dependency.extras);
        table.addText("marker", dependency.marker.text);
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
            edges(key.text().toLatin1(), dependencies);
        }
    }

    void writeMetadata(const DeclaredMetadata &metadata)
    {
        header("package.metadata");
        if (!metadata.requiresDist.empty())
            listByLength("requires-dist", metadata.requiresDist);
        list("provides-extras", metadata.providesExtras);
        if (!metadata.requiresDev.empty())
            header("package.metadata.requires-dev");
        for (const auto &[group, requirements] : metadata.requiresDev)
            listByLength(group.text().toLatin1(), requirements);
    }

    const Lock &m_lock;
    std::unordered_map<names::PackageName, int> m_counts;
    QByteArray m_out;
};

} // namespace

QByteArray bytes(const Lock &lock)
{
    return Writer(lock).write();
}

} // namespace sconce::lock
