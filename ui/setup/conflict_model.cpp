// SPDX-License-Identifier: Apache-2.0
#include "setup/conflict_model.h"

#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

struct ConflictModel::Node {
    const resolve::Derivation *fact = nullptr;
    std::shared_ptr<const resolve::Derivation> owner;
    Node *parent = nullptr;
    int row = 0;
    /// Made when they are first asked for: a proof with shared parts is exponential when it is written out
    /// whole.
    std::vector<std::unique_ptr<Node>> children;

    const std::vector<std::unique_ptr<Node>> &expanded()
    {
        if (children.empty() && fact) {
            for (const std::shared_ptr<const resolve::Derivation> &cause : fact->causes) {
                children.push_back(std::make_unique<Node>(cause.get(), cause, this, int(children.size())));
            }
        }
        return children;
    }

    Node(const resolve::Derivation *shown, std::shared_ptr<const resolve::Derivation> kept, Node *above,
        int place)
        : fact(shown)
        , owner(std::move(kept))
        , parent(above)
        , row(place)
    {}
};

ConflictModel::ConflictModel(std::shared_ptr<const resolve::Derivation> root, QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>(nullptr, nullptr, nullptr, 0))
{
    if (root)
        m_root->children.push_back(std::make_unique<Node>(root.get(), root, m_root.get(), 0));
}

ConflictModel::~ConflictModel() = default;

ConflictModel::Node *ConflictModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex ConflictModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent)
        ? createIndex(row, column, nodeAt(parent)->expanded()[std::size_t(row)].get())
        : QModelIndex();
}

QModelIndex ConflictModel::parent(const QModelIndex &child) const
{
    const Node *above = child.isValid() ? nodeAt(child)->parent : nullptr;
    return above && above != m_root.get() ? createIndex(above->row, 0, above) : QModelIndex();
}

int ConflictModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeAt(parent)->expanded().size());
}

int ConflictModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ConflictModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const resolve::Derivation &fact = *nodeAt(index)->fact;
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return fact.text;
    if (role == Qt::DecorationRole)
        return fact.kind == resolve::Derivation::Kind::Derived ? icon("error"_L1, Tone::Negative)
                                                               : icon("info"_L1, Tone::Info);
    return {};
}

} // namespace sconce::ui
