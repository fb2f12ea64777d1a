// SPDX-License-Identifier: Apache-2.0
#include "shell/page_model.h"

#include <optional>

#include "check/check_text.h"
#include "session/session.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

QString pageTitle(Page page)
{
    switch (page) {
    case Page::Start: return PageModel::tr("Start");
    case Page::SetUp: return PageModel::tr("Set Up");
    case Page::Packages: return PageModel::tr("Packages");
    case Page::Check: return PageModel::tr("Check");
    }
    return {};
}

QLatin1StringView pageIcon(Page page)
{
    switch (page) {
    case Page::Start: return "home"_L1;
    case Page::SetUp: return "setup"_L1;
    case Page::Packages: return "packages"_L1;
    case Page::Check: return "check"_L1;
    }
    return "info"_L1;
}

PageModel::PageModel(Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
{
    for (auto changed : {&Session::projectChanged, &Session::proposalChanged, &Session::appliedChanged,
             &Session::checkChanged})
        connect(&m_session, changed, this, [this] { Q_EMIT dataChanged(index(0), index(PageCount - 1)); });
}

int PageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : PageCount;
}

std::optional<Status> PageModel::statusOf(Page page) const
{
    if (!m_session.hasProject())
        return std::nullopt;
    if (page == Page::Check)
        return m_session.check().value || m_session.check().error || m_session.check().isRunning()
            ? std::optional(checkStatus(m_session.check()))
            : std::nullopt;
    if (page != Page::SetUp)
        return std::nullopt;
    if (m_session.overview().error || m_session.proposal().error || m_session.applied().error)
        return Status::Failed;
    if (m_session.overview().isRunning() || m_session.proposal().isRunning()
        || m_session.applied().isRunning())
        return Status::Running;
    if (m_session.proposal().value && m_session.proposal().value->conflict())
        return Status::Failed;
    return m_session.isSetUp() ? std::optional(Status::Done) : std::nullopt;
}

QVariant PageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Page page = Page(index.row());
    const std::optional<Status> status = statusOf(page);
    switch (role) {
    case Qt::DisplayRole: return pageTitle(page);
    case Qt::DecorationRole: return icon(pageIcon(page));
    case Qt::ToolTipRole: return tr("%1 (Alt+%2)").arg(pageTitle(page)).arg(index.row() + 1);
    case Qt::AccessibleTextRole:
        return status ? tr("%1: %2", "page: its state").arg(pageTitle(page), statusText(*status))
                      : pageTitle(page);
    case StatusRole: return status ? QVariant(int(*status)) : QVariant();
    default: return {};
    }
}

} // namespace sconce::ui
