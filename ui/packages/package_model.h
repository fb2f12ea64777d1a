// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

#include "session/work.h"

namespace sconce::ui {

/// Every package that is installed or wanted, a row each, by name.
class PackageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        InstalledColumn,
        WantedColumn,
        StateColumn,
        SourceColumn,
        SizeColumn,
        WhyColumn,
        ColumnCount
    };
    enum Role { AskedForRole = Qt::UserRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;
    /// Either may be missing: nothing is installed yet, or there is no plan.
    void show(std::shared_ptr<const actions::Overview> overview, std::shared_ptr<const Proposal> proposal);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        names::PackageName name;
        const environment::Installed *installed = nullptr;
        const resolve::ResolvedPackage *wanted = nullptr;
        /// Without a plan nothing is said about what is wanted.
        bool isPlanKnown = false;
        bool operator==(const Row &) const = default;
    };
    QString text(const Row &row, int column) const;
    QString stateText(const Row &row) const;
    QString whyText(const Row &row) const;

    std::shared_ptr<const actions::Overview> m_overview;
    std::shared_ptr<const Proposal> m_proposal;
    std::vector<Row> m_rows;
};

} // namespace sconce::ui
