// SPDX-License-Identifier: Apache-2.0
#include "shell/shortcuts_dialog.h"

#include <QDialogButtonBox>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include "parts/metrics.h"
#include "parts/table.h"
#include "shell/action_registry.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

ShortcutsDialog::ShortcutsDialog(ActionRegistry &registry, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcuts"_s);
    setWindowTitle(tr("Keyboard Shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    auto *withKeys = new QSortFilterProxyModel(this);
    withKeys->setSourceModel(&registry);
    withKeys->setFilterKeyColumn(ActionRegistry::ShortcutColumn);
    withKeys->setFilterRegularExpression(u"."_s); // commands without keys are in the palette
    auto *table = new Table(withKeys, tr("Keyboard shortcuts"));
    table->setColumnLetters({44});
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    resize(letters(*this, 90), line(*this) * 28);
}

} // namespace sconce::ui
