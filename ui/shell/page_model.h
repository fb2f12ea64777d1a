// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>

#include "parts/card.h"

namespace sconce::ui {

class Session;

enum class Page { Start, SetUp, Packages, Check };
constexpr int PageCount = 4;
QString pageTitle(Page page);
QLatin1StringView pageIcon(Page page);

/// The pages of the side bar, each with how its subject stands.
class PageModel final : public QAbstractListModel {
    Q_OBJECT
public:
    /// Holds a Status as int; nothing for pages that have none.
    enum Role { StatusRole = Qt::UserRole };

    explicit PageModel(Session &session, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::optional<Status> statusOf(Page page) const;

    Session &m_session;
};

} // namespace sconce::ui
