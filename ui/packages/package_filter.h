// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>

namespace sconce::ui {

/// PackageModel by a word in any column, and by whether the project itself asks for the package.
class PackageFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit PackageFilter(QObject *parent = nullptr);
    void setOnlyAskedFor(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_onlyAskedFor = false;
};

} // namespace sconce::ui
