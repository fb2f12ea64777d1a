// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <QByteArray>
#include <QByteArrayView>

#include "work/job_context.h"

namespace sconce::files {

/// Running SHA-256 (libcrypto: several times faster than QCryptographicHash here).
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;
    void add(QByteArrayView bytes);
    /// 32 bytes; the object starts anew.
    QByteArray finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// 32 bytes.
QByteArray sha256(QByteArrayView bytes);
/// Lower-case hex.
QString sha256Hex(QByteArrayView bytes);
Result<QString> sha256HexOfFile(const QString &path, const JobContext &context);
/// 32 bytes.
Result<QByteArray> sha256OfFile(const QString &path, const JobContext &context);
/// The same by another algorithm that RECORD may name: "sha384", "sha512". Nothing for others.
Result<std::optional<QByteArray>> digestOfFile(
    const QString &path, QStringView algorithm, const JobContext &context);
/// urlsafe base64 without padding, as in RECORD: "sha256=…".
QString recordHash(const QByteArray &digest);
QString recordHash(QStringView algorithm, const QByteArray &digest);

} // namespace sconce::files
