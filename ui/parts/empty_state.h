// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;
class QLabel;

namespace sconce::ui {

/// What a page shows while it has nothing to show: a picture, a sentence, one thing to do.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    /// Without `action` there is no button.
    EmptyState(QLatin1StringView iconName, const QString &sentence, QAction *action = nullptr,
        QWidget *parent = nullptr);
    void setSentence(const QString &sentence);

private:
    QLabel *m_sentence;
};

} // namespace sconce::ui
