// SPDX-License-Identifier: Apache-2.0
#include "check/check_model.h"

#include "check/check_text.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

void CheckModel::show(std::shared_ptr<const actions::CheckReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int CheckModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_report ? 0 : int(m_report->rungs.size());
}

QVariant CheckModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const actions::Rung &rung = m_report->rungs[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return rung.sentence;
    case Qt::DecorationRole: return icon(outcomeIcon(rung.outcome), outcomeTone(rung.outcome));
    case Qt::ToolTipRole: return rung.evidence.isEmpty() ? outcomeText(rung.outcome) : rung.evidence;
    case Qt::AccessibleTextRole: return u"%1: %2"_s.arg(outcomeText(rung.outcome), rung.sentence);
    case Qt::AccessibleDescriptionRole:
    case EvidenceRole: return rung.evidence;
    case OutcomeRole: return int(rung.outcome);
    default: return {};
    }
}

} // namespace sconce::ui
