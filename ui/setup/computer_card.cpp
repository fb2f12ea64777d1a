// SPDX-License-Identifier: Apache-2.0
#include "setup/computer_card.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>

#include "hardware/memory_text.h"
#include "parts/action_button.h"
#include "parts/card.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/text.h"
#include "parts/wrapped_label.h"
#include "session/session.h"
#include "setup/computer_text.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

ComputerCard::ComputerCard(Session &session, QWidget *parent)
    : QObject(parent)
    , m_session(session)
    , m_card(new Card(tr("This computer"), parent))
    , m_message(new InlineMessage)
    , m_copy(new QAction(tr("Copy What Was Looked At"), this))
    , m_lookAgain(new QAction(tr("Look Again"), this))
{
    m_card->makeFoldable(tr("Facts about this computer"));
    m_card->body()->addWidget(m_message);
    auto *buttons = new QHBoxLayout;
    for (QAction *action : {m_lookAgain, m_copy})
        buttons->addWidget(new ActionButton(action));
    buttons->addStretch();
    m_card->body()->addLayout(buttons);
    connect(m_lookAgain, &QAction::triggered, &m_session, &Session::lookAtComputer);
    connect(m_copy, &QAction::triggered, this, [this] {
        if (m_session.computer().value)
            QGuiApplication::clipboard()->setText(m_session.computer().value->looked.join(u'\n'));
    });
    connect(&m_session, &Session::computerChanged, this, &ComputerCard::follow);
    follow();
}

void ComputerCard::follow()
{
    const Answer<hardware::DeviceReport> &answer = m_session.computer();
    m_card->setStatus(computerStatus(answer));
    const bool hasFailed = answer.error && !answer.isRunning() && !answer.wasStopped();
    m_card->setSummary(hasFailed ? tr("Could not be looked at") : computerSummary(answer));
    setReason(*m_copy, answer.value ? QString() : tr("Nothing was looked at yet"));
    setReason(*m_lookAgain, answer.isRunning() ? tr("Looking for GPUs already") : QString());
    if (hasFailed) {
        m_message->showError(*answer.error);
        m_card->setFolded(false);
    } else if (const QStringList warnings = answer.value ? computerWarnings(*answer.value) : QStringList();
        !warnings.isEmpty()) {
        m_message->show(Tone::Warning, warnings.join(u'\n'));
        m_card->setFolded(false);
    } else if (answer.value && !answer.value->overrideNote.isEmpty()) {
        m_message->show(Tone::Info, answer.value->overrideNote);
    } else {
        m_message->clear();
    }
    showFacts();
}

void ComputerCard::showFacts()
{
    if (m_facts)
        m_facts->deleteLater();
    m_facts = new QWidget;
    auto *grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(line(*m_card));
    grid->setVerticalSpacing(spacing(*m_card) / 2);
    grid->setColumnStretch(2, 1);
    const auto add = [grid](const QString &what, const QString &value, const QString &source) {
        const int row = grid->rowCount();
        auto *label = new WrappedLabel(what, WrappedLabel::Look::Quiet);
        label->setWordWrap(false);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        auto *fact = new WrappedLabel(value);
        fact->setWordWrap(false);
        grid->addWidget(fact, row, 1, Qt::AlignTop);
        if (!source.isEmpty())
            grid->addWidget(new WrappedLabel(tr("read from %1").arg(code(source)), WrappedLabel::Look::Quiet),
                row, 2, Qt::AlignTop);
    };
    const auto addFact = [&add](const QString &what, const std::optional<hardware::Fact> &fact) {
        if (fact)
            add(what, code(fact->value), fact->source);
    };
    if (const std::shared_ptr<const hardware::DeviceReport> computer = m_session.computer().value) {
        const auto addGap = [this, grid] {
            if (grid->count() > 0)
                grid->setRowMinimumHeight(grid->rowCount(), spacing(*m_card) / 2);
        };
        for (const hardware::Device &device : computer->devices) {
            addGap();
            add(tr("GPU"), code(device.name.value), device.name.source);
            if (device.memory)
                add(tr("Memory"), hardware::memoryText(*device.memory), device.memory->source);
            addFact(tr("Compute capability"), device.computeCapability);
            addFact(tr("Architecture"), device.architecture);
            addFact(tr("Driver"), device.driver);
            addFact(tr("PCI address"), device.pciAddress);
        }
        addGap();
        add(tr("System"), code(computer->operatingSystem + u' ' + computer->machine), {});
    }
    m_card->body()->insertWidget(1, m_facts);
}

} // namespace sconce::ui
