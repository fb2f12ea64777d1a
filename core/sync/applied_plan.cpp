// SPDX-License-Identifier: Apache-2.0
#include "sync/applied_plan.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sconce::sync {

using namespace Qt::StringLiterals;

namespace {

QJsonValue valueOf(const std::optional<versions::Version> &version)
{
    return version ? QJsonValue(version->text()) : QJsonValue();
}

Result<std::optional<versions::Version>> versionFrom(const QJsonValue &value)
{
    if (!value.isString())
        return std::nullopt;
    return SCONCE_TRY(versions::Version::parse(value.toString()));
}

} // namespace

AppliedPlan AppliedPlan::of(const plan::Plan &plan, const QDateTime &when)
{
    AppliedPlan applied{.when = when};
    for (const plan::Operation &operation : plan.operations)
        applied.packages.push_back({operation.name, operation.from, operation.to});
    for (const plan::FileChange &file : plan.files)
        applied.files.push_back({file.path, file.summary});
    return applied;
}

QByteArray AppliedPlan::note() const
{
    QJsonArray packageRows;
    for (const Package &package : packages)
        packageRows.append(QJsonObject{{u"name"_s, package.name.text()}, {u"from"_s, valueOf(package.from)},
            {u"to"_s, valueOf(package.to)}});
    QJsonArray fileRows;
    for (const File &file : files)
        fileRows.append(QJsonObject{{u"path"_s, file.path}, {u"summary"_s, file.summary}});
    return QJsonDocument(QJsonObject{{u"when"_s, when.toUTC().toString(Qt::ISODateWithMs)},
                             {u"packages"_s, packageRows}, {u"files"_s, fileRows}})
        .toJson(QJsonDocument::Compact);
}

Result<AppliedPlan> AppliedPlan::fromNote(const QByteArray &note)
{
    const QJsonDocument document = QJsonDocument::fromJson(note);
    AppliedPlan applied{.when = QDateTime::fromString(document[u"when"].toString(), Qt::ISODateWithMs)};
    if (!applied.when.isValid())
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("sync", "It is not known what was changed then")));
    for (const QJsonValue row : document[u"packages"].toArray()) {
        const auto name = SCONCE_TRY(names::PackageName::parse(row[u"name"].toString()));
        const auto from = SCONCE_TRY(versionFrom(row[u"from"]));
        const auto to = SCONCE_TRY(versionFrom(row[u"to"]));
        applied.packages.push_back({name, from, to});
    }
    for (const QJsonValue row : document[u"files"].toArray())
        applied.files.push_back({row[u"path"].toString(), row[u"summary"].toString()});
    return applied;
}

} // namespace sconce::sync
