// SPDX-License-Identifier: Apache-2.0
#include "actions/doctor.h"

#include <algorithm>
#include <map>
#include <set>

#include <QDir>

#include "actions/doctor_lock.h"
#include "actions/doctor_words.h"
#include "actions/words.h"
#include "environment/audit.h"
#include "files/files.h"
#include "wheel/audit.h"
#include "wheel/install.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using Remedy = Finding::Remedy;

namespace {

/// BadInput, NotFound for what is not even a broken environment.
Result<> checkIsEnvironment(const QString &folder)
{
    const QFileInfo entry(folder);
    if (environment::isOrWasEnvironment(folder))
        return {};
    if (entry.isSymLink() && !entry.exists())
        return std::unexpected(Error(ErrorKind::NotFound, Words::tr("“%1” is a link to nothing").arg(folder))
                .hint(Words::tr("Remove the link, and make the environment with “sconce venv”")));
    if (!entry.exists() || (entry.isDir() && QDir(folder).isEmpty()))
        return std::unexpected(
            Error(ErrorKind::NotFound, Words::tr("There is no environment at “%1”").arg(folder))
                .hint(Words::tr("Make one with “sconce venv”, or name one with --python")));
    return std::unexpected(
        Error(ErrorKind::BadInput, Words::tr("“%1” is there and is not an environment").arg(folder))
            .hint(Words::tr("Name an environment with --python")));
}

/// The environment's Python when it works and is the one that the environment was made with; else findings.
Result<> findInterpreter(DoctorReport &report, const Tools &tools, const JobContext &context)
{
    const QString &folder = report.request.environmentFolder;
    bool mayBeAsked = true;
    for (const environment::OwnFault &fault : environment::ownFaults(folder)) {
        mayBeAsked &= fault.kind == environment::OwnFault::Kind::Moved;
        report.findings.push_back(findingOf(fault));
        if (fault.kind == environment::OwnFault::Kind::Moved)
            report.formerPlace = fault.names;
    }
    if (!mayBeAsked)
        return {};
    auto asked = python::probe(python::executableIn(folder), *tools.runner, tools.cacheFolder, context);
    if (!asked && asked.error().kind() == ErrorKind::Stopped)
        return std::unexpected(std::move(asked).error());
    if (!asked) {
        report.findings.push_back(trouble(u"interpreter-fails"_s, asked.error(), Remedy::Renew));
        return {};
    }
    const QString made = environment::pythonMadeWith(folder);
    const QString now = u"%1.%2"_s.arg(asked->abi.major).arg(asked->abi.minor);
    if (QFileInfo(asked->prefix).canonicalFilePath() != QFileInfo(folder).canonicalFilePath()) {
        const Error error(ErrorKind::BadInput,
            Words::tr("The environment's Python belongs to another folder: “%1”").arg(asked->prefix));
        report.findings.push_back(trouble(u"interpreter-elsewhere"_s, error, Remedy::Renew));
    } else if (!made.isEmpty() && made != now) {
        const Error error(ErrorKind::BadInput,
            Words::tr("The environment was made with Python %1, and its Python is %2 now").arg(made, now));
        report.findings.push_back(trouble(u"interpreter-changed"_s, error, Remedy::Renew));
    } else {
        report.interpreter = std::move(*asked);
    }
    return {};
}

/// Of several .dist-info folders of one package all but the best: the version that the lock wants, then the
/// one with the least damage, then the newest.
class Twins {
public:
    Twins(const DoctorReport &report, const std::vector<wheel::Fault> &faults)
    {
        std::map<QString, std::size_t> damage;
        for (const wheel::Fault &fault : faults)
            damage[fault.distInfo] += fault.kind < wheel::Fault::Kind::Missing ? 1000 : 1;
        std::multimap<names::PackageName, const environment::Installed *> byName;
        for (const environment::Installed &one : report.installed)
            byName.emplace(one.name, &one);
        for (auto first = byName.begin(); first != byName.end();) {
            const auto last = byName.upper_bound(first->first);
            const auto worth = [&](const auto &entry) {
                const environment::Installed &one = *entry.second;
                return std::tuple(
                    isWanted(report, one), -qint64(damage[distInfoOf(report, one)]), one.version);
            };
            const auto best = std::ranges::max_element(first, last, {}, worth);
            for (; first != last; ++first) {
                if (first != best)
                    m_stale.push_back(*first->second);
            }
        }
    }

    const std::vector<environment::Installed> &stale() const { return m_stale; }

