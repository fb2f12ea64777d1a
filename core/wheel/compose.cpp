// SPDX-License-Identifier: Apache-2.0
#include "wheel/compose.h"

#include <algorithm>

#include <QFileInfo>

#include "files/digest.h"
#include "wheel/contents.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr int FileMode = 0666;
constexpr int ProgramMode = 0777;

Result<QByteArray> bytesOf(const ComposedWheel::File &file)
{
    return file.copyOf.isEmpty() ? Result<QByteArray>(file.bytes) : files::read(file.copyOf);
}

} // namespace

QString ComposedWheel::distInfo(const metadata::WheelName &name)
{
    return u"%1-%2.dist-info"_s.arg(name.name.fileText(), name.version.text());
}

Result<UnpackedWheel> compose(const ComposedWheel &wheel, const QString &folder, const JobContext &context)
{
    const QString root = folder + u"/files/"_s;
    QStringList members;
    std::vector<Contents::File> written;
    std::vector<metadata::RecordRow> record;
    for (const ComposedWheel::File &file : wheel.files) {
        SCONCE_TRY(context.goOn());
        const QByteArray bytes = SCONCE_TRY(bytesOf(file));
        SCONCE_TRY(files::makeFolder(QFileInfo(root + file.path).path()));
        const bool isExecutable = !file.copyOf.isEmpty() && QFileInfo(file.copyOf).isExecutable();
        SCONCE_TRY(files::writeNew(root + file.path, bytes, isExecutable ? ProgramMode : FileMode));
        members.append(file.path);
        written.push_back({file.path, bytes.size(), files::sha256(bytes), isExecutable});
        record.push_back({file.path, files::recordHash(written.back().digest), bytes.size()});
    }
    const QString recordPath = ComposedWheel::distInfo(wheel.name) + u"/RECORD"_s;
    record.push_back({recordPath, {}, std::nullopt});
    members.append(recordPath);
    SCONCE_TRY(files::writeNew(root + recordPath, metadata::writeRecord(std::move(record)), FileMode));
    const auto read = [&](const QString &path) { return files::read(root + path); };
    auto contents = std::make_shared<Contents>(SCONCE_TRY(checkContents(wheel.name, members, read, context)));
    contents->files = std::move(written);
    return UnpackedWheel{folder, wheel.name, std::move(contents)};
}

bool isInstalledAs(const environment::Installed &installed, const ComposedWheel &wheel)
{
    if (installed.name != wheel.name.name || installed.version != wheel.name.version)
        return false;
    const Result<QByteArray> record = files::read(installed.distInfo + u"/RECORD"_s);
    const auto rows = metadata::parseRecord(record.value_or(QByteArray()));
    if (!rows)
        return false;
    QHash<QString, QString> hashes;
    for (const metadata::RecordRow &row : *rows)
        hashes.insert(row.path, row.hash);
    return std::ranges::all_of(wheel.files, [&](const ComposedWheel::File &file) {
        if (file.path.endsWith(".dist-info/WHEEL"_L1))
            return true;
        const Result<QByteArray> bytes = bytesOf(file);
        return bytes && hashes.value(file.path) == files::recordHash(files::sha256(*bytes));
    });
}

} // namespace sconce::wheel
