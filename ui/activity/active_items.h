// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>

namespace sconce::ui {

/// JobModel with only those items that move or went wrong: of 80 packages the few that are being downloaded.
/// What waits and what is done is a number in the job's row.
class ActiveItems final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ActiveItems(QObject *parent = nullptr);
    bool showsAll() const { return m_showsAll; }
    void setShowsAll(bool all);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_showsAll = false;
};

} // namespace sconce::ui
