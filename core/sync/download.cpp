// SPDX-License-Identifier: Apache-2.0
#include "sync/download.h"

#include <map>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include "base/safe_url.h"
#include "files/files.h"
#include "sync/partial_file.h"

namespace sconce::sync {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sync)
};

constexpr qint64 LargestWheel = 16LL << 30;

QString hostOf(const QUrl &url)
{
    return url.host().isEmpty() ? safeText(url) : url.host();
}

Error refusal(const metadata::IndexFile &file, int status)
{
    const QString host = hostOf(file.url());
    const auto error = [&](ErrorKind kind, const QString &summary, const QString &hint) {
        return Error(kind, summary).detail(safeText(file.url())).hint(hint);
    };
    if (status == 404 || status == 410)
        return error(ErrorKind::NotFound,
            Words::tr("“%1” lists “%2” but does not have it (%3)").arg(host, file.fileName).arg(status),
            Words::tr("Make the plan again; the index may have changed"));
    if (status == 401 || status == 403 || status == 407)
        return error(ErrorKind::Denied,
            Words::tr("“%1” does not hand out “%2” (%3)").arg(host, file.fileName).arg(status),
            Words::tr("Check the name and password for this index"));
    return error(ErrorKind::Broken,
        Words::tr("“%1” answered %3 when asked for “%2”").arg(host, file.fileName).arg(status),
        Words::tr("Try again later"));
}

/// Brings the rest of the file; its SHA-256 when it is whole.
Result<QString> download(const metadata::IndexFile &file, PartialFile &partial, net::Fetcher &fetcher,
    const ReportBytes &report, const JobContext &context)
{
    report(partial.size());
    if (file.size && partial.size() >= *file.size) // an earlier try was stopped behind the download
        return partial.finish();
    net::Request request{.url = file.url(), .limit = LargestWheel};
    if (partial.size() > 0)
        request.first = partial.size();
    request.restart = [&] {
        report(0);
        return partial.restart();
    };
    const net::Sink sink = [&](QByteArrayView piece) -> Result<> {
        SCONCE_TRY(partial.append(piece));
        report(partial.size());
        return {};
    };
    const net::Reply reply = SCONCE_TRY(fetcher.download(request, sink, context));
    if (reply.status == 416 && request.first) {
        // Nothing is left to send: what is here is whole already, or not the file.
        return partial.finish();
    }
    if (reply.status < 200 || reply.status >= 300)
        return std::unexpected(refusal(file, reply.status));
    return partial.finish();
}

Error otherFile(
    const metadata::IndexFile &file, const QString &kind, const QString &found, const QString &wanted)
{
    return Error(ErrorKind::BadHash,
        Words::tr("“%1” from “%2” is not the file that is listed").arg(file.fileName, hostOf(file.url())))
        .detail(Words::tr("%1 %2, listed %3").arg(kind, found, wanted))
        .hint(Words::tr("Try again later; if it stays so, tell those who run the index"));
}

/// The whole file at partialFile(), compared with the index. Gives its SHA-256.
Result<QString> downloadChecked(const metadata::IndexFile &file, const WheelCache &cache,
    net::Fetcher &fetcher, const ReportBytes &report, const JobContext &context)
{
    const QString path = cache.partialFile(file);
    const QString wanted = file.sha256();
    QString found;
    // A wrong digest gets one more try from the first byte: the piece from an earlier try may be of another
    // file.
    for (int attempt = 0; attempt < 2; ++attempt) {
        PartialFile partial = SCONCE_TRY(PartialFile::open(path, context));
        // Without a digest nothing tells whether an earlier piece belongs to this file.
        if (wanted.isEmpty() && partial.size() > 0)
            SCONCE_TRY(partial.restart());
        found = SCONCE_TRY(download(file, partial, fetcher, report, context));
        if (wanted.isEmpty() || found == wanted)
            return found;
        SCONCE_TRY(files::remove(path));
        context.progress().log(Words::tr("%1: wrong SHA-256, downloading it again").arg(file.fileName));
    }
    return std::unexpected(otherFile(file, u"SHA-256"_s, found, wanted));
}

/// Digests of other kinds, which some indexes give instead; all of them have to be right.
Result<> compareOthers(const metadata::IndexFile &file, const QString &archive)
{
    static const std::map<QString, QCryptographicHash::Algorithm> known{{u"md5"_s, QCryptographicHash::Md5},
        {u"sha1"_s, QCryptographicHash::Sha1}, {u"sha224"_s, QCryptographicHash::Sha224},
        {u"sha384"_s, QCryptographicHash::Sha384}, {u"sha512"_s, QCryptographicHash::Sha512},
        {u"blake2b"_s, QCryptographicHash::Blake2b_512}};
    for (const QString &hash : file.hashes) {
        const auto algorithm = known.find(hash.section(u':', 0, 0));
        if (algorithm == known.end())
            continue;
        QCryptographicHash digest(algorithm->second);
        QFile bytes(archive);
        if (!bytes.open(QIODevice::ReadOnly) || !digest.addData(&bytes)) {
            return std::unexpected(Error(
                ErrorKind::Broken, Words::tr("“%1” cannot be read: %2").arg(archive, bytes.errorString())));
        }
        const QString found = QString::fromLatin1(digest.result().toHex());
        if (found != hash.section(u':', 1))
            return std::unexpected(otherFile(file, algorithm->first.toUpper(), found, hash.section(u':', 1)));
    }
    return {};
}

} // namespace

Result<wheel::UnpackedWheel> fetchWheel(const metadata::IndexFile &file, const WheelCache &cache,
    net::Fetcher &fetcher, const ReportBytes &report, const JobContext &context)
{
    if (!file.wheel) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” would have to be built, and only wheels can be installed").arg(file.fileName)));
    }
    if (auto cached = SCONCE_TRY(cache.find(file, context)))
        return *std::move(cached);
    const files::LockFile lock = SCONCE_TRY(files::LockFile::acquire(cache.lockFile(file), context));
    if (auto cached = SCONCE_TRY(cache.find(file, context))) // another program was faster
        return *std::move(cached);
    const QString key = cache.addressKey(file);
    const QString sha256 = SCONCE_TRY(downloadChecked(file, cache, fetcher, report, context));
    const QString archive = cache.partialFile(file);
    if (Result<> same = compareOthers(file, archive); !same) {
        SCONCE_TRY(files::remove(archive));
        return std::unexpected(std::move(same).error());
    }
    const QString folder = cache.unpackedFolder(file, sha256);
    SCONCE_TRY(files::makeFolder(QFileInfo(folder).path()));
    Result<wheel::UnpackedWheel> unpacked = wheel::unpackChecked(archive, *file.wheel, folder, context,
        file.sha256().isEmpty() ? wheel::ArchiveDigest::Unknown : wheel::ArchiveDigest::Checked);
    // A stop keeps the bytes for the next time; a wheel that is refused would be refused again.
    if (unpacked || unpacked.error().kind() == ErrorKind::BadInput)
        SCONCE_TRY(files::remove(archive));
    if (unpacked)
        SCONCE_TRY(cache.rememberDigest(key, sha256));
    return unpacked;
}

} // namespace sconce::sync
