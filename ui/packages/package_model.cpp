// SPDX-License-Identifier: Apache-2.0
#include "packages/package_model.h"

#include <map>

#include "parts/text.h"
#include "plan/plan_text.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

void PackageModel::show(
    std::shared_ptr<const actions::Overview> overview, std::shared_ptr<const Proposal> proposal)
{
    if (overview == m_overview && proposal == m_proposal)
        return;
    std::map<names::PackageName, Row> rows;
    const plan::Plan *plan = proposal ? proposal->plan() : nullptr;
    const auto rowOf = [&rows, plan](const names::PackageName &name) -> Row & {
        return rows.try_emplace(name, Row{name, nullptr, nullptr, plan != nullptr}).first->second;
    };
    if (overview) {
        for (const environment::Installed &installed : overview->installed)
            rowOf(installed.name).installed = &installed;
    }
    if (plan) {
        for (const resolve::ResolvedPackage &wanted : plan->wanted)
            rowOf(wanted.name).wanted = &wanted;
    }
    beginResetModel();
    m_rows.clear();
    for (auto &entry : rows)
        m_rows.push_back(std::move(entry.second));
    m_overview = std::move(overview);
    m_proposal = std::move(proposal);
    endResetModel();
}

int PackageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PackageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PackageModel::stateText(const Row &row) const
{
    if (!row.isPlanKnown)
        return tr("Installed");
    if (!row.installed)
        return tr("Not installed yet");
    if (!row.wanted)
        return tr("Not asked for");
    return row.installed->version == row.wanted->version ? tr("As wanted") : tr("Another version wanted");
}

QString PackageModel::whyText(const Row &row) const
{
    if (!row.wanted)
        return {};
    if (!row.wanted->wishedBy.isEmpty())
        return tr("asked for in %1").arg(row.wanted->wishedBy.join(u", "_s));
    QStringList names;
    for (const names::PackageName &name : row.wanted->neededBy)
        names << code(name.text());
    return names.isEmpty() ? QString() : tr("needed by %1").arg(names.join(u", "_s));
}

QString PackageModel::text(const Row &row, int column) const
{
    switch (column) {
    case NameColumn: return code(row.name.text());
    case InstalledColumn: return row.installed ? code(row.installed->version.text()) : QString();
    case WantedColumn: return row.wanted ? code(row.wanted->version.text()) : QString();
    case StateColumn: return stateText(row);
    case SourceColumn: return row.wanted ? sourceText(row.wanted->index) : QString();
    case SizeColumn: return row.wanted ? sizeText(row.wanted->file.size.value_or(-1)) : QString();
    case WhyColumn: return whyText(row);
    default: return {};
    }
}

QVariant PackageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return text(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? QVariant(int(Qt::AlignTrailing | Qt::AlignVCenter))
                                            : QVariant();
    case AskedForRole: return row.wanted && !row.wanted->wishedBy.isEmpty();
    case SortRole:
        return index.column() == SizeColumn ? QVariant(row.wanted ? row.wanted->file.size.value_or(-1) : -1)
                                            : QVariant(text(row, index.column()));
    default: return {};
    }
}

QVariant PackageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == SizeColumn)
        return int(Qt::AlignTrailing | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Package");
    case InstalledColumn: return tr("Installed");
    case WantedColumn: return tr("Wanted");
    case StateColumn: return tr("State");
    case SourceColumn: return tr("Source");
    case SizeColumn: return tr("Download");
    case WhyColumn: return tr("Why");
    default: return {};
    }
}

} // namespace sconce::ui
