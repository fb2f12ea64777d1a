// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_package_model.h"

#include <algorithm>

#include "parts/text.h"
#include "plan/plan_text.h"
#include "theme/icons.h"

namespace sconce::ui {

namespace {

int rank(const plan::Operation &operation)
{
    return needsConsent(operation.kind)                   ? 0
        : operation.isRequested                           ? 1
        : operation.kind == plan::Operation::Kind::Remove ? 3
                                                          : 2;
}

} // namespace

PlanPackageModel::PlanPackageModel(std::shared_ptr<const Proposal> proposal, QObject *parent)
    : QAbstractTableModel(parent)
    , m_proposal(std::move(proposal))
{
    for (const plan::Operation &operation : m_proposal->plan()->operations)
        m_rows.push_back(&operation);
    std::ranges::stable_sort(m_rows, {}, [](const plan::Operation *operation) { return rank(*operation); });
}

int PlanPackageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PlanPackageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PlanPackageModel::text(const plan::Operation &operation, int column) const
{
    const auto version = [](const std::optional<versions::Version> &value) {
        return value ? code(value->text()) : QString();
    };
    switch (column) {
    case DoColumn: return kindText(operation.kind);
    case PackageColumn: return code(operation.name.text());
    case FromColumn: return version(operation.from);
    case ToColumn: return version(operation.to);
    case SourceColumn: return operation.file ? sourceText(operation.index) : QString();
    case SizeColumn: return operationSizeText(operation);
    case WhyColumn: return operation.why;
    default: return {};
    }
}

QVariant PlanPackageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const plan::Operation &operation = *m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(operation, index.column());
    case Qt::ToolTipRole: return text(operation, index.column());
    case Qt::DecorationRole:
        return index.column() == DoColumn ? icon(kindIcon(operation.kind), kindTone(operation.kind))
                                          : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? QVariant(int(Qt::AlignTrailing | Qt::AlignVCenter))
                                            : QVariant();
    case KindRole: return int(operation.kind);
    case SortRole:
        if (index.column() == SizeColumn)
            return operation.size.bytes.value_or(-1);
        return index.column() == DoColumn ? QVariant(rank(operation)) : text(operation, index.column());
    default: return {};
    }
}

QVariant PlanPackageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == SizeColumn)
        return int(Qt::AlignTrailing | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case DoColumn: return tr("Do");
    case PackageColumn: return tr("Package");
    case FromColumn: return tr("From");
    case ToColumn: return tr("To");
    case SourceColumn: return tr("Source");
    case SizeColumn: return tr("Size");
    case WhyColumn: return tr("Why");
    default: return {};
    }
}

} // namespace sconce::ui
