// SPDX-License-Identifier: Apache-2.0
#include "base/safe_url.h"

namespace sconce {

QString safeText(const QUrl &url)
{
    // A query may carry a signature (S3, Azure), so it goes too; the path alone says which file it was.
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

QString hostText(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo).authority(QUrl::PrettyDecoded);
}

QString withoutSecrets(QStringView text)
{
    QString safe = text.toString();
    for (qsizetype start = 0; (start = safe.indexOf(u"://", start)) >= 0;) {
        start += 3;
        qsizetype end = start;
        while (end < safe.size() && !safe[end].isSpace() && !QStringView(u"/?#").contains(safe[end]))
            ++end;
        const qsizetype user = end > start ? safe.lastIndexOf(u'@', end - 1) : -1;
        for (qsizetype i = start; i < user; ++i)
            safe[i] = u'*';
        start = end;
    }
    return safe;
}

} // namespace sconce
