// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace sconce::ui {

/// The one local file or folder that is being dragged; empty for anything else.
inline QString droppedPath(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace sconce::ui
