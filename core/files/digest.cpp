// SPDX-License-Identifier: Apache-2.0
#include "files/digest.h"

#include <cerrno>

#include <QFile>

#include <fcntl.h>
// The plain functions: those that OpenSSL prefers (EVP) need the whole library, whose loading takes a fifth
// of the time of a short verb.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <unistd.h>

#include "files/descriptor.h"

namespace sconce::files {

struct Sha256::State {
    SHA256_CTX context;
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    SHA256_Init(&m_state->context);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::add(QByteArrayView bytes)
{
    SHA256_Update(&m_state->context, bytes.data(), std::size_t(bytes.size()));
}

QByteArray Sha256::finish()
{
    QByteArray digest(32, Qt::Uninitialized);
    SHA256_Final(reinterpret_cast<unsigned char *>(digest.data()), &m_state->context);
    SHA256_Init(&m_state->context);
    return digest;
}

QByteArray sha256(QByteArrayView bytes)
{
    Sha256 sum;
    sum.add(bytes);
    return sum.finish();
}

QString sha256Hex(QByteArrayView bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

Result<QString> sha256HexOfFile(const QString &path, const JobContext &context)
{
    const Descriptor file = SCONCE_TRY(openForReading(path));
    Sha256 sum;
    QByteArray chunk(1 << 20, Qt::Uninitialized);
    for (;;) {
        SCONCE_TRY(context.goOn());
        const qsizetype size = SCONCE_TRY(readSome(file, chunk, path));
        if (size == 0)
            return QString::fromLatin1(sum.finish().toHex());
        sum.add(QByteArrayView(chunk).first(size));
    }
}

QString recordHash(const QByteArray &digest)
{
    return QStringLiteral("sha256=")
        + QString::fromLatin1(
            digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace sconce::files
