// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace sconce::ui {

/// A title; larger for a page than for a section of it.
class Heading final : public QLabel {
    Q_OBJECT
public:
    enum class Level { Page, Section };
    Heading(const QString &text, Level level, QWidget *parent = nullptr);
};

/// One of our icons, so many lines of text high.
class PictureLabel final : public QLabel {
    Q_OBJECT
public:
    PictureLabel(QLatin1StringView iconName, double lines, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();

    QLatin1StringView m_iconName;
    double m_lines;
};

/// A picture and a sentence beside it.
class PictureRow final : public QWidget {
    Q_OBJECT
public:
    PictureRow(QLatin1StringView iconName, const QString &sentence, QWidget *parent = nullptr);
};

} // namespace sconce::ui
