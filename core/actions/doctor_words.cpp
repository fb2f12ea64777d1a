// SPDX-License-Identifier: Apache-2.0
#include "actions/doctor_words.h"

#include "actions/words.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using Remedy = Finding::Remedy;
using Weight = Finding::Weight;

namespace {

QString adviceFor(const Finding &finding)
{
    const QString package = finding.package ? finding.package->text() : QString();
    switch (finding.remedy) {
    case Remedy::Relink: return Words::tr("Put the files of %1 there again").arg(package);
    case Remedy::RemoveLeftover: return Words::tr("Remove “%1”").arg(finding.distInfo);
    case Remedy::Renew: return Words::tr("Write the environment's own files anew");
    case Remedy::Sync: return Words::tr("Install %1 as the lock has it").arg(package);
    case Remedy::Nothing:
    case Remedy::ByHand: break;
    }
    return {};
}

struct Row {
    QString id;
    Weight weight = Weight::Fault;
    Remedy remedy = Remedy::Relink;
    QString sentence;
    /// For Remedy::ByHand.
    QString advice{};
};

Finding finding(const Row &row, const std::optional<names::PackageName> &package, const QString &path,
    const QString &distInfo)
{
    Finding made{.id = row.id,
        .weight = row.weight,
        .package = package,
        .path = path,
        .sentence = row.sentence,
        .remedy = row.remedy,
        .advice = row.advice,
        .distInfo = distInfo};
    if (made.advice.isEmpty())
        made.advice = adviceFor(made);
    return made;
}

Row rowOfDistribution(const wheel::Fault &fault, const QString &package)
{
    using Kind = wheel::Fault::Kind;
    const auto row = [](const QString &id, const QString &sentence) {
        return Row{.id = id, .sentence = sentence};
    };
    switch (fault.kind) {
    case Kind::NoRecord:
        return row(u"no-record"_s,
            Words::tr("%1 has no RECORD, so nobody can tell which files are its own").arg(package));
    case Kind::BadRecord:
        return row(u"bad-record"_s, Words::tr("RECORD of %1 cannot be read: %2").arg(package, fault.detail));
    case Kind::NoMetadata:
        return row(
            u"no-metadata"_s, Words::tr("METADATA of %1 cannot be used: %2").arg(package, fault.detail));
    case Kind::NoInstaller:
        return {u"no-installer"_s, Weight::Note, Remedy::Nothing,
            Words::tr("Nothing says which program installed %1").arg(package)};
    case Kind::Hollow:
        return {u"leftover"_s, Weight::Fault, Remedy::RemoveLeftover,
            Words::tr("“%1” is what an installation or a removal left that broke off").arg(fault.path)};
    case Kind::Nameless:
        return {u"nameless"_s, Weight::Fault, Remedy::ByHand,
            Words::tr("“%1” cannot be read as a package").arg(fault.path),
            Words::tr("Remove “%1” if nothing needs it, and install the package again").arg(fault.path)};
    case Kind::EditableGone:
        return {u"editable-gone"_s, Weight::Fault, Remedy::ByHand,
            Words::tr("%1 is installed from the folder “%2”, which is gone").arg(package, fault.detail),
            Words::tr("Bring the folder back, or remove %1").arg(package)};
    default:
        return row(u"no-code"_s,
            Words::tr("The code of %1 is gone: none of its %2 files is there")
                .arg(package, QString::number(fault.count)));
    }
}

Row rowOfFile(const wheel::Fault &fault, const QString &package)
{
    using Kind = wheel::Fault::Kind;
    const auto row = [](const QString &id, const QString &sentence) {
        return Row{.id = id, .sentence = sentence};
    };
    switch (fault.kind) {
    case Kind::Missing: return row(u"missing"_s, Words::tr("“%1” is missing").arg(fault.path));
    case Kind::Changed:
        return row(
            u"changed"_s, Words::tr("“%1” is not as it was installed: %2").arg(fault.path, fault.detail));
    case Kind::NotItsOwn:
        return row(u"not-its-own"_s,
            Words::tr("RECORD of %1 lists “%2”, which is not the package's").arg(package, fault.path));
    case Kind::ForeignPython:
        return row(u"foreign-python"_s,
            Words::tr("“%1” starts the Python of another environment: %2").arg(fault.path, fault.detail));
    case Kind::BehindLink:
        return {u"behind-link"_s, Weight::Fault, Remedy::ByHand,
            Words::tr("“%1” lies behind a link that leads out of the environment").arg(fault.path),
            Words::tr("Remove the link, and repair again")};
    case Kind::Shared:
        return {u"shared"_s, Weight::Note, Remedy::Nothing,
            Words::tr("“%1” is in %2 and in %3, and not the same").arg(fault.path, package, fault.detail)};
    case Kind::RunsAtStart:
        return {u"runs-at-start"_s, Weight::Note, Remedy::Nothing,
            Words::tr("“%1” runs whenever the interpreter starts").arg(fault.path)};
    default:
        return {u"foreign"_s, Weight::Fault, Remedy::ByHand,
            Words::tr("“%1” belongs to no package").arg(fault.path),
            Words::tr("Remove it, unless you put it there")};
    }
}

} // namespace

