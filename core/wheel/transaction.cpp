// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDir>

#include "wheel/carry_out.h"
#include "wheel/install.h"
#include "wheel/states.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

/// What is staged is on the disk; now the change is made.
Result<> commitStage(const QString &root, files::TemporaryFolder &stage, std::vector<Change> changes,
    const Company &company, const JobContext &context)
{
    if (company.note)
        SCONCE_TRY(files::writeNew(stage.path() + u'/' + NoteName, *company.note));
    SCONCE_TRY(files::makeTreeDurable(stage.path()));
    SCONCE_TRY(context.goOn());
    const Journal journal{.changes = std::move(changes),
        .files = company.files,
        .end = company.note ? Journal::End::Keep : Journal::End::Drop,
        .madeEnvironment = company.madeEnvironment};
    return carryOut(root, stage, journal);
}

} // namespace

struct Transaction::State {
    Layout layout;
    files::LockFile lock;
    // Goes before the lock does.
    files::TemporaryFolder stage;
    Staged staged;
    Removal removal;
    ExchangeSupport exchange;
};

Transaction::Transaction(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

Transaction::~Transaction() = default;
Transaction::Transaction(Transaction &&) noexcept = default;
Transaction &Transaction::operator=(Transaction &&) noexcept = default;

Result<Transaction> Transaction::begin(
    const python::Interpreter &environment, const JobContext &context, files::LinkMode first)
{
    Layout layout = SCONCE_TRY(Layout::of(environment));
    files::LockFile lock = SCONCE_TRY(lockEnvironment(layout.root, context));
    SCONCE_TRY(finishStages(layout.root, context));
    files::TemporaryFolder stage = SCONCE_TRY(files::TemporaryFolder::make(layout.root, StagePrefix));
    const QString folder = stage.path();
    SCONCE_TRY(files::makeFolder(folder + u"/new"_s));
    SCONCE_TRY(files::makeFolder(folder + u"/old"_s));
    // Both are empty still, so that it does not matter which is which afterwards.
    const bool canExchange = files::exchange(folder + u"/new"_s, folder + u"/old"_s).has_value();
    return Transaction(std::make_unique<State>(
        State{std::move(layout), std::move(lock), std::move(stage), Staged(folder + u"/new"_s, first),
            Removal(), canExchange ? ExchangeSupport::Yes : ExchangeSupport::No}));
}

Result<> Transaction::add(const Source &source, const JobContext &context)
{
    return m_state->staged.add(source, m_state->layout, context);
}

Result<> Transaction::remove(const environment::Installed &installed, const JobContext &context)
{
    return m_state->removal.add(installed, m_state->layout, context);
}

Result<> Transaction::commit(const JobContext &context, const Company &company)
{
    State &state = *m_state;
    const QString name = state.stage.path().sliced(state.layout.root.size() + 1);
    SCONCE_TRY(state.staged.finish(context));
    SCONCE_TRY(state.removal.settle(state.layout, context));
    std::vector<Change> changes = SCONCE_TRY(
        planChanges(state.layout, name + u"/new"_s, name + u"/old"_s, state.removal, state.exchange));
    return commitStage(state.layout.root, state.stage, std::move(changes), company, context);
}

Result<> changeFiles(const QString &environmentFolder, const Company &company, const JobContext &context)
{
    const QString root = QDir::cleanPath(environmentFolder);
    const files::LockFile lock = SCONCE_TRY(lockEnvironment(root, context));
    SCONCE_TRY(finishStages(root, context));
    files::TemporaryFolder stage = SCONCE_TRY(files::TemporaryFolder::make(root, StagePrefix));
    return commitStage(root, stage, {}, company, context);
}

bool isUnfinished(const QString &environmentFolder)
{
    const QDir folder(environmentFolder);
    const QStringList stages =
        folder.entryList({StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    return std::ranges::any_of(stages,
        [&](const QString &name) { return files::exists(folder.filePath(name + u'/' + JournalName)); });
}

Result<> recover(const QString &environmentFolder, const JobContext &context)
{
    dropTakenAway(environmentFolder);
    if (!environment::isEnvironment(environmentFolder))
        return {};
    const files::LockFile lock = SCONCE_TRY(lockEnvironment(environmentFolder, context));
    return finishStages(environmentFolder, context);
}

Result<> recoverIfUnfinished(const QString &environmentFolder, const JobContext &context)
{
    return isUnfinished(environmentFolder) ? recover(environmentFolder, context) : Result<>();
}

} // namespace sconce::wheel
