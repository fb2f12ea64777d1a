// SPDX-License-Identifier: Apache-2.0
#include "files/digest.h"

#include <cerrno>

#include <QFile>

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "files/descriptor.h"

namespace sconce::files {

namespace {

/// Looked up once: libcrypto searches its providers each time.
const EVP_MD *method()
{
    static const EVP_MD *const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

} // namespace

struct Sha256::State {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    State() { start(); }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    void start()
    {
        // Fails only without memory, or with a libcrypto that lacks SHA-256.
        if (!context || EVP_DigestInit_ex2(context, method(), nullptr) != 1)
            qFatal("libcrypto cannot compute SHA-256");
    }
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), std::size_t(bytes.size()));
}

QByteArray Sha256::finish()
{
    QByteArray digest(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_state->context, reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    m_state->start();
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