Finding findingOf(const environment::OwnFault &fault)
{
    using Kind = environment::OwnFault::Kind;
    Row row{.remedy = Remedy::Renew};
    switch (fault.kind) {
    case Kind::NoConfig:
        row.id = u"no-config"_s;
        row.sentence = Words::tr("The environment has no pyvenv.cfg: what is installed with its Python would "
                                 "land in the installation behind it");
        break;
    case Kind::HomeGone:
        row.id = u"home-gone"_s;
        row.sentence =
            Words::tr("The Python that the environment was made with is gone: “%1”").arg(fault.names);
        break;
    case Kind::NoInterpreter:
        row.id = u"no-interpreter"_s;
        row.sentence = fault.names.isEmpty()
            ? Words::tr("There is no “%1”").arg(fault.path)
            : Words::tr("“%1” leads to “%2”, which is not there").arg(fault.path, fault.names);
        break;
    case Kind::Moved:
        row.id = u"moved"_s;
        row.sentence = Words::tr("The environment was made at “%1” and is elsewhere now").arg(fault.names);
        break;
    }
    return finding(row, std::nullopt, fault.path, {});
}

Finding findingOf(const wheel::Fault &fault)
{
    const QString package = fault.package ? fault.package->text() : QString();
    const bool isOfDistribution = fault.kind < wheel::Fault::Kind::Missing;
    const Row row = isOfDistribution ? rowOfDistribution(fault, package) : rowOfFile(fault, package);
    Finding made = finding(row, fault.package, fault.path, fault.distInfo);
    made.count = fault.count;
    if (!isOfDistribution && fault.count > 1)
        made.sentence = Words::tr("%1 (%2 files)").arg(made.sentence, QString::number(fault.count));
    return made;
}

Finding findingOf(const plan::Operation &change)
{
    using Kind = plan::Operation::Kind;
    const QString name = change.name.text();
    const QString from = change.from ? change.from->text() : QString();
    const QString to = change.to ? change.to->text() : QString();
    Row row{.id = u"other-version"_s,
        .remedy = Remedy::Sync,
        .sentence = Words::tr("%1 %2 is installed, and the lock has %3").arg(name, from, to)};
    if (change.kind == Kind::Add) {
        row.id = u"not-installed"_s;
        row.sentence = Words::tr("%1 %2 is in the lock and not installed").arg(name, to);
    } else if (change.kind == Kind::SwitchBackend) {
        row.id = u"other-build"_s;
        row.sentence =
            Words::tr("%1 %2 is installed, and the lock has another build of it, %3").arg(name, from, to);
    } else if (change.kind == Kind::Reinstall) {
        row.id = u"other-origin"_s;
        row.sentence = Words::tr("%1 was installed from elsewhere than the lock says").arg(name);
    }
    return finding(row, change.name, {}, {});
}

Finding chosenBuild(const plan::Operation &change)
{
    return finding({u"other-build"_s, Weight::Note, Remedy::Nothing,
                       Words::tr("%1 %2 is installed, as it was chosen here; the lock has %3")
                           .arg(change.name.text(), change.from->text(), change.to->text())},
        change.name, {}, {});
}

Finding leftOut(const resolve::ResolvedPackage &package)
{
    return finding({u"left-out"_s, Weight::Note, Remedy::Nothing,
                       Words::tr("%1 %2 is in a default group of the lock, of which nothing is installed")
                           .arg(package.name.text(), package.version.text())},
        package.name, {}, {});
}

Finding extraneous(const environment::Installed &installed)
{
    return finding({u"extraneous"_s, Weight::Note, Remedy::Nothing,
                       Words::tr("%1 %2 is installed and not in the lock")
                           .arg(installed.name.text(), installed.version.text())},
        installed.name, {}, {});
}

Finding installedTwice(const environment::Installed &installed, const QString &distInfo)
{
    return finding({u"installed-twice"_s, Weight::Fault, Remedy::RemoveLeftover,
                       Words::tr("%1 is installed twice, the second time as %2")
                           .arg(installed.name.text(), installed.version.text())},
        installed.name, distInfo, distInfo);
}

Finding asRelinked(Finding finding)
{
    finding.remedy = Remedy::Relink;
    finding.advice = adviceFor(finding);
    return finding;
}

Finding trouble(const QString &id, const Error &error, Remedy remedy)
{
    const QString hint = error.hints().value(0);
    return finding({id, Weight::Fault, remedy, error.summary(), remedy == Remedy::ByHand ? hint : QString()},
        std::nullopt, {}, {});
}

} // namespace sconce::actions
