// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>
#include <QUrl>

namespace sconce::net {

struct Login {
    QString user;
    QString password;
};

/// Who to be at an address: the URL itself, UV_INDEX_<NAME>_USERNAME/_PASSWORD, netrc, keyring. Thread-safe.
class Credentials {
public:
    virtual ~Credentials() = default;
    /// `realmUrl` is the URL asked for, without user info.
    virtual std::optional<Login> find(const QUrl &realmUrl) = 0;
};

} // namespace sconce::net
