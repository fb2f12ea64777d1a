// SPDX-License-Identifier: Apache-2.0
#include "plan/plan_sheet.h"

#include <QAction>
#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>

#include "parts/action_button.h"
#include "parts/fold.h"
#include "parts/headings.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/table.h"
#include "parts/text.h"
#include "parts/wrapped_label.h"
#include "plan/plan_filter.h"
#include "plan/plan_package_model.h"
#include "plan/plan_text.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

using Kind = plan::Operation::Kind;

bool asksConsent(const plan::Plan &plan)
{
    return plan.count(Kind::Downgrade) > 0 || plan.count(Kind::SwitchBackend) > 0;
}

} // namespace

PlanSheet::PlanSheet(std::shared_ptr<const Proposal> proposal, const QString &projectName,
    const QString &backendTitle, QWidget *parent)
    : QDialog(parent)
    , m_proposal(std::move(proposal))
    , m_projectName(projectName)
    , m_model(new PlanPackageModel(m_proposal, this))
    , m_filter(new PlanFilter(this))
    , m_apply(new QAction(applyText(), this))
{
    const QString title = backendTitle.isEmpty()
        ? tr("Plan: set up %1").arg(projectName)
        : tr("Plan: set up %1 with %2").arg(projectName, backendTitle);
    setObjectName(u"plan"_s);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    if (parent)
        resize(parent->size() * 9 / 10);
    m_filter->setSourceModel(m_model);
    m_apply->setObjectName(u"plan.apply"_s);
    m_apply->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_apply, &QAction::triggered, this, &QDialog::accept);
    addAction(m_apply);

    const int gap = line(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap * 3 / 2, gap * 5 / 4, gap * 3 / 2, gap);
    column->setSpacing(gap * 2 / 3);
    column->addWidget(new Heading(title, Heading::Level::Page));
    addWarnings(column);
    addEnvironment(column);
    addFiles(column);
    if (!m_proposal->plan()->operations.empty())
        addPackages(column);
    else
        column->addStretch();
    addFolded(column);
    column->addWidget(makeButtons());
    followConsent();
}

bool PlanSheet::event(QEvent *event)
{
    const bool isHandled = QDialog::event(event);
    // A narrow sheet needs more height for its sentences, which a layout asks for but does not insist on.
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest
        || event->type() == QEvent::Show)
        setMinimumHeight(layout()->totalMinimumHeightForWidth(width()));
    return isHandled;
}

void PlanSheet::addWarnings(QVBoxLayout *column)
{
    const plan::Plan &plan = *m_proposal->plan();
    QStringList sentences;
    for (const plan::Warning &warning : plan.warnings)
        sentences << warning.sentence;
    const qint64 needed = plan.knownBytes();
    const bool isTight = m_proposal->freeBytes >= 0 && needed > m_proposal->freeBytes;
    if (isTight)
        sentences << tr("The downloads alone need %1, and only %2 are free where the environment goes")
                         .arg(sizeText(needed), sizeText(m_proposal->freeBytes));
    if (!sentences.isEmpty()) {
        auto *message = new InlineMessage;
        message->show(Tone::Warning, sentences.join(u'\n'));
        column->addWidget(message);
    }
    if (!asksConsent(plan))
        return;
    const int count = int(plan.count(Kind::Downgrade) + plan.count(Kind::SwitchBackend));
    m_consent = new QCheckBox(
        tr("I understand that %n package(s) change to an older version or another backend", nullptr, count));
    m_consent->setObjectName(u"plan.consent"_s);
    connect(m_consent, &QCheckBox::toggled, this, &PlanSheet::followConsent);
    column->addWidget(m_consent);
}

void PlanSheet::addEnvironment(QVBoxLayout *column)
{
    const plan::Plan &plan = *m_proposal->plan();
    QStringList facts{changesText(plan), downloadText(plan)};
    if (m_proposal->freeBytes >= 0)
        facts << tr("%1 free").arg(sizeText(m_proposal->freeBytes));
    column->addWidget(new WrappedLabel(facts.join(u" · "_s)));
    const QString where = shortPath(plan.environmentFolder);
    column->addWidget(new WrappedLabel(plan.createWith
            ? tr("A new environment is made in %1 with Python %2 (%3)")
                  .arg(where, code(plan.createWith->version().text()), shortPath(plan.createWith->executable))
            : tr("The environment in %1 is changed; until the switch-over at the end it stays as it is")
                  .arg(where),
        WrappedLabel::Look::Quiet));
}

void PlanSheet::addFiles(QVBoxLayout *column)
{
    for (const plan::FileChange &change : m_proposal->plan()->files) {
        const QString sentence = fileText(change, *m_proposal->plan());
        if (change.details.isEmpty()) {
            column->addWidget(new WrappedLabel(sentence));
            continue;
        }
        addFold(column, sentence, change.details.join(u'\n'))->setObjectName(u"plan.file"_s);
    }
}

