// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_filter.h"

#include "plan/plan_package_model.h"

namespace sconce::ui {

PlanFilter::PlanFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterKeyColumn(-1); // any column
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(PlanPackageModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void PlanFilter::setKind(std::optional<plan::Operation::Kind> kind)
{
    m_kind = kind;
    invalidateRowsFilter();
}

bool PlanFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const int kind = sourceModel()->index(row, 0, parent).data(PlanPackageModel::KindRole).toInt();
    return (!m_kind || kind == int(*m_kind)) && QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace sconce::ui
