// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

#include "theme/colours.h"

namespace sconce::ui {

/// A word in a tinted pill: "Recommended", "2 conflicts".
class Badge final : public QLabel {
    Q_OBJECT
public:
    explicit Badge(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    void setTone(Tone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
};

} // namespace sconce::ui
