// SPDX-License-Identifier: Apache-2.0
#include "kit/wheel_writer.h"

#include <QCryptographicHash>

namespace sconce::kit {

namespace {

QByteArray csv(QByteArray field)
{
    if (!field.contains(',') && !field.contains('"'))
        return field;
    return '"' + field.replace("\"", "\"\"") + '"';
}

QByteArray recordRow(const ZipMember &member)
{
    const QByteArray digest = QCryptographicHash::hash(member.data, QCryptographicHash::Sha256)
                                  .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return csv(member.name) + ",sha256=" + digest + ',' + QByteArray::number(member.data.size()) + '\n';
}

} // namespace

ZipMember wheelMember(const QByteArray &path, const QByteArray &text, quint32 mode)
{
    ZipMember member;
    member.name = path;
    member.data = text;
    member.mode = mode;
    if (path.endsWith('/')) {
        member.method = 0;
        member.mode = 040755;
    }
    return member;
}

Wheel &Wheel::file(const QByteArray &path, const QByteArray &text, quint32 mode)
{
    files.push_back(wheelMember(path, text, mode));
    return *this;
}

QString Wheel::fileName() const
{
    return QString::fromUtf8(name + '-' + version + '-' + tag + ".whl");
}

ZipArchive Wheel::archive() const
{
    const QByteArray info = stem.value_or(name + '-' + version) + ".dist-info/";
    ZipArchive archive;
    archive.members = files;
    const auto add = [&](const QByteArray &path, const std::optional<QByteArray> &given,
                         const QByteArray &usual) {
        const QByteArray text = given.value_or(usual);
        if (!text.isEmpty())
            archive.members.push_back(wheelMember(info + path, text));
    };
    add("METADATA", metadataText, "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + '\n');
    add("WHEEL", wheelText, "Wheel-Version: 1.0\nGenerator: kit\nRoot-Is-Purelib: true\nTag: " + tag + '\n');
    add("entry_points.txt", entryPoints, {});
    QByteArray record;
    for (const ZipMember &member : archive.members) {
        if (!member.name.endsWith('/'))
            record += recordRow(member);
    }
    add("RECORD", recordText, record + moreRecord + info + "RECORD,,\n");
    return archive;
}

} // namespace sconce::kit
