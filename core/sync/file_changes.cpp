// SPDX-License-Identifier: Apache-2.0
#include "sync/file_changes.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

namespace sconce::sync {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(syncLog, "sconce.sync", QtInfoMsg)

} // namespace

std::vector<wheel::FileChange> filesOf(const plan::Plan &plan)
{
    std::vector<wheel::FileChange> files;
    for (const plan::FileChange &file : plan.files)
        files.push_back({file.path, file.before, file.after});
    return files;
}

FileChanges::FileChanges(std::vector<wheel::FileChange> changes)
    : m_changes(std::move(changes))
    , m_temporaryName(
          u".sconce-%1-file"_s.arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0')))
{}

FileChanges::~FileChanges()
{
    for (std::size_t i = 0; i < m_written; ++i) {
        if (const Result<> restored = wheel::takeBack(m_changes[i], m_temporaryName); !restored)
            qCWarning(syncLog).noquote() << "not put back as it was:" << restored.error().forLog();
    }
}

Result<> FileChanges::write()
{
    SCONCE_TRY(wheel::checkFiles(m_changes));
    for (const wheel::FileChange &change : m_changes) {
        SCONCE_TRY(wheel::write(change, m_temporaryName));
        ++m_written;
    }
    return {};
}

} // namespace sconce::sync
