// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <utility>

#include <QString>

#include <unistd.h>

#include "base/result.h"

namespace sconce::files {

/// An open file that closes itself.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    int get() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }
    int release() { return std::exchange(m_number, -1); }
    /// Some file systems report a failed write only here.
    bool close() { return ::close(std::exchange(m_number, -1)) == 0; }

private:
    int m_number = -1;
};

/// A failed call as an Error, with errno as the reason: `what` is a sentence about `path` without its reason,
/// for example “x” cannot be read. Kinds: NotFound, Denied, DiskFull, Broken.
Error systemError(int number, const QString &what);

Result<Descriptor> openForReading(const QString &path);
/// Up to the size of `chunk`; 0 at the end.
Result<qsizetype> readSome(const Descriptor &file, QByteArray &chunk, const QString &path);
/// Fills `bytes` from `offset` of the file on; fewer at its end. Leaves the place of readSome alone.
Result<qsizetype> readAt(const Descriptor &file, qint64 offset, std::span<char> bytes, const QString &path);

} // namespace sconce::files