    static QString distInfoOf(const DoctorReport &report, const environment::Installed &installed)
    {
        const QDir root(QFileInfo(report.request.environmentFolder).canonicalFilePath());
        const QFileInfo entry(installed.distInfo);
        return root.relativeFilePath(QFileInfo(entry.path()).canonicalFilePath()) + u'/' + entry.fileName();
    }

private:
    static bool isWanted(const DoctorReport &report, const environment::Installed &installed)
    {
        return report.lock
            && std::ranges::any_of(report.lock->wanted.packages, [&](const resolve::ResolvedPackage &wanted) {
                   return wanted.name == installed.name && wanted.version == installed.version;
               });
    }

    std::vector<environment::Installed> m_stale;
};

bool isWanted(const DoctorReport &report, const names::PackageName &name)
{
    return report.lock
        && std::ranges::contains(report.lock->wanted.packages, name, &resolve::ResolvedPackage::name);
}

/// A lock that cannot be used is a finding; the files can be compared all the same.
void readLockInto(DoctorReport &report, const Tools &tools)
{
    auto lock = readLock(report.request, *report.interpreter, report.installed, tools);
    if (lock)
        report.lock = std::move(*lock);
    else
        report.findings.push_back(trouble(u"lock"_s, lock.error(), Remedy::ByHand));
}

/// That a leftover is not in the lock goes without saying.
void dropExtraneousLeftovers(std::vector<Finding> &findings)
{
    std::set<names::PackageName> leftovers;
    for (const Finding &finding : findings) {
        if (finding.id == u"leftover")
            leftovers.insert(*finding.package);
    }
    std::erase_if(findings, [&](const Finding &finding) {
        return finding.id == u"extraneous" && leftovers.contains(*finding.package);
    });
}

void addFindings(DoctorReport &report, const std::vector<wheel::Fault> &faults)
{
    const Twins twins(report, faults);
    QStringList stale;
    std::vector<Finding> found;
    for (const environment::Installed &one : twins.stale()) {
        stale.append(Twins::distInfoOf(report, one));
        found.push_back(installedTwice(one, stale.last()));
    }
    std::vector<environment::Installed> kept = report.installed;
    std::erase_if(kept, [&](const environment::Installed &one) {
        return std::ranges::contains(twins.stale(), one.distInfo, &environment::Installed::distInfo);
    });
    if (report.lock)
        std::ranges::move(compareWithLock(*report.lock, kept), std::back_inserter(found));
    for (const wheel::Fault &fault : faults) {
        if (!fault.distInfo.isEmpty() && stale.contains(fault.distInfo))
            continue;
        Finding finding = findingOf(fault);
        // The lock's wheel takes the place of what stands for nothing.
        if (finding.remedy == Remedy::RemoveLeftover && isWanted(report, *finding.package))
            finding = asRelinked(std::move(finding));
        found.push_back(std::move(finding));
    }
    const auto key = [](const Finding &finding) {
        return std::pair(!finding.package, finding.package ? finding.package->text() : QString());
    };
    std::ranges::stable_sort(found, {}, key);
    dropExtraneousLeftovers(found);
    std::ranges::move(found, std::back_inserter(report.findings));
    report.packages = kept.size();
}

} // namespace

bool DoctorReport::isHealthy() const
{
    return std::ranges::none_of(
        findings, [](const Finding &finding) { return finding.weight == Finding::Weight::Fault; });
}

Result<DoctorReport> examine(const DoctorRequest &asked, const Tools &tools, const JobContext &context)
{
    DoctorReport report{.request = asked};
    report.request.environmentFolder = QDir::cleanPath(QFileInfo(asked.environmentFolder).absoluteFilePath());
    const QString &folder = report.request.environmentFolder;
    context.progress().setLabel(Words::tr("Looking at the environment"));
    SCONCE_TRY(wheel::recoverIfUnfinished(folder, context));
    SCONCE_TRY(checkIsEnvironment(folder));
    SCONCE_TRY(findInterpreter(report, tools, context));
    if (!report.interpreter)
        return report;
    SCONCE_TRY(context.goOn());
    context.progress().setLabel(Words::tr("Comparing the files of all packages"));
    wheel::Audit audit = SCONCE_TRY(wheel::audit(*report.interpreter, {report.formerPlace}, context));
    report.installed = std::move(audit.installed);
    readLockInto(report, tools);
    report.files = audit.files;
    addFindings(report, audit.faults);
    return report;
}

} // namespace sconce::actions
