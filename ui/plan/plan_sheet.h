// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include "session/work.h"

class QAction;
class QBoxLayout;
class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace sconce::ui {

class Fold;
class PlanFilter;
class PlanPackageModel;

/// The one gate to a write: everything that would change, from where, how large, why. Accepted means Apply.
class PlanSheet final : public QDialog {
    Q_OBJECT
public:
    /// `proposal` holds a plan.
    PlanSheet(std::shared_ptr<const Proposal> proposal, const QString &projectName,
        const QString &backendTitle, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;

private:
    void addWarnings(QVBoxLayout *column);
    void addEnvironment(QVBoxLayout *column);
    void addFiles(QVBoxLayout *column);
    void addPackages(QVBoxLayout *column);
    Fold *addFold(QVBoxLayout *column, const QString &title, const QString &text);
    void addFolded(QVBoxLayout *column);
    QWidget *makeButtons();
    void makeKindFilter(QBoxLayout *row);
    void followConsent();
    QString applyText() const;

    std::shared_ptr<const Proposal> m_proposal;
    QString m_projectName;
    PlanPackageModel *m_model;
    PlanFilter *m_filter;
    QCheckBox *m_consent = nullptr;
    QAction *m_apply;
    QPushButton *m_applyButton = nullptr;
    QPushButton *m_backButton = nullptr;
};

} // namespace sconce::ui
