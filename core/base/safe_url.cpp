// SPDX-License-Identifier: Apache-2.0
#include "base/safe_url.h"

namespace sconce {

QString safeText(const QUrl &url)
{
    // A query may carry a signature (S3, Azure), so it goes too; the path alone says which file it was.
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

} // namespace sconce
