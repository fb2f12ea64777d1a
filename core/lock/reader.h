// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include <QHash>

#include "lock/document.h"
#include "lock/read.h"
#include "lock/words.h"

namespace sconce::lock {

/// From the tree of a document to the values of a lock; only this module uses it. Keys that it does not know
/// are passed over.
class Reader {
public:
    Reader(const Document &document, WheelNames wheelNames)
        : m_document(document)
        , m_wheelNames(wheelNames)
    {}

    /// Indexes of the packages of each name.
    using PackageNames = std::unordered_map<names::PackageName, std::vector<std::size_t>>;

    Result<Lock> lock();

private:
    // Values (reader.cpp)
    std::unexpected<Error> fault(const Value &value, const QString &sentence) const;
    /// An error from a parser of the text, told where the text stands.
    std::unexpected<Error> retold(const Value &value, const Error &error) const;
    Result<const Value *> needed(const Value &table, QByteArrayView key) const;
    Result<> check(const Value &value, Value::Kind kind) const;
    Result<QString> text(const Value &value) const;
    Result<QString> neededText(const Value &table, QByteArrayView key) const;
    /// Empty when the key is absent.
    Result<QString> optionalText(const Value &table, QByteArrayView key) const;
    Result<qint64> number(const Value &value) const;
    Result<std::optional<qint64>> optionalNumber(const Value &table, QByteArrayView key) const;
    Result<names::Name> name(const Value &value);
    Result<names::Name> neededName(const Value &table, QByteArrayView key);
    Result<names::Name> keyName(const Value &value) const;
    Result<std::optional<versions::Version>> optionalVersion(const Value &table) const;
    Result<versions::SpecifierSet> specifiers(const Value *value) const;
    Result<LockedMarker> marker(const Value *value);
    Result<std::vector<LockedMarker>> markers(const Value &table, QByteArrayView key);
    Result<std::vector<names::Name>> nameList(const Value &table, QByteArrayView key);
    Result<QStringList> texts(const Value &table, QByteArrayView key);

    /// Shows the children of a table or array to `visitor`; an absent one has none.
    template <class Visitor>
    Result<> visit(const Value *parent, Value::Kind kind, Visitor visitor) const
    {
        if (parent == nullptr)
            return {};
        SCONCE_TRY(check(*parent, kind));
        for (const Value *child = m_document.first(*parent); child != nullptr;
            child = m_document.next(*child))
            SCONCE_TRY(visitor(*child));
        return {};
    }

    /// The elements of an array, each through `read`; empty when there is none.
    template <class Read>
    auto elements(const Value *array, Read read) const
        -> Result<std::vector<typename decltype(read(*array))::value_type>>
    {
        std::vector<typename decltype(read(*array))::value_type> result;
        const auto append = [&](const Value &element) -> Result<> {
            result.push_back(SCONCE_TRY(read(element)));
            return {};
        };
        SCONCE_TRY(visit(array, Value::Kind::Array, append));
        return result;
    }

    template <class Read>
    auto each(const Value &table, QByteArrayView key, Read read) const
    {
        return elements(m_document.child(table, key), read);
    }

    /// The values of a table by name, each through `read`.
    template <class Read>
    auto eachNamed(const Value *table, Read read) const
        -> Result<std::map<names::Name, typename decltype(read(*table))::value_type>>
    {
        std::map<names::Name, typename decltype(read(*table))::value_type> result;
        const auto insert = [&](const Value &value) -> Result<> {
            const names::Name name = SCONCE_TRY(keyName(value));
            result.insert_or_assign(name, SCONCE_TRY(read(value)));
            return {};
        };
        SCONCE_TRY(visit(table, Value::Kind::Table, insert));
        return result;
    }

    // Head of the file (read_head.cpp)
    Result<> readFormat(const Value &root, Lock &lock);
    Result<> readHead(const Value &root, Lock &lock);
    Result<std::optional<std::vector<LockedMarker>>> optionalMarkers(const Value &table, QByteArrayView key);
    Result<Options> options(const Value &table);
    Result<> readPackageOptions(const Value &table, Options &options) const;
    Result<QString> mode(const Value &table, QByteArrayView key, const QStringList &known) const;
    Result<std::optional<Cutoff>> packageCutoff(const Value &value) const;
    Result<Manifest> manifest(const Value &table);
    Result<std::optional<Scope>> scope(const Value &table);
    Result<Override> overrideOf(const Value &value);
    Result<Exclude> exclude(const Value &value);
    Result<StatedMetadata> statedMetadata(const Value &table);
    Result<ConflictItem> conflictItem(const Value &table);
    Result<LockedRequirement> requirement(const Value &table);
    Result<std::vector<LockedRequirement>> requirements(const Value *array);
    Result<std::vector<LockedRequirement>> requirements(const Value &table, QByteArrayView key)
    {
        return requirements(m_document.child(table, key));
    }

    // Packages (read_package.cpp)
    Result<Package> package(const Value &table);
    Result<Source> source(const Value &table) const;
    Result<std::optional<Source>> optionalSource(const Value &table) const;
    Result<File> file(const Value &table, const Package &package) const;
    Result<File::Zstd> zstd(const Value &table) const;
    Result<QString> hash(const Value &value) const;
    Result<> checkFiles(const Value &table, const Package &package) const;
    /// `expected`: the version of the package.
    Result<> checkWheelName(
        const Value &table, const Package &package, const File &wheel, const QString &expected) const;
    Result<std::optional<DefaultGroups>> defaultGroups(const Value &table);
    Result<DeclaredMetadata> metadata(const Value &table);

    // Edges (read_edges.cpp)
    Result<> readEdges(const std::vector<const Value *> &tables, Lock &lock);
    Result<> readEdges(const Value &table, Package &package, const Lock &lock, const PackageNames &names);
    Result<std::vector<Dependency>> edges(const Value *array, const Lock &lock, const PackageNames &names);
    Result<Dependency> edge(const Value &table, const Lock &lock, const PackageNames &names);
    Result<> checkBlocks(const std::vector<const Value *> &tables, const Lock &lock) const;
    Result<> checkRoots(const std::vector<const Value *> &tables, const Lock &lock) const;

    const Document &m_document;
    WheelNames m_wheelNames;
    // Texts repeat often.
    QHash<QByteArrayView, LockedMarker> m_markers;
    QHash<QByteArrayView, names::Name> m_names;
};

} // namespace sconce::lock
