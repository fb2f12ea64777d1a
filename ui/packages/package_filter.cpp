// SPDX-License-Identifier: Apache-2.0
#include "packages/package_filter.h"

#include "packages/package_model.h"

namespace sconce::ui {

PackageFilter::PackageFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterKeyColumn(-1); // any column
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(PackageModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void PackageFilter::setOnlyAskedFor(bool only)
{
    m_onlyAskedFor = only;
    invalidateRowsFilter();
}

bool PackageFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return (!m_onlyAskedFor || sourceModel()->index(row, 0, parent).data(PackageModel::AskedForRole).toBool())
        && QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace sconce::ui
