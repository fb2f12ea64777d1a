// SPDX-License-Identifier: Apache-2.0
#include "setup/project_card.h"

#include <algorithm>

#include <QCheckBox>
#include <QFileInfo>
#include <QVBoxLayout>

#include "parts/card.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/text.h"
#include "parts/wrapped_label.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

QString projectSummary(const Session &session)
{
    const Answer<actions::Overview> &answer = session.overview();
    if (!answer.value)
        return answer.isRunning() ? ProjectCard::tr("Reading the project…")
                                  : ProjectCard::tr("Could not be read");
    const project::Project &project = answer.value->project;
    QStringList parts{code(QFileInfo(project.file).fileName())};
    if (project.requiresPython)
        parts << ProjectCard::tr("Python %1").arg(code(project.requiresPython->text()));
    const std::size_t wishes = project.requirementsFile ? project.requirementsFile->requirements.size()
                                                        : project.dependencies.size();
    parts << ProjectCard::tr("%n dependency(s)", nullptr, int(wishes));
    parts << (answer.value->usesTorch ? ProjectCard::tr("uses PyTorch")
                                      : ProjectCard::tr("does not use PyTorch"));
    return parts.join(u" · "_s);
}

ProjectCard::ProjectCard(Session &session, QWidget *parent)
    : QObject(parent)
    , m_session(session)
    , m_card(new Card(tr("This project"), parent))
    , m_notes(new InlineMessage)
{
    m_card->makeFoldable(tr("Details of this project"));
    m_card->body()->addWidget(m_notes);
    connect(&m_session, &Session::projectChanged, this, &ProjectCard::follow);
    follow();
}

void ProjectCard::follow()
{
    const Answer<actions::Overview> &answer = m_session.overview();
    m_card->setSummary(projectSummary(m_session));
    if (answer.isRunning())
        m_card->setStatus(Status::Running);
    else if (!answer.value)
        m_card->setStatus(Status::Failed);
    else
        m_card->setStatus(answer.value->project.notes.empty() ? Status::Done : Status::Attention);
    if (!answer.value)
        return;
    QStringList notes;
    for (const project::Project::Note &note : answer.value->project.notes)
        notes << tr("%1 (line %2)").arg(note.sentence, QLocale().toString(note.place.line));
    if (answer.value->environmentProblem)
        notes << *answer.value->environmentProblem;
    if (notes.isEmpty())
        m_notes->clear();
    else
        m_notes->show(Tone::Warning, notes.join(u'\n'));
    showParts();
}

void ProjectCard::showParts()
{
    const project::Project &project = m_session.overview().value->project;
    QStringList names{project.folder};
    for (const auto &entry : project.extras)
        names << u"extra "_s + entry.first.text();
    for (const auto &entry : project.groups)
        names << u"group "_s + entry.first.text();
    if (m_parts && names == m_partNames)
        return;
    m_partNames = names;
    if (m_parts)
        m_parts->deleteLater();
    m_parts = new QWidget;
    auto *column = new QVBoxLayout(m_parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(*m_card) / 2);
    column->addWidget(
        new WrappedLabel(tr("In %1").arg(shortPath(project.folder)), WrappedLabel::Look::Quiet));
    const auto addBox = [this, column](
                            const QString &text, const QString &kind, const names::Name &name, bool checked) {
        auto *box = new QCheckBox(text);
        box->setProperty("kind", kind);
        box->setProperty("name", name.text());
        box->setChecked(checked);
        connect(box, &QCheckBox::toggled, this, &ProjectCard::chooseParts);
        column->addWidget(box);
    };
    const auto addHeading = [this, column](const QString &text) {
        column->addSpacing(spacing(*m_card) / 2);
        column->addWidget(new QLabel(text));
    };
    if (!project.extras.empty())
        addHeading(tr("Optional features (extras)"));
    for (const auto &[name, wishes] : project.extras)
        addBox(code(name.text()), u"extra"_s, name, std::ranges::contains(m_session.choice().extras, name));
    if (!project.groups.empty())
        addHeading(tr("Dependency groups"));
    for (const auto &[name, entries] : project.groups)
        addBox(code(name.text()), u"group"_s, name, std::ranges::contains(m_session.choice().groups, name));
    m_card->body()->addWidget(m_parts);
}

void ProjectCard::chooseParts()
{
    actions::SetUpChoice choice = m_session.choice();
    choice.extras.clear();
    choice.groups.clear();
    for (const QCheckBox *box : m_parts->findChildren<QCheckBox *>()) {
        const Result<names::Name> name = names::Name::parse(box->property("name").toString());
        if (name && box->isChecked())
            (box->property("kind") == u"extra"_s ? choice.extras : choice.groups).push_back(*name);
    }
    m_session.choose(choice);
}

} // namespace sconce::ui
