// SPDX-License-Identifier: Apache-2.0
#include "net/credentials.h"

#include <QDir>
#include <QLoggingCategory>

#include "files/files.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(netLog, "sconce.net", QtInfoMsg)

constexpr qint64 NetrcLimit = 1 << 20;

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

QString folderPath(const QUrl &url)
{
    QString path = url.path(QUrl::FullyEncoded);
    if (!path.endsWith(u'/'))
        path += u'/';
    return path;
}

/// The words of a netrc file: white space separates, "…" groups, "#" at the start of a word comments to the
/// line's end.
QStringList netrcWords(QStringView text)
{
    QStringList words;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i].isSpace()) {
            ++i;
        } else if (text[i] == u'#') {
            while (i < text.size() && text[i] != u'\n')
                ++i;
        } else if (text[i] == u'"') {
            QString word;
            for (++i; i < text.size() && text[i] != u'"'; ++i) {
                if (text[i] == u'\\' && i + 1 < text.size())
                    ++i;
                word += text[i];
            }
            ++i;
            words.append(word);
        } else {
            QString word;
            for (; i < text.size() && !text[i].isSpace(); ++i) {
                if (text[i] == u'\\' && i + 1 < text.size())
                    ++i;
                word += text[i];
            }
            words.append(word);
            // A macro runs to the next empty line.
            if (word == "macdef"_L1) {
                const qsizetype end = text.indexOf("\n\n"_L1, i);
                i = end < 0 ? text.size() : end;
                words.removeLast();
            }
        }
    }
    return words;
}

} // namespace

std::optional<Login> loginFor(const QUrl &url, Credentials *credentials)
{
    const Login written{url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded)};
    if (!written.password.isEmpty() || !credentials)
        return written == Login{} ? std::nullopt : std::optional(written);
    const std::optional<Login> known =
        credentials->find(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    if (!written.user.isEmpty() && (!known || known->user != written.user))
        return written;
    return known;
}

QString originOf(const QUrl &url)
{
    return url.scheme() + "://"_L1 + url.host(QUrl::FullyEncoded) + u':' + QString::number(portOf(url));
}

QHash<QString, Login> parseNetrc(QStringView text)
{
    QHash<QString, Login> hosts;
    QString machine;
    const QStringList words = netrcWords(text);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == "default"_L1) {
            machine.clear();
        } else if (i + 1 < words.size()) {
            const QString &value = words[++i];
            if (word == "machine"_L1)
                hosts[machine = value.toLower()] = {};
            else if (word == "login"_L1 && !machine.isEmpty())
                hosts[machine].user = value;
            else if (word == "password"_L1 && !machine.isEmpty())
                hosts[machine].password = value;
        }
    }
    return hosts;
}

CredentialStore::CredentialStore(QHash<QString, QString> variables, Keyring keyring)
    : m_variables(std::move(variables))
    , m_keyring(std::move(keyring))
{}

std::optional<Login> CredentialStore::find(const QUrl &realmUrl)
{
    const std::lock_guard guard(m_lock);
    const QString origin = originOf(realmUrl);
    const QString path = folderPath(realmUrl);
    const Entry *best = nullptr;
    const Entry *only = nullptr;
    bool isAmbiguous = false;
    for (const Entry &entry : m_entries) {
        if (entry.origin != origin)
            continue;
        // Paths end in "/", so "/simple" does not match "/simple-other".
        if (path.startsWith(entry.path) && (!best || entry.path.size() > best->path.size()))
            best = &entry;
        isAmbiguous |= only && only->login != entry.login;
        only = &entry;
    }
    if (best)
        return best->login;
    if (only && !isAmbiguous)
        return only->login;
    const auto found = netrc().constFind(realmUrl.host(QUrl::FullyEncoded).toLower());
    return found == netrc().constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<Login> CredentialStore::findAfterRefusal(const QUrl &realmUrl, const QString &user)
{
    if (!m_keyring)
        return std::nullopt;
    const std::optional<Login> login = m_keyring(realmUrl, user);
    if (login) {
        const std::lock_guard guard(m_lock);
        remember(realmUrl, *login);
    }
    return login;
}

void CredentialStore::learnIndex(const QString &name, const QUrl &url)
{
    Login login{url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded)};
    if (!name.isEmpty()) {
        QString variable = "UV_INDEX_"_L1 + name.toUpper();
        for (QChar &character : variable) {
            if (!(character >= u'A' && character <= u'Z') && !(character >= u'0' && character <= u'9'))
                character = u'_';
        }
        const QString user = m_variables.value(variable + "_USERNAME"_L1);
        const QString password = m_variables.value(variable + "_PASSWORD"_L1);
        if (!user.isEmpty() || !password.isEmpty())
            login = {user, password};
    }
    if (login == Login{})
        return;
    const std::lock_guard guard(m_lock);
    remember(url, login);
}

void CredentialStore::remember(const QUrl &url, const Login &login)
{
    const Entry entry{originOf(url), folderPath(url), login};
    for (Entry &known : m_entries) {
        if (known.origin == entry.origin && known.path == entry.path) {
            known = entry;
            return;
        }
    }
    m_entries.push_back(entry);
}

/// Read once, when the first login is looked for; m_lock is held.
const QHash<QString, Login> &CredentialStore::netrc()
{
    if (!m_netrc) {
        QString path = m_variables.value(u"NETRC"_s);
        if (path.isEmpty())
            path = m_variables.value(u"HOME"_s, QDir::homePath()) + "/.netrc"_L1;
        m_netrc.emplace();
        if (files::exists(path)) {
            if (const Result<QString> text = files::readText(path, NetrcLimit))
                m_netrc = parseNetrc(*text);
            else
                qCWarning(netLog).noquote() << text.error().summary();
        }
    }
    return *m_netrc;
}

} // namespace sconce::net
