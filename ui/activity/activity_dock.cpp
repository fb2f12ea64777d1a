// SPDX-License-Identifier: Apache-2.0
#include "activity/activity_dock.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

#include "activity/active_items.h"
#include "activity/job_model.h"
#include "activity/progress_delegate.h"
#include "parts/action_button.h"
#include "parts/metrics.h"
#include "parts/text.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

constexpr int LogLinesKept = 2000;

} // namespace

ActivityDock::ActivityDock(JobModel &jobs, QWidget *parent)
    : QDockWidget(tr("Activity"), parent)
    , m_jobs(jobs)
    , m_active(new ActiveItems(this))
    , m_view(new QTreeView)
    , m_log(new QPlainTextEdit)
    , m_cancel(new QAction(icon("stop"_L1), tr("Cancel Job"), this))
    , m_copyLog(new QAction(icon("copy"_L1), tr("Copy Log"), this))
    , m_showAll(new QAction(tr("Show All Items"), this))
{
    setObjectName(u"activity"_s); // the window's saved state finds it by this name
    setFeatures(DockWidgetClosable | DockWidgetMovable);
    m_cancel->setObjectName(u"job.cancel"_s);
    m_copyLog->setObjectName(u"job.copyLog"_s);
    m_showAll->setObjectName(u"job.showAll"_s);
    m_showAll->setCheckable(true);

    m_active->setSourceModel(&m_jobs);
    m_view->setModel(m_active);
    m_view->setItemDelegateForColumn(JobModel::ProgressColumn, new ProgressDelegate(m_view));
    m_view->setAccessibleName(tr("Jobs"));
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->resizeSection(JobModel::NameColumn, letters(*this, 42));
    m_view->header()->resizeSection(JobModel::ProgressColumn, letters(*this, 24));
    m_view->setTabKeyNavigation(false);

    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(LogLinesKept);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setAccessibleName(tr("Log of the selected job"));
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->document()->setDocumentMargin(spacing(*this));
    m_log->setTabChangesFocus(true);

    auto *halves = new QSplitter(Qt::Horizontal);
    halves->addWidget(m_view);
    halves->addWidget(m_log);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({line(*this) * 45, line(*this) * 20});
    halves->setChildrenCollapsible(false);
    // In the order of Tab.
    setTitleBarWidget(makeHead());
    setWidget(halves);

    connect(m_cancel, &QAction::triggered, this, [this] {
        if (JobBase *job = selectedJob())
            job->stop();
        followJobs();
    });
    connect(m_copyLog, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_log->toPlainText()); });
    connect(m_showAll, &QAction::toggled, m_active, &ActiveItems::setShowsAll);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ActivityDock::followJobs);
    connect(&m_jobs, &JobModel::progressed, this, &ActivityDock::followJobs);
    connect(&m_jobs, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &above, int row) {
        const QModelIndex shown = m_active->mapFromSource(m_jobs.index(row, 0, above));
        if (!above.isValid()) {
            m_view->setCurrentIndex(shown);
            m_view->scrollTo(shown);
            m_view->setExpanded(shown, true);
        }
    });
    followJobs();
}

QWidget *ActivityDock::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    const int gap = spacing(*this);
    row->setContentsMargins(gap * 2, gap / 2, gap, gap / 2);
    row->setSpacing(gap);
    auto *title = new QLabel(windowTitle());
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    row->addWidget(title);
    row->addStretch();
    row->addWidget(new ActionButton(m_cancel));
    for (QAction *action : {m_showAll, m_copyLog}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    auto *close = new QToolButton;
    close->setIcon(icon("close"_L1));
    close->setText(tr("Hide Activity"));
    close->setToolTip(tr("Hide Activity"));
    close->setToolButtonStyle(Qt::ToolButtonIconOnly);
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    row->addWidget(close);
    return head;
}

void ActivityDock::setLogVisible(bool visible)
{
    m_log->setVisible(visible);
}

void ActivityDock::showEvent(QShowEvent *event)
{
    QDockWidget::showEvent(event);
    followJobs();
}

JobBase *ActivityDock::selectedJob() const
{
    return m_jobs.jobAt(m_active->mapToSource(m_view->currentIndex()));
}

void ActivityDock::followJobs()
{
    const JobBase *job = selectedJob();
    if (!job)
        setReason(*m_cancel, tr("No job is selected"));
    else if (!job->isRunning())
        setReason(*m_cancel, tr("“%1” has ended already").arg(job->title()));
    else
        setReason(*m_cancel, job->isStopping() ? tr("“%1” is being cancelled").arg(job->title()) : QString());
    announce();
    if (isVisible())
        followLog();
}

void ActivityDock::followLog()
{
    JobBase *job = selectedJob();
    if (job != m_logged) {
        m_log->clear();
        m_loggedLines = 0;
        m_isEndLogged = false;
        m_logged = job;
    }
    if (job) {
        const QStringList lines = job->progress().logFrom(m_loggedLines);
        m_loggedLines += lines.size();
        for (const QString &text : lines)
            m_log->appendPlainText(text);
    }
    const bool hasEnded = job && !job->isRunning();
    const Error *error = hasEnded ? job->error() : nullptr;
    if (error && error->kind() != ErrorKind::Stopped && !std::exchange(m_isEndLogged, true))
        m_log->appendPlainText(error->forLog());
    m_log->setPlaceholderText(hasEnded ? tr("The selected job had nothing to say")
                                       : tr("The selected job has not said anything yet"));
    setReason(*m_copyLog, m_log->document()->isEmpty() ? tr("The log is empty") : QString());
}

/// Tells a screen reader about each quarter of the newest job, not about every tick.
void ActivityDock::announce()
{
    JobBase *job = m_jobs.newestRunning();
    if (job != m_announced) {
        m_announced = job;
        m_announcedQuarter = 0;
    }
    if (!job)
        return;
    const Progress::Reading reading = job->reading();
    const int quarter = reading.total > 0 ? int(reading.done * 4 / reading.total) : 0;
    if (quarter <= m_announcedQuarter)
        return;
    m_announcedQuarter = quarter;
    QAccessibleAnnouncementEvent event(this, tr("%1: %2").arg(job->title(), percentText(quarter * 25)));
    QAccessible::updateAccessibility(&event);
}

} // namespace sconce::ui
