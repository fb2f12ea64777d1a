// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include <QHash>
#include <QString>
#include <QUrl>

namespace sconce::net {

struct Login {
    QString user;
    QString password;
    bool operator==(const Login &) const = default;
};

/// Who to be at an address: the URL itself, UV_INDEX_<NAME>_USERNAME/_PASSWORD, netrc, keyring. Thread-safe.
class Credentials {
public:
    virtual ~Credentials() = default;
    /// `realmUrl` is the URL asked for, without user info. Must not ask a person: it is called for every
    /// request.
    virtual std::optional<Login> find(const QUrl &realmUrl) = 0;
    /// A server refused (401) what find() gave. May be slow. `user`: the name to find the password of, or
    /// empty.
    virtual std::optional<Login> findAfterRefusal(const QUrl &realmUrl, const QString &user)
    {
        Q_UNUSED(realmUrl)
        Q_UNUSED(user)
        return std::nullopt;
    }
    virtual void learnIndex(const QString &name, const QUrl &url)
    {
        Q_UNUSED(name)
        Q_UNUSED(url)
    }
};

/// Who to be at an address that may have user info: that, with the known password for a name alone, else what
/// is known.
std::optional<Login> loginFor(const QUrl &url, Credentials *credentials);
/// Scheme, host and port: what a login must never leave (RFC 6454).
QString originOf(const QUrl &url);
/// One entry of a netrc file ("machine", "login", "password"); the rest is passed over. "default" is not
/// honoured: it would hand a password to every host that a page links to.
QHash<QString, Login> parseNetrc(QStringView text);

/// Asks the system's key store; nothing when it has no entry. Called on worker threads.
using Keyring = std::function<std::optional<Login>(const QUrl &realmUrl, const QString &user)>;

/// The order: what was learnt of indexes, the longest matching path first; the origin's only login; netrc.
/// After a refusal: the keyring.
class CredentialStore final : public Credentials {
public:
    /// `variables`: where UV_INDEX_<NAME>_USERNAME and _PASSWORD stand, and NETRC and HOME, which say where
    /// netrc is.
    explicit CredentialStore(QHash<QString, QString> variables, Keyring keyring = {});

    std::optional<Login> find(const QUrl &realmUrl) override;
    std::optional<Login> findAfterRefusal(const QUrl &realmUrl, const QString &user) override;
    void learnIndex(const QString &name, const QUrl &url) override;

private:
    struct Entry {
        QString origin;
        QString path; // ends in "/"
        Login login;
    };
    void remember(const QUrl &url, const Login &login);
    const QHash<QString, Login> &netrc();

    const QHash<QString, QString> m_variables;
    const Keyring m_keyring;
    std::mutex m_lock;
    std::vector<Entry> m_entries;
    std::optional<QHash<QString, Login>> m_netrc;
};

} // namespace sconce::net
