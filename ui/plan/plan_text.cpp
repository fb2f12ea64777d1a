// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include "parts/text.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

using Kind = plan::Operation::Kind;

struct PlanWords {
    Q_DECLARE_TR_FUNCTIONS(PlanWords)
};

int countOf(const plan::Plan &plan, std::initializer_list<Kind> kinds)
{
    int count = 0;
    for (const Kind kind : kinds)
        count += int(plan.count(kind));
    return count;
}

/// Table cells cannot hold a bar.
QString cell(QString text)
{
    return text.replace(u'|', u"\\|"_s);
}

} // namespace

QString kindText(Kind kind)
{
    switch (kind) {
    case Kind::Add: return PlanWords::tr("Add", "a package");
    case Kind::Upgrade: return PlanWords::tr("Up", "to a newer version");
    case Kind::Downgrade: return PlanWords::tr("Down", "to an older version");
    case Kind::SwitchBackend: return PlanWords::tr("Backend", "another build of the same package");
    case Kind::Reinstall: return PlanWords::tr("Again", "install the same version anew");
    case Kind::Remove: return PlanWords::tr("Remove", "a package");
    }
    return {};
}

QLatin1StringView kindIcon(Kind kind)
{
    switch (kind) {
    case Kind::Add: return "add"_L1;
    case Kind::Upgrade: return "up"_L1;
    case Kind::Downgrade: return "down"_L1;
    case Kind::SwitchBackend: return "swap"_L1;
    case Kind::Reinstall: return "refresh"_L1;
    case Kind::Remove: return "remove"_L1;
    }
    return "info"_L1;
}

Tone kindTone(Kind kind)
{
    switch (kind) {
    case Kind::Add: return Tone::Positive;
    case Kind::Upgrade:
    case Kind::Reinstall: return Tone::Info;
    case Kind::Downgrade: return Tone::Negative;
    case Kind::SwitchBackend: return Tone::Warning;
    case Kind::Remove: return Tone::Neutral;
    }
    return Tone::Neutral;
}

bool needsConsent(Kind kind)
{
    return kind == Kind::Downgrade || kind == Kind::SwitchBackend;
}

QString sourceText(const metadata::IndexLocation &index)
{
    if (const torch::Backend *backend = torch::backendOf(index.url))
        return PlanWords::tr("PyTorch %1").arg(backend->title());
    if (index.url.host() == "pypi.org"_L1)
        return u"PyPI"_s;
    if (const torch::Backend *backend = torch::findBackend(index.name);
        backend && index.url.path().split(u'/', Qt::SkipEmptyParts).endsWith(index.name))
        return PlanWords::tr("PyTorch %1 from %2", "from a mirror")
            .arg(backend->title(), code(index.url.host()));
    return code(index.name.isEmpty() ? index.url.host() : index.name);
}

QString operationSizeText(const plan::Operation &operation)
{
    if (operation.kind == Kind::Remove)
        return {};
    if (operation.isCached)
        return PlanWords::tr("in the cache");
    if (!operation.size.bytes)
        return PlanWords::tr("unknown size");
    const QString size = sizeText(*operation.size.bytes);
    return operation.size.source == plan::Operation::Size::Source::Measured
        ? PlanWords::tr("%1 measured", "size of a download").arg(size)
        : size;
}

QString changesText(const plan::Plan &plan)
{
    const int toInstall = countOf(plan, {Kind::Add});
    const int toChange =
        countOf(plan, {Kind::Upgrade, Kind::Downgrade, Kind::SwitchBackend, Kind::Reinstall});
    const int toRemove = countOf(plan, {Kind::Remove});
    QStringList parts;
    if (toInstall > 0)
        parts << PlanWords::tr("%n package(s) to install", nullptr, toInstall);
    if (toChange > 0)
        parts << PlanWords::tr("%n to change", nullptr, toChange);
    if (toRemove > 0)
        parts << PlanWords::tr("%n to remove", nullptr, toRemove);
    if (parts.isEmpty() && !plan.createWith && !plan.files.empty())
        return PlanWords::tr(
            "%n file(s) to write, the environment stays as it is", nullptr, int(plan.files.size()));
    if (parts.isEmpty())
        return plan.createWith ? PlanWords::tr("An empty environment to make")
                               : PlanWords::tr("Nothing to do: the environment is as the project wants it");
    return parts.join(u" · "_s);
}

QString downloadText(const plan::Plan &plan)
{
    const qint64 known = plan.knownBytes();
    const int unknown = int(plan.unknownSizes());
    QStringList parts;
    if (known > 0)
        parts << PlanWords::tr("%1 to download").arg(sizeText(known));
    if (unknown > 0)
        parts << PlanWords::tr("%n download(s) of unknown size", nullptr, unknown);
    return parts.isEmpty() ? PlanWords::tr("nothing to download") : parts.join(u" · "_s);
}

QString fileText(const plan::FileChange &change, const plan::Plan &plan)
{
    // Files of the project lie beside the environment or above it.
    const QDir folder(QFileInfo(plan.environmentFolder).path());
    return PlanWords::tr("%1: %2", "a file; what happens to it")
        .arg(code(folder.relativeFilePath(change.path)), change.summary);
}

QString planMarkdown(const Proposal &proposal, const QString &projectName)
{
    const plan::Plan *plan = proposal.plan();
    if (!plan)
        return {};
    QStringList lines{u"## "_s + PlanWords::tr("Plan for %1").arg(projectName), QString(),
        u"%1 · %2"_s.arg(changesText(*plan), downloadText(*plan)), QString()};
    for (const plan::Warning &warning : plan->warnings)
        lines << u"- **%1**"_s.arg(warning.sentence);
    if (!plan->warnings.empty())
        lines << QString();
    for (const plan::FileChange &change : plan->files)
        lines << u"- "_s + fileText(change, *plan);
    if (!plan->files.empty())
        lines << QString();
    lines << u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 |"_s.arg(PlanWords::tr("Do"), PlanWords::tr("Package"),
        PlanWords::tr("From"), PlanWords::tr("To"), PlanWords::tr("Source"), PlanWords::tr("Size"),
        PlanWords::tr("Why"));
    lines << u"| --- | --- | --- | --- | --- | --- | --- |"_s;
    for (const plan::Operation &operation : plan->operations) {
        const auto version = [](const std::optional<versions::Version> &value) {
            return value ? value->text() : QString();
        };
        lines << u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 |"_s.arg(kindText(operation.kind),
            operation.name.text(), version(operation.from), version(operation.to),
            operation.file ? cell(sourceText(operation.index)) : QString(), operationSizeText(operation),
            cell(operation.why));
    }
    if (!proposal.commands.isEmpty())
        lines << QString() << u"```sh"_s << proposal.commands << u"```"_s;
    return lines.join(u'\n') + u'\n';
}

} // namespace sconce::ui
