// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QEvent>
#include <QLabel>

#include "theme/colours.h"

namespace sconce::ui {

/// Plain text over as many lines as it needs, which can be selected with the mouse and copied. Never reads
/// text as markup: package names and messages of servers pass through here.
class WrappedLabel final : public QLabel {
    Q_OBJECT
public:
    enum class Look { Normal, Quiet };

    explicit WrappedLabel(const QString &text = {}, Look look = Look::Normal, QWidget *parent = nullptr)
        : QLabel(text, parent)
        , m_look(look)
    {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        setTextInteractionFlags(Qt::TextSelectableByMouse);
        // Text that holds only names and numbers would count as left to right, and stand on the wrong side.
        if (isRightToLeft())
            setAlignment(Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
        dim();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::StyleChange)
            dim();
        QLabel::changeEvent(event);
    }

private:
    void dim()
    {
        if (m_look != Look::Quiet)
            return;
        QPalette own;
        own.setColor(QPalette::WindowText, quietText(QPalette()));
        setPalette(own);
    }

    Look m_look;
};

} // namespace sconce::ui
