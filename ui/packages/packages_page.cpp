// SPDX-License-Identifier: Apache-2.0
#include "packages/packages_page.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>

#include "packages/package_filter.h"
#include "packages/package_model.h"
#include "parts/action_button.h"
#include "parts/empty_state.h"
#include "parts/headings.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/table.h"
#include "parts/wrapped_label.h"
#include "session/session.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

PackagesPage::PackagesPage(Session &session, QAction *openFolder, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new PackageModel(this))
    , m_filter(new PackageFilter(this))
    , m_find(new QAction(tr("Find Package"), this))
    , m_states(new QStackedWidget)
    , m_noProject(new EmptyState("packages"_L1, tr("Open a project to see its packages"), openFolder))
    , m_noPackages(new EmptyState("packages"_L1, QString()))
    , m_message(new InlineMessage)
{
    m_filter->setSourceModel(m_model);
    m_table = makeTable();
    m_find->setObjectName(u"packages.find"_s);
    m_find->setShortcut(QKeySequence::Find);
    connect(m_find, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });

    const int gap = line(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap * 2, gap * 3 / 2, gap * 2, gap * 3 / 2);
    column->setSpacing(gap);
    column->addWidget(new Heading(tr("Packages"), Heading::Level::Page));
    column->addWidget(m_message);
    for (QWidget *state : std::initializer_list<QWidget *>{m_noProject, m_noPackages, m_table})
        m_states->addWidget(state);
    column->addWidget(m_states, 1);
    for (auto changed : {&Session::projectChanged, &Session::proposalChanged})
        connect(&m_session, changed, this, &PackagesPage::follow);
    follow();
}

QWidget *PackagesPage::makeTable()
{
    auto *holder = new QWidget;
    auto *head = new QHBoxLayout;
    head->setSpacing(spacing(*this));
    auto *group = new QButtonGroup(this);
    for (const bool onlyAskedFor : {false, true}) {
        auto *chip = new QToolButton;
        chip->setText(onlyAskedFor ? tr("Asked For") : tr("All"));
        chip->setCheckable(true);
        chip->setChecked(!onlyAskedFor);
        chip->setAutoRaise(true);
        chip->setFocusPolicy(Qt::StrongFocus);
        group->addButton(chip);
        connect(chip, &QToolButton::clicked, this, [this, onlyAskedFor] {
            m_filter->setOnlyAskedFor(onlyAskedFor);
            followCount();
        });
        head->addWidget(chip);
    }
    m_count = new WrappedLabel({}, WrappedLabel::Look::Quiet);
    m_count->setWordWrap(false);
    head->addSpacing(spacing(*this));
    head->addWidget(m_count);
    head->addStretch(1);
    m_search = new QLineEdit;
    m_search->setObjectName(u"packages.search"_s);
    m_search->setPlaceholderText(tr("Search packages"));
    m_search->setAccessibleName(tr("Search packages"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon("search"_L1), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(letters(*this, 36));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setFilterFixedString(text);
        followCount();
    });
    head->addWidget(m_search, 1);

    auto *table = new Table(m_filter, tr("Packages"));
    table->setObjectName(u"packages.table"_s);
    table->setColumnLetters({20, 12, 13, 14, 17, 11});

    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(line(*this) * 2 / 3);
    column->addLayout(head);
    column->addWidget(table, 1);
    return holder;
}

void PackagesPage::follow()
{
    m_model->show(m_session.overview().value, m_session.proposal().value);
    followCount();
    if (m_session.proposal().error && !m_session.proposal().wasStopped())
        m_message->show(Tone::Warning,
            tr("Only what is installed is shown: %1").arg(m_session.proposal().error->summary()));
    else if (m_session.proposal().value && m_session.proposal().value->conflict())
        m_message->show(Tone::Warning,
            tr("Only what is installed is shown: the wishes of the project cannot be met together"));
    else
        m_message->clear();
    if (!m_session.hasProject()) {
        m_states->setCurrentWidget(m_noProject);
    } else if (m_model->rowCount() == 0) {
        const bool isComing = m_session.overview().isRunning() || m_session.proposal().isRunning()
            || m_session.computer().isRunning();
        m_noPackages->setSentence(isComing ? tr("Versions are being worked out…")
                                           : tr("Nothing is installed, and the project asks for nothing"));
        m_states->setCurrentWidget(m_noPackages);
    } else {
        m_states->setCurrentWidget(m_table);
    }
}

void PackagesPage::followCount()
{
    const int shown = m_filter->rowCount();
    m_count->setText(tr("%n package(s)", nullptr, shown));
}

} // namespace sconce::ui
