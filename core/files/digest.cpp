// SPDX-License-Identifier: Apache-2.0
#include "files/digest.h"

#include <algorithm>

#include <QCryptographicHash>

// The plain functions: those that OpenSSL prefers (EVP) need the whole library, whose loading takes a fifth
// of the time of a short verb.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sys/stat.h>

#include "files/descriptor.h"

namespace sconce::files {

namespace {

constexpr qsizetype LargestPiece = 1 << 20;

/// Hands over the whole file, piece by piece.
template <class Take>
Result<> readThrough(const QString &path, const Take &take, const JobContext &context)
{
    const Descriptor file = SCONCE_TRY(openForReading(path));
    struct stat facts{};
    const bool isKnown = ::fstat(file.get(), &facts) == 0;
    // Most files are small: a large piece of memory for each would take longer than reading them.
    QByteArray piece(isKnown ? std::clamp<qsizetype>(facts.st_size + 1, 4096, LargestPiece) : LargestPiece,
        Qt::Uninitialized);
    for (;;) {
        SCONCE_TRY(context.goOn());
        const qsizetype size = SCONCE_TRY(readSome(file, piece, path));
        if (size == 0)
            return {};
        take(QByteArrayView(piece).first(size));
    }
}

} // namespace

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
    return QString::fromLatin1(SCONCE_TRY(sha256OfFile(path, context)).toHex());
}

Result<QByteArray> sha256OfFile(const QString &path, const JobContext &context)
{
    Sha256 sum;
    SCONCE_TRY(readThrough(path, [&](QByteArrayView bytes) { sum.add(bytes); }, context));
    return sum.finish();
}

Result<std::optional<QByteArray>> digestOfFile(
    const QString &path, QStringView algorithm, const JobContext &context)
{
    if (algorithm == u"sha256")
        return SCONCE_TRY(sha256OfFile(path, context));
    if (algorithm != u"sha384" && algorithm != u"sha512")
        return std::nullopt;
    QCryptographicHash sum(algorithm == u"sha384" ? QCryptographicHash::Sha384 : QCryptographicHash::Sha512);
    SCONCE_TRY(readThrough(path, [&](QByteArrayView bytes) { sum.addData(bytes); }, context));
    return sum.result();
}

QString recordHash(const QByteArray &digest)
{
    return recordHash(u"sha256", digest);
}

QString recordHash(QStringView algorithm, const QByteArray &digest)
{
    return algorithm.toString() + u'='
        + QString::fromLatin1(
            digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace sconce::files
