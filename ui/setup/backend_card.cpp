// SPDX-License-Identifier: Apache-2.0
#include "setup/backend_card.h"

#include <algorithm>

#include <QButtonGroup>
#include <QRadioButton>
#include <QVBoxLayout>

#include "parts/card.h"
#include "parts/fold.h"
#include "parts/metrics.h"
#include "parts/text.h"
#include "parts/wrapped_label.h"
#include "session/session.h"
#include "setup/backend_option.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// Shown at once: what is recommended, the CPU build as the way out, and whatever else was chosen.
bool standsOut(const torch::Verdict &verdict, const QString &chosen)
{
    return verdict.isRecommended || verdict.backend->kind == torch::Backend::Kind::Cpu
        || verdict.backend->name == chosen;
}

} // namespace

BackendCard::BackendCard(Session &session, QWidget *parent)
    : QObject(parent)
    , m_session(session)
    , m_card(new Card(tr("GPU support"), parent))
{
    connect(&m_session, &Session::computerChanged, this, &BackendCard::follow);
    connect(&m_session, &Session::projectChanged, this, &BackendCard::follow);
    connect(&m_session, &Session::proposalChanged, this, &BackendCard::followChoice);
    connect(&m_session, &Session::appliedChanged, this, &BackendCard::followChoice);
    follow();
}

void BackendCard::follow()
{
    const std::shared_ptr<const actions::Overview> overview = m_session.overview().value;
    const bool usesTorch = overview && overview->usesTorch;
    const Answer<hardware::DeviceReport> &computer = m_session.computer();
    if (overview && !usesTorch) {
        m_card->setStatus(Status::Done);
        m_card->setSummary(tr("Not needed: this project does not use PyTorch"));
    } else if (computer.value) {
        m_card->setStatus(overview ? Status::Done : Status::Open);
    } else {
        m_card->setStatus(computer.error ? Status::Attention : Status::Open);
        m_card->setSummary(computer.error ? tr("Unknown, because this computer could not be looked at")
                                          : tr("Waiting for the facts about this computer"));
    }
    const bool hasOptions = usesTorch && computer.value;
    const bool isCurrent = m_options && m_shown == m_session.verdicts()
        && m_shownProjectRow == m_session.projectChoosesBackend();
    if (hasOptions && !isCurrent)
        rebuild();
    if (m_options)
        m_options->setVisible(hasOptions);
    followChoice();
}

void BackendCard::rebuild()
{
    if (m_options)
        m_options->deleteLater();
    m_rows.clear();
    m_options = new QWidget;
    m_group = new QButtonGroup(m_options);
    auto *column = new QVBoxLayout(m_options);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(*m_card));
    m_shown = m_session.verdicts();
    m_shownProjectRow = m_session.projectChoosesBackend();
    if (m_shownProjectRow) {
        auto *row = new BackendOption({QString(), tr("As the project says"), tr("Declared"), Tone::Info,
            tr("The project names the package sources of PyTorch itself, and they are kept."), {}, {}});
        m_rows.append(row);
        column->addWidget(row);
    }
    std::vector<const torch::Verdict *> fitting;
    std::vector<const torch::Verdict *> others;
    for (const torch::Verdict &verdict : *m_shown) {
        if (standsOut(verdict, m_session.choice().backend))
            addOption(column, verdict);
        else
            (verdict.fit == torch::Fit::DoesNotFit ? others : fitting).push_back(&verdict);
    }
    addFolded(column, tr("%n more that work here", nullptr, int(fitting.size())), fitting);
    addFolded(column, tr("%n that do not fit this computer", nullptr, int(others.size())), others);
    for (BackendOption *row : std::as_const(m_rows)) {
        m_group->addButton(row->button());
        connect(row->button(), &QRadioButton::clicked, this, [this, row] {
            actions::SetUpChoice choice = m_session.choice();
            choice.backend = row->backend();
            m_session.choose(choice);
        });
    }
    m_card->body()->addWidget(m_options);
}

void BackendCard::addOption(QVBoxLayout *column, const torch::Verdict &verdict)
{
    BackendOption::Texts texts;
    texts.backend = verdict.backend->name;
    texts.title = verdict.backend->title();
    if (verdict.isRecommended) {
        texts.badge = tr("Recommended");
        texts.badgeTone = Tone::Positive;
    } else if (verdict.fit == torch::Fit::FitsWithCaveat) {
        texts.badge = tr("With a caveat");
        texts.badgeTone = Tone::Warning;
    } else if (verdict.fit == torch::Fit::DoesNotFit) {
        texts.badge = tr("Does not fit");
        texts.badgeTone = Tone::Negative;
    }
    texts.sentence = verdict.sentence;
    texts.evidence = verdict.isRecommended ? verdict.evidence.join(u'\n') : QString();
    texts.hint = verdict.hint;
    auto *row = new BackendOption(texts);
    row->setToolTip(verdict.evidence.join(u'\n'));
    m_rows.append(row);
    column->addWidget(row);
}

void BackendCard::addFolded(
    QVBoxLayout *column, const QString &title, const std::vector<const torch::Verdict *> &verdicts)
{
    if (verdicts.empty())
        return;
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(column->spacing());
    for (const torch::Verdict *verdict : verdicts)
        addOption(inner, *verdict);
    column->addWidget(new Fold(title, content), 0, Qt::AlignLeft);
    column->addWidget(content);
}

void BackendCard::followChoice()
{
    const bool isLocked = m_session.isBusyWriting();
    for (BackendOption *row : std::as_const(m_rows)) {
        const bool isChosen = row->backend() == m_session.choice().backend;
        if (isChosen)
            row->button()->setChecked(true);
        row->button()->setEnabled(!isLocked);
        row->button()->setWhatsThis(isLocked ? tr("The plan is being carried out") : QString());
        if (!isChosen || !m_options || m_options->isHidden())
            continue;
        const bool isAsked =
            m_session.overview().value->askedBackend == row->backend() && !row->backend().isEmpty();
        m_card->setSummary(isAsked
                ? tr("%1, as the variable UV_TORCH_BACKEND asks").arg(row->button()->text())
                : row->button()->text());
    }
}

} // namespace sconce::ui
