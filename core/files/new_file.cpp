// SPDX-License-Identifier: Apache-2.0
#include "files/new_file.h"

#include <cerrno>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "files/system.h"

namespace sconce::files {

namespace {

constexpr mode_t AnyExecute = 0111;

} // namespace

Mapping::~Mapping()
{
    if (!m_bytes.empty())
        ::munmap(m_bytes.data(), m_bytes.size());
}

Result<Mapping> Mapping::ofFile(const Descriptor &file, qint64 first, qint64 length, const QString &path)
{
    Mapping mapping;
    mapping.m_skipped = std::size_t(first % ::sysconf(_SC_PAGESIZE));
    const std::size_t size = std::size_t(length) + mapping.m_skipped;
    void *at =
        ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), off_t(first - qint64(mapping.m_skipped)));
    if (at == MAP_FAILED)
        return std::unexpected(
            systemError(errno, QCoreApplication::translate("files", "“%1” cannot be read").arg(path)));
    ::madvise(at, size, MADV_SEQUENTIAL);
    mapping.m_bytes = {static_cast<char *>(at), size};
    return mapping;
}

std::unexpected<Error> NewFile::failed() const
{
    return std::unexpected(
        systemError(errno, QCoreApplication::translate("files", "“%1” cannot be written").arg(m_path)));
}

Result<NewFile> NewFile::create(const QString &path, int mode)
{
    // To be mapped a file must be readable too.
    NewFile made(Descriptor(system::create(
                     QFile::encodeName(path).constData(), O_RDWR | O_EXCL | O_NOFOLLOW, mode_t(mode))),
        path);
    if (!made.m_file.isOpen())
        return made.failed();
    if (mode_t(mode) & AnyExecute) {
        struct stat facts{};
        if (::fstat(made.m_file.get(), &facts) != 0
            || ((facts.st_mode & AnyExecute) != AnyExecute
                && system::changeMode(made.m_file.get(), (facts.st_mode & 07777) | AnyExecute) != 0))
            return made.failed();
    }
    return made;
}

Result<> NewFile::write(QByteArrayView bytes)
{
    if (system::write(m_file.get(), bytes.data(), std::size_t(bytes.size())) != 0)
        return failed();
    return {};
}

Result<> NewFile::reserve(qint64 size)
{
    if (system::allocate(m_file.get(), size) != 0)
        return failed();
    return {};
}

Result<Mapping> NewFile::map(qint64 size)
{
    SCONCE_TRY(reserve(size));
    void *at = ::mmap(nullptr, std::size_t(size), PROT_READ | PROT_WRITE, MAP_SHARED, m_file.get(), 0);
    if (at == MAP_FAILED)
        return failed();
    Mapping mapping;
    mapping.m_bytes = {static_cast<char *>(at), std::size_t(size)};
    return mapping;
}

Result<> NewFile::close()
{
    if (!m_file.close())
        return failed();
    return {};
}

} // namespace sconce::files
