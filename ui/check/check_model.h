// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>

#include "actions/verify.h"

namespace sconce::ui {

/// The rungs of a check, a row each.
class CheckModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { OutcomeRole = Qt::UserRole, EvidenceRole };

    using QAbstractListModel::QAbstractListModel;
    /// Nothing empties the model.
    void show(std::shared_ptr<const actions::CheckReport> report);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const actions::CheckReport> m_report;
};

} // namespace sconce::ui
