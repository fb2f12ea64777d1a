// SPDX-License-Identifier: Apache-2.0
#include "resolve/lock_files.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <QDir>

#include "resolve/file_verdict.h"

using namespace Qt::StringLiterals;

namespace sconce::resolve {

using metadata::IndexFile;

namespace {

/// The best of the hashes that an index tells; empty for none that a lock may have.
QString bestHash(const IndexFile &file)
{
    static constexpr std::array Algorithms{
        "md5:"_L1, "sha256:"_L1, "sha384:"_L1, "sha512:"_L1, "blake2b:"_L1};
    const QString *best = nullptr;
    auto bestRank = Algorithms.begin();
    for (const QString &hash : file.hashes) {
        const auto *rank = std::ranges::find_if(
            Algorithms, [&](QLatin1StringView algorithm) { return hash.startsWith(algorithm); });
        if (rank == Algorithms.end() || (best && rank <= bestRank))
            continue;
        best = &hash;
        bestRank = rank;
    }
    return best ? *best : QString();
}

bool isAbsolute(QStringView url)
{
    const qsizetype end = url.indexOf("://"_L1);
    return end > 0 && std::ranges::all_of(url.first(end), [](QChar unit) {
        return unit.isLetterOrNumber() || unit == u'+' || unit == u'-' || unit == u'.';
    });
}

/// As the index wrote it, or made absolute; never with a login.
QString address(const IndexFile &file)
{
    if (isAbsolute(file.urlAsWritten) && !file.urlAsWritten.contains(u'@'))
        return file.urlAsWritten;
    if (!file.address.contains(u'@') && !file.address.contains(u'#'))
        return file.address;
    return file.url().toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveFragment);
}

QString relativeTo(const QString &folder, const QUrl &file)
{
    const QString path = QDir::cleanPath(QDir(folder).relativeFilePath(file.toLocalFile()));
    return path.isEmpty() ? u"."_s : path;
}

lock::File lockFile(const IndexFile &file, const metadata::IndexLocation &index)
{
    lock::File out;
    out.hash = bestHash(file);
    // That of a file in a folder or a flat list is not written, though it may be known.
    if (!index.isFlat)
        out.size = file.size;
    const QUrl url = index.url.isLocalFile() ? file.url() : QUrl();
    if (url.isLocalFile())
        out.path = index.isAbsolutePath ? QDir::cleanPath(url.toLocalFile())
                                        : relativeTo(index.url.toLocalFile(), url);
    else
        out.url = address(file);
    if (file.uploadTime)
        out.uploadTime = timeStamp(*file.uploadTime);
    return out;
}

/// 0 is best: a format that installers take, and of those the older one.
int rankOfSources(const IndexFile &file)
{
    return file.fileName.endsWith(".tar.gz"_L1) ? 0 : file.fileName.endsWith(".zip"_L1) ? 1 : 2;
}

} // namespace

QString timeStamp(const QDateTime &time)
{
    using namespace std::chrono;
    const sys_time<milliseconds> instant{milliseconds(time.toMSecsSinceEpoch())};
    const auto day = floor<days>(instant);
    const year_month_day date(day);
    const hh_mm_ss clock(instant - day);
    QString text;
    text.reserve(24);
    const auto append = [&text](quint64 number, int digits, QChar end) {
        text.resize(text.size() + digits);
        for (int i = 1; i <= digits; ++i, number /= 10)
            text[text.size() - i] = QChar(char16_t(u'0' + number % 10));
        text += end;
    };
    append(quint64(int(date.year())), 4, u'-');
    append(unsigned(date.month()), 2, u'-');
    append(unsigned(date.day()), 2, u'T');
    append(quint64(clock.hours().count()), 2, u':');
    append(quint64(clock.minutes().count()), 2, u':');
    append(quint64(clock.seconds().count()), 2, u'.');
    append(quint64(clock.subseconds().count()), 3, u'0');
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text += u'Z';
}

LockFiles::LockFiles(const UniversalRequest &request)
    : m_request(request)
{
    if (!request.environments.empty())
        m_environments = markers::Marker::never();
    for (const markers::Marker &environment : request.environments)
        m_environments = m_environments | environment;
}

const metadata::IndexLocation &LockFiles::indexOf(const Distribution &distribution)
{
    const QString &address = distribution.source.location;
    const auto [place, isNew] = m_indexes.try_emplace(address);
    if (isNew)
        place->second = m_request.location(address);
    return place->second;
}

lock::Source LockFiles::sourceOf(const metadata::IndexLocation &index) const
{
    lock::Source source;
    if (index.isAbsolutePath)
        source.location = QDir::cleanPath(index.url.toLocalFile());
    else if (index.url.isLocalFile())
        source.location = relativeTo(m_request.workspace.root.folder, index.url);
    else
        source.location = index.address();
    return source;
}

void LockFiles::add(lock::Package &package, const UniversalRequest::Place &place)
{
    if (!place.file)
        return;
    lock::File file;
    file.hash = bestHash(*place.file);
    if (!place.file->wheel) { // the source of the package names it
        package.sdist = std::move(file);
        return;
    }
    if (package.source.kind == lock::Source::Kind::Path)
        file.filename = place.file->fileName;
    else
        file.url = package.source.location;
    package.wheels.push_back(std::move(file));
}

void LockFiles::add(lock::Package &package, const Distribution &distribution, const markers::Marker &known)
{
    const metadata::IndexLocation &index = indexOf(distribution);
    package.source = sourceOf(index);
    const markers::Marker where = known & m_environments;
    auto &needed = m_needed[where];
    const auto isNeeded = [&](const tags::WheelTags &wheel) {
        const auto [place, isNew] = needed.try_emplace(wheel);
        if (isNew)
            place->second = wheel.areKnown() && m_wheels.isNeeded(wheel, m_request.python, where);
        return place->second;
    };
    const IndexFile *sources = nullptr;
    for (const IndexFile *file : distribution.files) {
        if (isTooNew(index, *file, m_request))
            continue;
        if (!file->wheel) {
            if (!sources || rankOfSources(*file) < rankOfSources(*sources))
                sources = file;
        } else if (isNeeded(file->wheel->tags)) {
            package.wheels.push_back(lockFile(*file, index));
        }
    }
    if (sources)
        package.sdist = lockFile(*sources, index);
}

} // namespace sconce::resolve