void PlanSheet::makeKindFilter(QBoxLayout *row)
{
    const plan::Plan &plan = *m_proposal->plan();
    auto *group = new QButtonGroup(this);
    const auto addChip = [&](const QString &text, std::optional<Kind> kind) {
        auto *chip = new QToolButton;
        chip->setText(text);
        chip->setCheckable(true);
        chip->setAutoRaise(true);
        chip->setChecked(!kind);
        chip->setFocusPolicy(Qt::StrongFocus);
        group->addButton(chip);
        connect(chip, &QToolButton::clicked, this, [this, kind] { m_filter->setKind(kind); });
        row->addWidget(chip);
    };
    addChip(tr("All %1").arg(QLocale().toString(plan.operations.size())), std::nullopt);
    for (const Kind kind :
        {Kind::Add, Kind::Upgrade, Kind::Downgrade, Kind::SwitchBackend, Kind::Reinstall, Kind::Remove}) {
        if (plan.count(kind) > 0)
            addChip(u"%1 %2"_s.arg(kindText(kind), QLocale().toString(plan.count(kind))), kind);
    }
}

void PlanSheet::addPackages(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    makeKindFilter(row);
    row->addStretch();
    auto *search = new QLineEdit;
    search->setObjectName(u"plan.search"_s);
    search->setPlaceholderText(tr("Filter packages"));
    search->setAccessibleName(tr("Filter packages"));
    search->setClearButtonEnabled(true);
    search->setMaximumWidth(letters(*this, 36));
    search->addAction(icon("search"_L1), QLineEdit::LeadingPosition);
    connect(search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, search, qOverload<>(&QWidget::setFocus));
    row->addWidget(search, 1);
    column->addLayout(row);

    auto *table = new Table(m_filter, tr("Packages of the plan"));
    table->setObjectName(u"plan.packages"_s);
    table->setMinimumHeight(line(*this) * 9); // a few rows, however much stands above them
    table->setColumnLetters({14, 24, 14, 18, 22, 16});
    const bool onlyAdds = m_proposal->plan()->count(Kind::Add) == m_proposal->plan()->operations.size();
    table->setColumnHidden(PlanPackageModel::FromColumn, onlyAdds);
    column->addWidget(table, 1);
}

/// Lines of a file or a shell, which begin at the left in every language.
Fold *PlanSheet::addFold(QVBoxLayout *column, const QString &title, const QString &text)
{
    auto *lines = new QPlainTextEdit(text);
    lines->setReadOnly(true);
    lines->setTabChangesFocus(true);
    lines->setAccessibleName(title);
    lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    lines->setFixedHeight(line(*this) * int(std::min<qsizetype>(text.count(u'\n') + 2, 6)));
    auto *fold = new Fold(title, lines);
    column->addWidget(fold, 0, Qt::AlignLeft);
    column->addWidget(lines);
    return fold;
}

void PlanSheet::addFolded(QVBoxLayout *column)
{
    const plan::Plan &plan = *m_proposal->plan();
    if (!m_proposal->commands.isEmpty())
        addFold(column, tr("Commands that do the same"), m_proposal->commands.join(u'\n'));
    QStringList unchanged;
    for (const names::PackageName &name : plan.unchanged)
        unchanged << name.text();
    if (!unchanged.isEmpty())
        addFold(column, tr("%n package(s) stay as they are", nullptr, int(unchanged.size())),
            unchanged.join(u'\n'));
}

QWidget *PlanSheet::makeButtons()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, spacing(*this), 0, 0);
    row->setSpacing(spacing(*this));
    auto *copy = new QPushButton(icon("copy"_L1), tr("Copy as Markdown"));
    copy->setObjectName(u"plan.copy"_s);
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(planMarkdown(*m_proposal, m_projectName)); });
    m_backButton = new QPushButton(tr("Back"));
    m_backButton->setObjectName(u"plan.back"_s);
    connect(m_backButton, &QPushButton::clicked, this, &QDialog::reject);
    m_applyButton = new ActionButton(m_apply);
    row->addWidget(copy);
    row->addStretch();
    row->addWidget(m_backButton);
    row->addWidget(m_applyButton);
    return holder;
}

/// An unread warning must not be one Return away from being carried out.
void PlanSheet::followConsent()
{
    const bool isGiven = !m_consent || m_consent->isChecked();
    setReason(*m_apply,
        isGiven ? QString() : tr("First tick that you understand what goes down or changes its backend"));
    m_applyButton->setDefault(isGiven);
    m_backButton->setDefault(!isGiven);
    if (isGiven)
        m_applyButton->setFocus();
}

QString PlanSheet::applyText() const
{
    const plan::Plan &plan = *m_proposal->plan();
    if (!plan.operations.empty())
        return tr("Apply %n Change(s)", nullptr, int(plan.operations.size()));
    return plan.createWith ? tr("Make Environment") : tr("Write %n File(s)", nullptr, int(plan.files.size()));
}

} // namespace sconce::ui
