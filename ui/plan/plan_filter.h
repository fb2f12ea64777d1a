// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QSortFilterProxyModel>

#include "plan/plan.h"

namespace sconce::ui {

/// PlanPackageModel by kind of operation and by a word in any column; sorted where a header is clicked.
class PlanFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit PlanFilter(QObject *parent = nullptr);
    /// Nothing: every kind.
    void setKind(std::optional<plan::Operation::Kind> kind);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    std::optional<plan::Operation::Kind> m_kind;
};

} // namespace sconce::ui
