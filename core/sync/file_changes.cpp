// SPDX-License-Identifier: Apache-2.0
#include "sync/file_changes.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include "files/files.h"

namespace sconce::sync {

namespace {

Q_LOGGING_CATEGORY(syncLog, "sconce.sync", QtInfoMsg)

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sync)
};

} // namespace

FileChanges::~FileChanges()
{
    for (const plan::FileChange &change : m_changes.first(m_written)) {
        const Result<> restored =
            change.before ? files::writeWhole(change.path, *change.before) : files::remove(change.path);
        if (!restored)
            qCWarning(syncLog).noquote() << "not put back as it was:" << restored.error().forLog();
    }
}

Result<> FileChanges::check() const
{
    for (const plan::FileChange &change : m_changes) {
        const Result<QByteArray> bytes = files::read(change.path);
        if (!bytes && bytes.error().kind() != ErrorKind::NotFound)
            return std::unexpected(bytes.error());
        if ((bytes ? std::optional(*bytes) : std::nullopt) != change.before) {
            return std::unexpected(Error(
                ErrorKind::BadInput, Words::tr("“%1” was changed since the plan was made").arg(change.path))
                    .hint(Words::tr("Make the plan again")));
        }
    }
    return {};
}

Result<> FileChanges::write()
{
    SCONCE_TRY(check());
    for (const plan::FileChange &change : m_changes) {
        SCONCE_TRY(files::writeWhole(change.path, change.after));
        ++m_written;
    }
    return {};
}

} // namespace sconce::sync
