// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include <QJsonObject>

#include "resolve/specific.h"

namespace sconce::kit {

/// A world of packages read from a file. The short form has one index, https://index.test/simple:
///
///     {"packages": {"vision": {"2.0": ["tensor >=2,<3"], "1.0": []}, "tensor": {"2.1": []}}}
///
/// The long form names indexes, in order, and files:
///
///     {"indexes": [{"url": "https://one.test/simple", "name": "one", "explicit": true, "refused": {"a":
///     403},
///       "packages": {"a": {"1": {"needs": ["b"], "extras": ["x"], "python": ">=3.9", "metadata-python":
///       ">=3.9",
///         "files": ["py3-none-any", "tar.gz"], "yanked": "reason", "uploaded": "2026-05-01T00:00:00Z",
///         "broken": "sentence"}}}}]}
///
/// Without "files" a version is one wheel for every Python and platform.
class Universe final : public resolve::Supply {
public:
    static Result<std::shared_ptr<Universe>> read(const QJsonObject &world);

    const std::vector<metadata::IndexLocation> &indexes() const { return m_indexes; }
    const metadata::IndexFile *file(const QString &fileName) const;

    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override;
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override;
    void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) override;
    void expectMetadata(const metadata::IndexFile &file) override;
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) override;

    /// What happened, in order: "page a", "metadata a-1-py3-none-any.whl", and the hints with "expect " in
    /// front.
    QStringList log;

private:
    Result<> addIndex(const QJsonObject &index);
    Result<> addVersion(
        const QUrl &index, const QString &name, const QString &version, const QJsonValue &value);

    std::vector<metadata::IndexLocation> m_indexes;
    std::map<std::pair<QUrl, QString>, std::vector<metadata::IndexFile>> m_pages;
    std::map<std::pair<QUrl, QString>, int> m_refused;
    std::map<QUrl, Result<std::shared_ptr<const metadata::CoreMetadata>>> m_metadata;
};

/// The request that a test file describes: "wish" (requirements, or {"requirement", "index", "file",
/// "origin"}), "constraints", "overrides", "excludes", "strategy", "order", "pre-releases", "exclude-newer",
/// "exclude-newer-package" and "exclude-newer-index" ({"a": "2026-01-01T00:00:00Z", "b": false}),
/// "scoped-overrides" and "scoped-excludes" ({"package", "version", "dependencies"}), "stated" ({"name",
/// "version", "needs"}), "no-build-packages", "no-binary-packages", "python", "platform", "no-dependencies",
/// "no-build", "torch" (backends), "torch-mirror", "system-rule", "preferences" ({"a": ["1"]}).
Result<resolve::SpecificRequest> readRequest(const QJsonObject &file, const Universe &universe);

/// One package a line: name, version, extras, index where there are several, then what needs it.
QString asText(const resolve::Resolution &resolution);

} // namespace sconce::kit
