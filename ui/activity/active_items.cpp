// SPDX-License-Identifier: Apache-2.0
#include "activity/active_items.h"

#include "activity/job_model.h"

namespace sconce::ui {

ActiveItems::ActiveItems(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterRole(JobModel::StateRole); // a changed state moves a row in or out
}

void ActiveItems::setShowsAll(bool all)
{
    m_showsAll = all;
    invalidateRowsFilter();
}

bool ActiveItems::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_showsAll || !parent.isValid())
        return true;
    const auto state =
        sourceModel()->index(row, 0, parent).data(JobModel::StateRole).value<JobModel::State>();
    return state == JobModel::State::Running || state == JobModel::State::Failed;
}

} // namespace sconce::ui
