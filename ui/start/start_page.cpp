// SPDX-License-Identifier: Apache-2.0
#include "start/start_page.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QToolButton>

#include "parts/action_button.h"
#include "parts/card.h"
#include "parts/elided_label.h"
#include "parts/headings.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"
#include "session/session.h"
#include "setup/computer_text.h"
#include "start/drop_target.h"
#include "start/recent_delegate.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

StartPage::StartPage(Session &session, RecentProjects &recents, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_recents(recents)
    , m_locate(new QAction(tr("Locate…"), this))
    , m_remove(new QAction(tr("Remove from List"), this))
    , m_undoRemove(new QAction(tr("Undo"), this))
    , m_lookAgain(new QAction(tr("Look Again"), this))
    , m_message(new InlineMessage)
{
    m_locate->setObjectName(u"recent.locate"_s);
    m_remove->setObjectName(u"recent.remove"_s);
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_locate, &QAction::triggered, this, &StartPage::locateSelected);
    connect(m_remove, &QAction::triggered, this, &StartPage::removeSelected);
    connect(m_undoRemove, &QAction::triggered, this, [this] {
        m_recents.putBack(m_removedRow, m_removed);
        m_message->clear();
    });
    connect(m_lookAgain, &QAction::triggered, &m_session, &Session::lookAtComputer);

    const int gap = line(*this);
    auto *halves = new QHBoxLayout;
    halves->setSpacing(gap * 2);
    halves->addWidget(makeOpening(actions), 1);
    halves->addWidget(makeRecents(), 1);

    auto *column = new QVBoxLayout;
    column->setSpacing(gap);
    column->addStretch(1);
    column->addWidget(new Heading(tr("Set up a Python project for your GPU"), Heading::Level::Page));
    column->addWidget(new WrappedLabel(
        tr("Open a project. Sconce picks the PyTorch build that fits this computer, shows what "
           "it would install, and changes nothing until you say so."),
        WrappedLabel::Look::Quiet));
    column->addWidget(m_message);
    column->addSpacing(gap / 2);
    column->addLayout(halves, 8);
    column->addWidget(makeComputerLine());
    column->addStretch(2);

    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(gap * 2, gap, gap * 2, gap);
    auto *middle = new QWidget;
    middle->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    middle->setMaximumWidth(letters(*this, 130));
    all->addWidget(middle);

    connect(&m_session, &Session::computerChanged, this, &StartPage::followComputer);
    connect(&m_recents, &QAbstractItemModel::rowsInserted, this, &StartPage::followSelection);
    connect(&m_recents, &QAbstractItemModel::rowsRemoved, this, &StartPage::followSelection);
    connect(&m_recents, &QAbstractItemModel::dataChanged, this, &StartPage::followSelection);
    followComputer();
    followSelection();
}

QWidget *StartPage::makeOpening(const Actions &actions)
{
    auto *target = new DropTarget;
    connect(target, &DropTarget::dropped, this, &StartPage::pathChosen);
    const int gap = line(*this);
    auto *column = new QVBoxLayout(target);
    column->setContentsMargins(gap, gap * 2, gap, gap * 2);
    column->setSpacing(gap);
    auto *picture = new PictureLabel("drop"_L1, 3);
    auto *invitation =
        new WrappedLabel(tr("Drop a project folder, a pyproject.toml or a requirements file here"));
    invitation->setAlignment(Qt::AlignHCenter);
    m_open = new ActionButton(actions.openFolder);
    m_open->setDefault(true);
    auto *sample = new ActionButton(actions.openSample);
    sample->setFlat(true);
    column->addStretch();
    column->addWidget(picture, 0, Qt::AlignHCenter);
    column->addWidget(invitation);
    column->addWidget(m_open, 0, Qt::AlignHCenter);
    column->addWidget(sample, 0, Qt::AlignHCenter);
    column->addStretch();
    return target;
}

