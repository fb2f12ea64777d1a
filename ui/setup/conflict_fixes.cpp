// SPDX-License-Identifier: Apache-2.0
#include "setup/conflict_fixes.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "parts/headings.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

ConflictFixes::ConflictFixes(const std::vector<actions::OfferedFix> &fixes, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"conflict.fixes"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(*this) * 3 / 2);
    column->addWidget(
        new Heading(tr("%n change(s) of the project were tried and work", nullptr, int(fixes.size())),
            Heading::Level::Section));
    for (int number = 0; number < int(fixes.size()); ++number)
        addFix(number, fixes[std::size_t(number)], column);
}

void ConflictFixes::addFix(int number, const actions::OfferedFix &fix, QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(spacing(*this) * 2);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(spacing(*this) / 3);
    texts->addWidget(new WrappedLabel(fix.text));
    if (!fix.outcome.isEmpty())
        texts->addWidget(new WrappedLabel(tr("Then it is %1").arg(fix.outcome), WrappedLabel::Look::Quiet));
    row->addLayout(texts, 1);

    const bool isByHand = fix.edits.empty();
    auto *button =
        new QPushButton(isByHand ? icon("copy"_L1) : QIcon(), isByHand ? tr("Copy") : tr("Show Plan…"));
    button->setObjectName(u"conflict.fix.%1"_s.arg(number + 1));
    button->setAccessibleName(
        (isByHand ? tr("Copy what to write: %1") : tr("Show the plan with this change: %1")).arg(fix.text));
    button->setAutoDefault(false);
    row->addWidget(button, 0, Qt::AlignTop);
    column->addLayout(row);
    if (!isByHand) {
        connect(button, &QPushButton::clicked, this, [this, number] { Q_EMIT chosen(number); });
        return;
    }
    auto *lines = new QLabel(fix.byHand);
    lines->setTextFormat(Qt::PlainText);
    lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    lines->setTextInteractionFlags(Qt::TextSelectableByMouse);
    lines->setLayoutDirection(Qt::LeftToRight); // a file's lines
    texts->addWidget(new WrappedLabel(
        tr("The file is laid out in a way that has to be changed by hand:"), WrappedLabel::Look::Quiet));
    texts->addWidget(lines);
    connect(button, &QPushButton::clicked, this,
        [text = fix.byHand] { QGuiApplication::clipboard()->setText(text); });
}

} // namespace sconce::ui
