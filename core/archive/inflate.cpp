// SPDX-License-Identifier: Apache-2.0
#include "archive/inflate.h"

#include <memory>

#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include "archive/zip_format.h"

namespace sconce::archive {

namespace {

constexpr qsizetype PieceSize = 256 << 10;
/// A zstd stream that wants more memory than 128 MiB is refused; only the streaming reader keeps a window of
/// its own.
constexpr int MostWindowLog = 27;

std::unexpected<Error> damaged(const ZipEntry &entry)
{
    return badEntry(QT_TRANSLATE_NOOP("archive", "The packed data of “%1” are damaged"), entry);
}

std::unexpected<Error> otherSize(const ZipEntry &entry)
{
    return badEntry(
        QT_TRANSLATE_NOOP("archive", "“%1” does not unpack to the size that the archive says"), entry);
}

Result<> checkSum(quint32 sum, const ZipEntry &entry)
{
    if (sum == entry.crc)
        return {};
    return badEntry(
        QT_TRANSLATE_NOOP("archive", "The contents of “%1” do not have the checksum that the archive says"),
        entry);
}

Result<> inflateInto(std::span<char> contents, QByteArrayView packed, const ZipEntry &entry)
{
    thread_local const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> tool(
        libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    std::size_t taken = 0;
    std::size_t made = 0;
    const libdeflate_result result = libdeflate_deflate_decompress_ex(tool.get(), packed.data(),
        std::size_t(packed.size()), contents.data(), contents.size(), &taken, &made);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return otherSize(entry);
    if (result != LIBDEFLATE_SUCCESS)
        return damaged(entry);
    if (made != contents.size() || taken != std::size_t(packed.size()))
        return otherSize(entry);
    return {};
}

Result<> unzstdInto(std::span<char> contents, QByteArrayView packed, const ZipEntry &entry)
{
    const std::size_t made =
        ZSTD_decompress(contents.data(), contents.size(), packed.data(), std::size_t(packed.size()));
    if (ZSTD_isError(made))
        return damaged(entry);
    if (made != contents.size())
        return otherSize(entry);
    return {};
}

/// A decoder that takes its input in pieces.
class Decoder {
public:
    virtual ~Decoder() = default;
    /// Takes from `in` what it can, fills `out` as far as it can and gives the filled part; false when the
    /// data are damaged.
    virtual bool step(QByteArrayView &in, std::span<char> out, qsizetype &made) = 0;
    virtual bool isAtEnd() const = 0;
};

class Inflater final : public Decoder {
public:
    Inflater() { m_isReady = inflateInit2(&m_stream, -MAX_WBITS) == Z_OK; }
    ~Inflater() override { inflateEnd(&m_stream); }
    bool step(QByteArrayView &in, std::span<char> out, qsizetype &made) override
    {
        // zlib's interface is older than const.
        m_stream.next_in = reinterpret_cast<Bytef *>(
            const_cast<char *>(in.data())); // NOLINT(cppcoreguidelines-pro-type-const-cast)
        m_stream.avail_in = uInt(in.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(out.data());
        m_stream.avail_out = uInt(out.size());
        const int result = m_isReady ? inflate(&m_stream, Z_NO_FLUSH) : Z_MEM_ERROR;
        m_isAtEnd = result == Z_STREAM_END;
        in = in.last(qsizetype(m_stream.avail_in));
        made = qsizetype(out.size() - m_stream.avail_out);
        return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
    }
    bool isAtEnd() const override { return m_isAtEnd; }

private:
    z_stream m_stream{};
    bool m_isReady = false;
    bool m_isAtEnd = false;
};

class Unzstd final : public Decoder {
public:
    Unzstd() { ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, MostWindowLog); }
    bool step(QByteArrayView &in, std::span<char> out, qsizetype &made) override
    {
        ZSTD_inBuffer input{in.data(), std::size_t(in.size()), 0};
        ZSTD_outBuffer output{out.data(), out.size(), 0};
        const std::size_t result = ZSTD_decompressStream(m_context.get(), &output, &input);
        m_isAtEnd = result == 0;
        in = in.sliced(qsizetype(input.pos));
        made = qsizetype(output.pos);
        return !ZSTD_isError(result);
    }
    bool isAtEnd() const override { return m_isAtEnd; }

private:
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> m_context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    bool m_isAtEnd = false;
};

class Store final : public Decoder {
public:
    bool step(QByteArrayView &in, std::span<char> out, qsizetype &made) override
    {
        made = std::min(in.size(), qsizetype(out.size()));
        std::copy_n(in.begin(), made, out.begin());
        in = in.sliced(made);
        return true;
    }
    bool isAtEnd() const override { return true; }
};

std::unique_ptr<Decoder> decoderFor(ZipEntry::Method method)
{
    switch (method) {
    case ZipEntry::Method::Deflated: return std::make_unique<Inflater>();
    case ZipEntry::Method::Zstandard: return std::make_unique<Unzstd>();
    case ZipEntry::Method::Stored: break;
    }
    return std::make_unique<Store>();
}

} // namespace

Result<> unpackInto(std::span<char> contents, QByteArrayView packed, const ZipEntry &entry)
{
    switch (entry.method) {
    case ZipEntry::Method::Deflated: SCONCE_TRY(inflateInto(contents, packed, entry)); break;
    case ZipEntry::Method::Zstandard: SCONCE_TRY(unzstdInto(contents, packed, entry)); break;
    case ZipEntry::Method::Stored: std::ranges::copy(packed, contents.begin()); break;
    }
    return checkSum(libdeflate_crc32(0, contents.data(), contents.size()), entry);
}

Result<> unpackThrough(const ZipEntry &entry, const std::function<Result<QByteArrayView>()> &next,
    const std::function<Result<>(QByteArrayView)> &take)
{
    const std::unique_ptr<Decoder> decoder = decoderFor(entry.method);
    std::vector<char> piece(PieceSize);
    qint64 total = 0;
    quint32 sum = 0;
    for (;;) {
        QByteArrayView packed = SCONCE_TRY(next());
        if (packed.isEmpty())
            break;
        qsizetype made = 0;
        do {
            if (decoder->isAtEnd() && entry.method == ZipEntry::Method::Deflated)
                return otherSize(entry);
            if (!decoder->step(packed, piece, made))
                return damaged(entry);
            total += made;
            if (total > entry.size)
                return otherSize(entry);
            sum = libdeflate_crc32(sum, piece.data(), std::size_t(made));
            SCONCE_TRY(take(QByteArrayView(piece.data(), made)));
            // A full piece may mean that more waits inside the decoder.
        } while (!packed.isEmpty() || (made == PieceSize && !decoder->isAtEnd()));
    }
    if (!decoder->isAtEnd() || total != entry.size)
        return otherSize(entry);
    return checkSum(sum, entry);
}

} // namespace sconce::archive
