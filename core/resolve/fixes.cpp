// SPDX-License-Identifier: Apache-2.0
#include "resolve/fixes.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/safe_url.h"
#include "base/text.h"
#include "markers/extras.h"
#include "work/stop_when.h"

namespace sconce::resolve {

using names::PackageName;
using project::Item;
using project::SourcedRequirement;
using namespace Qt::StringLiterals;

namespace {

/// Trials of one kind stop here: a person reads no longer list, and each one takes time.
constexpr std::size_t Most = 4;

class Trials {
    Q_DECLARE_TR_FUNCTIONS(resolve)

public:
    Trials(const UniversalRequest &request, const Conflict &conflict, Supply &supply,
        const JobContext &context, const IsLate &isLate)
        : m_request(request)
        , m_conflict(conflict)
        , m_supply(supply)
        , m_context(context)
        , m_isLate(isLate)
    {}

    Result<std::vector<Fix>> run()
    {
        SCONCE_TRY(declareConflicts());
        SCONCE_TRY(relaxBounds());
        SCONCE_TRY(useOtherIndexes());
        SCONCE_TRY(raisePython());
        SCONCE_TRY(leaveOutComputers());
        return std::move(m_fixes);
    }

private:
    /// Resolves the changed request; the fix is kept when that works. `shown`: whose version is told.
    Result<bool> attempt(
        const UniversalRequest &changed, Fix fix, const std::optional<PackageName> &shown = std::nullopt)
    {
        SCONCE_TRY(m_context.goOn());
        if (m_isLate())
            return false;
        m_context.progress().setLabel(tr("Trying a way out: %1").arg(fix.text));
        const StopWhen watched(m_context.stopToken(), m_isLate);
        // What a trial is at is nobody's progress: the label says what is tried.
        const JobContext own(watched.token(), std::make_shared<Progress>());
        const auto outcome = resolveUniversal(changed, m_supply, own);
        SCONCE_TRY(m_context.goOn());
        if (!outcome)
            return false;
        const auto *resolution = std::get_if<UniversalResolution>(&*outcome);
        if (!resolution)
            return false;
        if (shown)
            fix.outcome = versionsOf(*resolution, *shown);
        m_fixes.push_back(std::move(fix));
        return true;
    }

    static QString versionsOf(const UniversalResolution &resolution, const PackageName &package)
    {
        QStringList versions;
        for (const Distribution &distribution : resolution.distributions) {
            if (distribution.name == package)
                versions.append(package.text() + u' ' + distribution.version.text());
        }
        return listText(versions);
    }

    static QString shownItem(const Item &item)
    {
        switch (item.kind) {
        case Item::Kind::Extra: return tr("the extra “%1” of “%2”").arg(item.name, item.package.text());
        case Item::Kind::Group: return tr("the group “%1” of “%2”").arg(item.name, item.package.text());
        case Item::Kind::Project: break;
        }
        return u'“' + item.package.text() + u'”';
    }

    /// An extra comes with its project, so the two cannot exclude each other.
    static bool isExtraOf(const Item &extra, const Item &owner)
    {
        return extra.kind == Item::Kind::Extra && owner.kind == Item::Kind::Project
            && extra.package == owner.package;
    }

    Result<> declareConflicts()
    {
        const auto &items = m_conflict.leads.items;
        std::size_t tried = 0;
        for (std::size_t first = 0; first < items.size(); ++first) {
            for (std::size_t second = first + 1; second < items.size() && tried < Most; ++second) {
                if (isExtraOf(items[first], items[second]) || isExtraOf(items[second], items[first]))
                    continue;
                ++tried;
                UniversalRequest changed = m_request;
                project::ConflictSet set{items[first], items[second]};
                std::ranges::sort(set);
                changed.workspace.conflicts.push_back(set);
                const QString text =
                    tr("Declare that %1 and %2 exclude each other").arg(shownItem(set[0]), shownItem(set[1]));
                SCONCE_TRY(attempt(changed, {Fix::Kind::DeclareConflict, text, {}, set}));
            }
        }
        return {};
    }

