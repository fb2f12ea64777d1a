// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUrl>

namespace sconce {

/// A URL for logs, messages and files: never with user, password, query or fragment values that could hold a
/// secret.
QString safeText(const QUrl &url);

/// "host", or "host:port" where the port is not the usual one.
QString hostText(const QUrl &url);

/// The text with “*” for each character of user and password in the URLs in it: as long as before, so places
/// in it stay right.
QString withoutSecrets(QStringView text);

} // namespace sconce
