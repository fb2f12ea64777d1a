// SPDX-License-Identifier: Apache-2.0
#include "shell/side_bar.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

#include "parts/elided_label.h"
#include "parts/metrics.h"
#include "parts/text.h"
#include "session/session.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// Icon, title, and at the far end the state; the page that is shown has a tinted ground and a bar at its
/// near edge.
class PageDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const int unit = item.fontMetrics.height();
        const QPalette &palette = item.palette;
        const QRect box = item.rect.adjusted(unit / 3, 1, -unit / 3, -1);
        const auto placed = [&](const QRect &rect) { return QStyle::visualRect(item.direction, box, rect); };
        const bool isCurrent = item.state & QStyle::State_Selected;
        const bool isHovered = item.state & QStyle::State_MouseOver;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (isCurrent || isHovered) {
            painter->setBrush(mixed(palette.color(QPalette::Window),
                isCurrent ? palette.color(QPalette::Accent) : palette.color(QPalette::WindowText),
                isCurrent ? 0.16 : 0.06));
            painter->drawRoundedRect(box, 6, 6);
        }
        if (isCurrent) {
            painter->setBrush(focusRing(palette));
            painter->drawRoundedRect(placed(QRect(box.left(), box.top() + box.height() / 4,
                                         std::max(3, unit / 6), box.height() / 2)),
                1.5, 1.5);
        }
        if (item.state & QStyle::State_HasFocus) {
            QStyleOptionFocusRect ring;
            ring.rect = box;
            ring.palette = palette;
            item.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, painter, item.widget);
        }
        const int middle = box.center().y() - unit / 2;
        item.icon.paint(painter,
            placed(QRect(box.left() + unit * 3 / 4, middle - unit / 16, unit + unit / 8, unit + unit / 8)));
        QFont font = item.font;
        font.setWeight(isCurrent ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(palette.color(QPalette::WindowText));
        const QRect text = placed(box.adjusted(unit * 9 / 4, 0, -unit * 2, 0));
        painter->drawText(text,
            int(QStyle::visualAlignment(item.direction, Qt::AlignLeft) | Qt::AlignVCenter),
            QFontMetrics(font).elidedText(item.text, Qt::ElideRight, text.width()));
        if (const QVariant status = index.data(PageModel::StatusRole); status.isValid())
            statusIcon(Status(status.toInt()))
                .paint(painter, placed(QRect(box.right() - unit * 3 / 2, middle, unit, unit)));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.fontMetrics.height() * 10, option.fontMetrics.height() * 2 + 6};
    }
};

} // namespace

SideBar::SideBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_project(new ElidedLabel)
    , m_list(new QListView)
{
    const int gap = line(*this);
    setFixedWidth(std::max(gap * 12, letters(*this, 26)));
    auto *mark = new QLabel;
    mark->setPixmap(
        QIcon(u":/icons/sconce.svg"_s).pixmap(QSize(gap * 3 / 2, gap * 3 / 2), devicePixelRatioF()));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_project->setFont(bold);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(gap, gap, gap, gap * 2 / 3);
    head->setSpacing(gap * 2 / 3);
    head->addWidget(mark);
    head->addWidget(m_project, 1);

    m_list->setModel(new PageModel(session, m_list));
    m_list->setItemDelegate(new PageDelegate(m_list));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &current) {
            if (current.isValid())
                Q_EMIT pageChosen(Page(current.row()));
        });
    connect(&m_session, &Session::projectChanged, this, &SideBar::followProject);
    followProject();
    setPage(Page::Start);
}

void SideBar::setPage(Page page)
{
    m_list->setCurrentIndex(m_list->model()->index(int(page), 0));
}

void SideBar::followProject()
{
    m_project->setText(m_session.hasProject() ? code(m_session.projectName()) : tr("Sconce"));
}

void SideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int edge = isRightToLeft() ? 0 : width() - 1;
    painter.fillRect(QRect(edge, 0, 1, height()), hairline(palette()));
}

} // namespace sconce::ui
