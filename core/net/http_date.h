// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace sconce::net {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 § 5.6.7); the two obsolete forms are taken too. Invalid for
/// anything else.
QDateTime httpDate(const QByteArray &text);

} // namespace sconce::net
