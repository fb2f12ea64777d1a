// SPDX-License-Identifier: Apache-2.0
#include "torch/mirror.h"

namespace sconce::torch {

QUrl indexBelow(const QUrl &mirror, const Backend &backend)
{
    QUrl url = mirror;
    QString path = url.path();
    if (!path.endsWith(u'/'))
        path += u'/';
    url.setPath(path + backend.name);
    return url;
}

} // namespace sconce::torch
