// SPDX-License-Identifier: Apache-2.0
#include "shell/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "parts/metrics.h"
#include "shell/action_registry.h"
#include "theme/colours.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

bool holdsInOrder(const QString &text, const QString &letters)
{
    qsizetype from = 0;
    for (const QChar letter : letters) {
        from = text.indexOf(letter, from, Qt::CaseInsensitive) + 1;
        if (from == 0)
            return false;
    }
    return true;
}

/// The command, and at the far end its keys or its reason.
class CommandDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString reason = index.data(ActionRegistry::ReasonRole).toString();
        const QString keys = index.siblingAtColumn(ActionRegistry::ShortcutColumn).data().toString();
        item.state.setFlag(QStyle::State_Enabled, reason.isEmpty());
        item.features |= QStyleOptionViewItem::HasDecoration; // commands without a picture keep its place
        item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

        const QString aside = reason.isEmpty() ? keys : reason;
        const int gap = item.fontMetrics.height();
        const int taken = item.fontMetrics.horizontalAdvance(item.text) + gap * 4;
        const QRect box =
            QStyle::visualRect(item.direction, item.rect, item.rect.adjusted(taken, 0, -gap / 2, 0));
        const bool isSelected = item.state & QStyle::State_Selected;
        painter->save();
        painter->setPen(isSelected ? item.palette.color(QPalette::Active, QPalette::HighlightedText)
                                   : quietText(item.palette));
        painter->drawText(box,
            int(QStyle::visualAlignment(item.direction, Qt::AlignRight) | Qt::AlignVCenter),
            item.fontMetrics.elidedText(aside, Qt::ElideRight, box.width()));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index).expandedTo({0, option.fontMetrics.height() * 2});
    }
};

} // namespace

CommandFilter::CommandFilter(ActionRegistry &registry, QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSourceModel(&registry);
    sort(0);
}

void CommandFilter::setTyped(const QString &typed)
{
    m_typed = typed;
    invalidate();
}

bool CommandFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return holdsInOrder(sourceModel()->index(row, 0, parent).data().toString(), m_typed);
}

bool CommandFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto rank = [this](const QModelIndex &index) {
        const bool isUsable = index.data(ActionRegistry::ReasonRole).toString().isEmpty();
        const bool isPrefix = index.data().toString().startsWith(m_typed, Qt::CaseInsensitive);
        return std::tuple(!isUsable, !isPrefix, index.row());
    };
    return rank(left) < rank(right);
}

CommandPalette::CommandPalette(ActionRegistry &registry, QWidget *parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_filter(new CommandFilter(registry, this))
    , m_typed(new QLineEdit)
    , m_list(new QListView)
{
    setObjectName(u"palette"_s);
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    m_typed->setPlaceholderText(tr("Type a command"));
    m_typed->setAccessibleName(tr("Command"));
    m_typed->addAction(icon("search"_L1), QLineEdit::LeadingPosition);
    m_typed->installEventFilter(this);
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIconSize({iconSide(*this), iconSide(*this)});
    m_list->setCurrentIndex(m_filter->index(0, 0));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing(*this));
    column->addWidget(m_typed);
    column->addWidget(m_list, 1);
    resize(letters(*this, 90), line(*this) * 26);

    connect(m_typed, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setTyped(text);
        m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_typed, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListView::activated, this, &CommandPalette::run);
    m_typed->setFocus();
}

/// Up and Down move in the list while the letters stay in the field.
bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            const QModelIndex next = m_filter->index(m_list->currentIndex().row() + step, 0);
            if (next.isValid())
                m_list->setCurrentIndex(next);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::run()
{
    QAction *action = m_registry.actionAt(m_filter->mapToSource(m_list->currentIndex()));
    if (!action || !action->isEnabled())
        return;
    accept();
    action->trigger();
}

} // namespace sconce::ui
