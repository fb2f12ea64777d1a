// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

#include "session/work.h"

namespace sconce::ui {

/// The operations of a plan, a row each. Those that need consent come first, then what the person asked for,
/// then the rest.
class PlanPackageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        DoColumn,
        PackageColumn,
        FromColumn,
        ToColumn,
        SourceColumn,
        SizeColumn,
        WhyColumn,
        ColumnCount
    };
    enum Role { KindRole = Qt::UserRole, SortRole };

    /// `proposal` holds a plan.
    explicit PlanPackageModel(std::shared_ptr<const Proposal> proposal, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const plan::Operation &operation, int column) const;

    std::shared_ptr<const Proposal> m_proposal;
    std::vector<const plan::Operation *> m_rows;
};

} // namespace sconce::ui
