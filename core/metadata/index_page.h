// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <QDateTime>
#include <QUrl>

#include "base/inline_list.h"
#include "metadata/core_metadata.h"
#include "metadata/wheel_name.h"

namespace sconce::metadata {

/// A package source as configured (resolver.md § 3).
struct IndexLocation {
    /// Empty where none was given.
    QString name;
    QUrl url;
    bool isDefault = false;
    bool isExplicit = false;
    bool isFlat = false;
    /// A folder that was named by its whole path: locks do the same.
    bool isAbsolutePath = false;
    /// Replaces the host's default list when set.
    std::optional<std::vector<int>> ignoreErrorCodes;

    /// As locks tell it: without a login.
    QString address() const { return url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo); }
    bool operator==(const IndexLocation &) const = default;
};

/// One file of a project as an index lists it.
struct IndexFile {
    QString fileName;
    /// Absolute, encoded as QUrl::FullyEncoded. Text, since most addresses are only written down.
    QString address;
    /// As the page has it, before it was made absolute; where a requirement names it, with its fragment.
    QString urlAsWritten;
    /// "sha256:0a1b…", lower-case hex; usually sha256 only.
    InlineList<QString, 1> hashes;
    std::optional<qint64> size;
    std::optional<QDateTime> uploadTime;
    std::optional<versions::SpecifierSet> requiresPython;
    std::optional<QString> yanked; // the reason, perhaps empty
    /// PEP 658/714: the metadata is at url + ".metadata".
    bool hasMetadataFile = false;
    /// False for sources at an address whose name does not tell; `version` means nothing then.
    bool isVersionKnown = true;
    QString metadataSha256;
    names::PackageName package;
    versions::Version version;
    /// Nothing for an sdist.
    std::optional<WheelName> wheel;
    QUrl url() const { return QUrl(address); }
    QString sha256() const;
    /// False for a wheel with tags that no Python has (WheelTags::areKnown).
    bool hasKnownTags() const;
};

/// What an index knows of one package, by version. Most versions of a page are never looked at, so their
/// files are read when somebody asks for them. Thread-safe.
class IndexPage {
public:
    struct Release {
        /// As the first of the files spells it.
        versions::Version version;
        /// Of the file that came first, milliseconds since 1970, UTC; nothing where one of them says no time.
        std::optional<qint64> firstUpload;
        /// Whether the wheels among them have tags that exist (WheelTags::areKnown); an sdist counts as if it
        /// had.
        enum class Tags : quint8 { AllKnown, SomeKnown, NoneKnown };
        Tags tags = Tags::AllKnown;
    };
    /// Called once at most for each place in the list of releases, on any thread, one call at a time.
    using Read = std::function<std::vector<IndexFile>(std::size_t release)>;

    /// In which order the files of a version are. Sources have no tags and stand in front then.
    enum class Order { ByName, ByTags };
    /// Files in any order.
    explicit IndexPage(std::vector<IndexFile> files, Order order = Order::ByName);
    /// `releases`: by version, ascending.
    IndexPage(std::vector<Release> releases, Read read);

    /// By version, ascending.
    const std::vector<Release> &releases() const { return m_releases; }
    /// Of one version, in order of their names' bytes unless said otherwise. They stay where they are as long
    /// as the page lives.
    const std::vector<IndexFile> &files(std::size_t release) const;
    /// Reads the files that will most likely be asked for: those of the newest version.
    void readAhead() const;
    /// All files, in order of their names' bytes.
    std::vector<IndexFile> allFiles() const;

private:
    std::vector<Release> m_releases;
    const Read m_read;
    mutable std::mutex m_lock;
    mutable std::vector<std::optional<std::vector<IndexFile>>> m_files;
};

/// How an index answered for one package.
struct PageAnswer {
    enum class Kind { Found, Absent, Refused };
    Kind kind = Kind::Absent;
    int status = 200;
    std::shared_ptr<const IndexPage> page;
};

} // namespace sconce::metadata
