// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "wheel/install.h"
#include "wheel/journal.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

QString lockIn(const QString &root)
{
    return root + u"/.lock"_s;
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
    files::LockFile lock = SCONCE_TRY(files::LockFile::acquire(lockIn(layout.root), context));
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

Result<> Transaction::commit(const JobContext &context)
{
    State &state = *m_state;
    const QString &stage = state.stage.path();
    const QString name = stage.sliced(state.layout.root.size() + 1);
    SCONCE_TRY(state.staged.writeRecords(state.layout));
    SCONCE_TRY(state.removal.settle(state.layout, context));
    const std::vector<Change> changes = SCONCE_TRY(
        planChanges(state.layout, name + u"/new"_s, name + u"/old"_s, state.removal, state.exchange));
    SCONCE_TRY(files::makeTreeDurable(stage));
    SCONCE_TRY(context.goOn());
    Result<> done = carryOut(state.layout.root, stage, changes);
    // With a journal in it the stage is not ours to remove any more: recover() needs it.
    if (files::exists(stage + u"/journal"_s))
        state.stage.keep();
    return done;
}

Result<> recover(const QString &environmentFolder, const JobContext &context)
{
    if (!environment::isEnvironment(environmentFolder))
        return {};
    const files::LockFile lock = SCONCE_TRY(files::LockFile::acquire(lockIn(environmentFolder), context));
    return finishStages(environmentFolder, context);
}

} // namespace sconce::wheel
