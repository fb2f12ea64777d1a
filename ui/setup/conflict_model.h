// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QAbstractItemModel>

#include "resolve/conflict.h"

namespace sconce::ui {

/// A conflict's facts as a tree: each conclusion with the facts it follows from below it.
class ConflictModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit ConflictModel(std::shared_ptr<const resolve::Derivation> root, QObject *parent = nullptr);
    ~ConflictModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    /// A derivation may be shared by several conclusions, so a place in the tree is a node of its own.
    struct Node;
    Node *nodeAt(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
};

} // namespace sconce::ui
