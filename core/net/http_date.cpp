// SPDX-License-Identifier: Apache-2.0
#include "net/http_date.h"

#include <QLocale>
#include <QTimeZone>

namespace sconce::net {

using namespace Qt::StringLiterals;

QDateTime httpDate(const QByteArray &text)
{
    const QString words = QString::fromLatin1(text).simplified();
    // IMF-fixdate, RFC 850 (two digits of a year: those of this century as long as they are not far ahead),
    // asctime.
    for (const auto &form : {u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s, u"dddd, dd-MMM-yy hh:mm:ss 'GMT'"_s,
             u"ddd MMM d hh:mm:ss yyyy"_s}) {
        QDateTime date = QLocale::c().toDateTime(words, form, form.contains(u"-yy "_s) ? 1970 : 1900);
        if (date.isValid()) {
            date.setTimeZone(QTimeZone::UTC);
            return date;
        }
    }
    return {};
}

} // namespace sconce::net