    template <class Change>
    static void eachRequirement(project::Workspace &workspace, Change change)
    {
        const auto changeAll = [&](std::vector<SourcedRequirement> &requirements) {
            std::ranges::for_each(requirements, change);
        };
        for (auto &[name, member] : workspace.members) {
            changeAll(member.requirements);
            for (auto &[group, requirements] : member.groups)
                changeAll(requirements);
        }
        for (auto &[group, requirements] : workspace.rootGroups)
            changeAll(requirements);
    }

    Result<> relaxBounds()
    {
        for (const PackageName &package : first(m_conflict.leads.bounded)) {
            UniversalRequest changed = m_request;
            eachRequirement(changed.workspace, [&](SourcedRequirement &requirement) {
                if (requirement.name == package)
                    requirement.specifiers = {};
            });
            const QString text = tr("Ask for any version of “%1”").arg(package.text());
            SCONCE_TRY(attempt(changed, {Fix::Kind::RelaxBound, text, {}, {}, package}, package));
        }
        return {};
    }

    /// Also finds what comes along with builds of PyTorch and is on their index only.
    Result<> useOtherIndexes()
    {
        for (const PackageName &package : first(m_conflict.leads.missing)) {
            const auto isPinned = [&](const project::Pin &pin) { return pin.name == package; };
            if (std::ranges::any_of(m_request.workspace.pins, isPinned))
                continue;
            for (const metadata::IndexLocation &index : first(m_request.indexes)) {
                UniversalRequest changed = m_request;
                const QString address = index.address();
                changed.workspace.pins.push_back({package, {}, {}, address});
                const QString text =
                    tr("Take “%1” from %2")
                        .arg(package.text(), index.name.isEmpty() ? safeText(index.url) : index.name);
                if (SCONCE_TRY(
                        attempt(changed, {Fix::Kind::UseIndex, text, {}, {}, package, address}, package)))
                    break;
            }
        }
        return {};
    }

    Result<> raisePython()
    {
        std::vector<versions::Version> pythons = m_conflict.leads.pythons;
        std::ranges::sort(pythons);
        for (const versions::Version &python : first(pythons)) {
            const versions::ReleaseRange::Cut low{python, false};
            if (m_request.python.low && low <= *m_request.python.low)
                continue;
            const auto bound = versions::SpecifierSet::parse(QString(">="_L1 + python.text()));
            if (!bound)
                continue;
            const auto range = versions::ReleaseRange::of(m_request.requiresPython)
                                   .intersection(versions::ReleaseRange::of(*bound));
            if (range.isEmpty())
                continue;
            UniversalRequest changed = m_request;
            changed.python = {range.lower(), range.upper()};
            changed.requiresPython = range.specifiers();
            const QString text = tr("Set requires-python to “%1”").arg(range.text());
            if (SCONCE_TRY(attempt(changed, {Fix::Kind::RaisePython, text, {}, {}, {}, range.text()})))
                break;
        }
        return {};
    }

    Result<> leaveOutComputers()
    {
        const auto rest = markers::simplified(!m_conflict.where, m_request.python);
        const bool isDone = std::ranges::contains(m_fixes, Fix::Kind::RaisePython, &Fix::kind);
        if (isDone || rest.isNever() || !markers::extrasOf(rest).empty())
            return {};
        UniversalRequest changed = m_request;
        changed.environments = {rest};
        changed.initialForks = {rest};
        const QString text = tr("Limit the project to computers with %1 (environments)").arg(rest.text());
        SCONCE_TRY(attempt(changed, {Fix::Kind::LeaveOutComputers, text, {}, {}, {}, rest.text()}));
        return {};
    }

    template <class T>
    static std::span<const T> first(const std::vector<T> &list)
    {
        return std::span(list).first(std::min(list.size(), Most));
    }

    const UniversalRequest &m_request;
    const Conflict &m_conflict;
    Supply &m_supply;
    const JobContext &m_context;
    const IsLate &m_isLate;
    std::vector<Fix> m_fixes;
};

} // namespace

IsLate lateAfter(std::chrono::milliseconds time)
{
    using Clock = std::chrono::steady_clock;
    return [end = Clock::now() + time] { return Clock::now() >= end; };
}

Result<std::vector<Fix>> workingFixes(const UniversalRequest &request, const Conflict &conflict,
    Supply &supply, const JobContext &context, const IsLate &isLate)
{
    return Trials(request, conflict, supply, context, isLate).run();
}

} // namespace sconce::resolve
