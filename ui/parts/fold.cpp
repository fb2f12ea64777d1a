// SPDX-License-Identifier: Apache-2.0
#include "parts/fold.h"

#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

Fold::Fold(const QString &title, QWidget *content, QWidget *parent)
    : QToolButton(parent)
{
    setText(title);
    setCheckable(true);
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    const auto follow = [this, content](bool open) {
        content->setVisible(open);
        setIcon(ui::icon(open ? "less"_L1 : isRightToLeft() ? "more-rtl"_L1 : "more"_L1));
    };
    connect(this, &QToolButton::toggled, content, follow);
    content->hide();
    setIcon(ui::icon(isRightToLeft() ? "more-rtl"_L1 : "more"_L1));
}

} // namespace sconce::ui