QWidget *StartPage::makeRecents()
{
    const int gap = spacing(*this);
    m_list = new QListView;
    m_list->setModel(&m_recents);
    m_list->setItemDelegate(new RecentDelegate(m_list));
    m_list->setAccessibleName(tr("Recent projects"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->addAction(m_remove);
    m_list->addAction(m_locate);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->viewport()->setAutoFillBackground(false);
    connect(m_list, &QListView::activated, this, &StartPage::openSelected);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &StartPage::followSelection);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->addStretch();
    for (QAction *action : {m_locate, m_remove}) {
        auto *button = new ActionButton(action);
        button->setFlat(true);
        QSizePolicy policy = button->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        button->setSizePolicy(policy);
        buttons->addWidget(button);
    }

    m_filledRecents = new QWidget;
    auto *filled = new QVBoxLayout(m_filledRecents);
    filled->setContentsMargins(0, 0, 0, 0);
    filled->addWidget(m_list, 1);
    filled->addLayout(buttons);

    m_noRecents = new QWidget;
    auto *steps = new QVBoxLayout(m_noRecents);
    steps->setContentsMargins(0, gap, 0, 0);
    steps->setSpacing(gap * 3 / 2);
    steps->addWidget(new PictureRow(
        "folder"_L1, tr("Open: the project and this computer's GPU are read, nothing is written.")));
    steps->addWidget(
        new PictureRow("plan"_L1, tr("Review: every package with its version, source, size and reason.")));
    steps->addWidget(new PictureRow(
        "check"_L1, tr("Apply: installed whole or not at all, then checked with a real computation.")));
    steps->addStretch();

    auto *all = new QWidget;
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    m_recentsHeading = new Heading(QString(), Heading::Level::Section);
    column->addWidget(m_recentsHeading);
    column->addWidget(m_filledRecents, 1);
    column->addWidget(m_noRecents, 1);
    return all;
}

QWidget *StartPage::makeComputerLine()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing(*this));
    m_computerIcon = new StatusIcon;
    m_computer = new ElidedLabel;
    m_lookAgainButton = new ActionButton(m_lookAgain);
    m_lookAgainButton->setFlat(true);
    row->addWidget(m_computerIcon);
    row->addWidget(m_computer, 1);
    row->addWidget(m_lookAgainButton);
    return holder;
}

void StartPage::showError(const Error &error)
{
    m_message->removeButtons();
    m_message->showError(error);
}

void StartPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_open->setFocus();
    m_recents.lookForMissing();
}

void StartPage::followComputer()
{
    const Answer<hardware::DeviceReport> &answer = m_session.computer();
    m_computerIcon->setStatus(computerStatus(answer));
    m_computer->setText(tr("This computer: %1").arg(computerSummary(answer)));
    m_lookAgainButton->setVisible(answer.error.has_value());
}

void StartPage::followSelection()
{
    const bool hasEntries = m_recents.rowCount() > 0;
    m_filledRecents->setVisible(hasEntries);
    m_noRecents->setVisible(!hasEntries);
    m_recentsHeading->setText(hasEntries ? tr("Recent") : tr("How it works"));
    const QModelIndex current = m_list->currentIndex();
    const bool isMissing = current.data(RecentProjects::MissingRole).toBool();
    const QString none = current.isValid() ? QString() : tr("No project is selected");
    setReason(*m_remove, none);
    setReason(*m_locate, !none.isEmpty() || isMissing ? none : tr("The folder is where it was"));
    m_remove->setVisible(current.isValid());
    m_locate->setVisible(isMissing);
}

void StartPage::openSelected()
{
    const QModelIndex current = m_list->currentIndex();
    if (current.data(RecentProjects::MissingRole).toBool())
        locateSelected();
    else if (current.isValid())
        Q_EMIT pathChosen(current.data(RecentProjects::PathRole).toString());
}

void StartPage::locateSelected()
{
    const QPersistentModelIndex current = m_list->currentIndex();
    auto *dialog = new QFileDialog(
        this, tr("Where is “%1” now?").arg(current.data(RecentProjects::NameRole).toString()));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, current](const QString &path) {
        if (current.isValid())
            m_recents.relocate(current.row(), path);
        Q_EMIT pathChosen(path);
    });
    dialog->open();
}

void StartPage::removeSelected()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    m_removedRow = current.row();
    m_removed = m_recents.take(m_removedRow);
    m_message->removeButtons();
    m_message->addButton(m_undoRemove);
    m_message->show(
        Tone::Info, tr("“%1” is no longer in the list; its folder was not touched").arg(m_removed.name));
}

} // namespace sconce::ui
