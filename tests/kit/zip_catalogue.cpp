// SPDX-License-Identifier: Apache-2.0
#include "kit/zip_catalogue.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace sconce::kit {

namespace {

using Cases = std::vector<ZipCase>;
using Descriptor = ZipMember::Descriptor;
using End64 = ZipArchive::End64;

constexpr quint32 Full = 0xFFFFFFFF;

ZipMember member(const QByteArray &name, const QByteArray &data = "contents of the file\n")
{
    ZipMember made;
    made.name = name;
    made.data = data;
    return made;
}

ZipArchive archiveOf(std::vector<ZipMember> members)
{
    ZipArchive archive;
    archive.members = std::move(members);
    return archive;
}

/// The changed member between two plain ones.
QByteArray around(ZipMember changed)
{
    return archiveOf({member("pkg/first.py", "first\n"), std::move(changed), member("pkg/last.py", "last\n")})
        .bytes();
}

template <class Change>
QByteArray withMember(Change change)
{
    ZipMember made = member("pkg/x.py");
    change(made);
    return around(std::move(made));
}

template <class Change>
QByteArray withArchive(Change change)
{
    ZipArchive archive = archiveOf({member("pkg/x.py"), member("pkg/y.py", "y\n")});
    change(archive);
    return archive.bytes();
}

QByteArray named(const QByteArray &name)
{
    return around(member(name));
}

/// Info-ZIP's field: version, CRC of the header's name, the other name.
QByteArray unicodePath(const QByteArray &of, const QByteArray &name)
{
    return extraField(0x7075, number(1, 1) + number(crc32(of), 4) + name);
}

void addNames(Cases &cases)
{
    cases.push_back({"A01 up", named("../x"), u"leaves its folder"_s});
    cases.push_back({"A01 up in the middle", named("a/../../x"), u"leaves its folder"_s});
    cases.push_back({"A02 absolute", named("/etc/x"), u"absolute"_s});
    cases.push_back({"A02 absolute twice", named("//x"), u"absolute"_s});
    cases.push_back({"A03 drive", named("C:x"), u"drive"_s});
    cases.push_back({"A03 share", named("\\\\srv\\s\\x"), u"backslash"_s});
    cases.push_back({"A04 backslash", named("pkg\\x.py"), u"backslash"_s});
    cases.push_back({"A06 link", withMember([](ZipMember &m) { m.mode = 0120777; }), {}});
    cases.push_back({"A11 setuid", withMember([](ZipMember &m) { m.mode = 0104777; }), {}});
    cases.push_back({"A11 no mode", withMember([](ZipMember &m) { m.mode = 0; }), {}});
    cases.push_back({"A12 NUL", named(QByteArray("a\0b", 3)), u"invisible"_s});
    cases.push_back({"A12 line end", named("a\nb"), u"invisible"_s});
    cases.push_back({"A12 right to left", named("a\u202eb"), u"invisible"_s});
    cases.push_back({"A13 empty", named(""), u"empty"_s});
    cases.push_back({"A13 dot", named("."), u"empty"_s});
    cases.push_back({"A13 two dots", named(".."), u"leaves its folder"_s});
    cases.push_back({"A13 dot and two slashes inside", named("./pkg//./x.py"), {}});
    cases.push_back({"A13 spelt twice in two ways, not the same",
        archiveOf({member("pkg/x.py", "1"), member("pkg//x.py", "2")}).bytes(),
        u"twice, and not the same"_s});
    cases.push_back({"A13 folder with contents", named("pkg/sub/"), u"has contents"_s});
    cases.push_back({"A13 blanks only", named("  "), u"spaces only"_s});
    cases.push_back({"A14 reserved on Windows", named("pkg/nul.txt"), {}});
    cases.push_back(
        {"A15 case alone", archiveOf({member("pkg/x.py", "1"), member("pkg/X.py", "2")}).bytes(), {}});
    cases.push_back({"A16 two spellings of one letter",
        archiveOf({member("pkg/\u00e9", "1"), member("pkg/e\u0301", "2")}).bytes(), {}});
    cases.push_back(
        {"A16 not UTF-8", withMember([](ZipMember &m) { m.name = "pkg/\xff.py"; }), u"not UTF-8"_s});
    cases.push_back(
        {"A16 overlong", withMember([](ZipMember &m) { m.name = "pkg/\xc0\xaf.py"; }), u"not UTF-8"_s});
    cases.push_back({"A16 letters without the flag for UTF-8", withMember([](ZipMember &m) {
                         m.name = "pkg/\u00e9.py";
                         m.local.flags = m.central.flags = 0;
                     }),
        u"does not say that it is UTF-8"_s});
    cases.push_back({"A17 part of 256 bytes", named(QByteArray(256, 'n')), u"255 bytes"_s});
    cases.push_back({"A18 file, then below it", archiveOf({member("a"), member("a/b")}).bytes(),
        u"below a name that is a file"_s});
    cases.push_back({"A18 below it, then the file", archiveOf({member("a/b/c"), member("a/b")}).bytes(),
        u"below a name that is a file"_s});
    cases.push_back({"A18 folder and file", archiveOf({member("a/", ""), member("a")}).bytes(),
        u"below a name that is a file"_s});
    cases.push_back({"A19 129 deep", named(QByteArray("d/").repeated(128) + "f"), u"128 folders"_s});
}

void addHeaders(Cases &cases)
{
    cases.push_back({"A20 other name of its own", withMember([](ZipMember &m) { m.local.name = "pkg/z.py"; }),
        u"another name"_s});
    cases.push_back({"A20 longer name of its own",
        withMember([](ZipMember &m) { m.local.name = "pkg/x.pyc"; }), u"overlaps|another name"_s});
    cases.push_back(
        {"A21 checksum, local", withMember([](ZipMember &m) { m.local.crc = 1; }), u"another checksum"_s});
    cases.push_back({"A21 checksum, central", withMember([](ZipMember &m) { m.central.crc = 1; }),
        u"another checksum"_s});
    cases.push_back({"A21 checksum, both", withMember([](ZipMember &m) { m.local.crc = m.central.crc = 1; }),
        u"have the checksum"_s});
    cases.push_back(
        {"A21 size, local", withMember([](ZipMember &m) { m.local.size = 5; }), u"another size"_s});
    cases.push_back(
        {"A21 size, central", withMember([](ZipMember &m) { m.central.size = 5; }), u"another size"_s});
    cases.push_back({"A21 packed size, local", withMember([](ZipMember &m) { m.local.packedSize = 5; }),
        u"another size"_s});
    cases.push_back({"A21 packed size, central", withMember([](ZipMember &m) { m.central.packedSize = 5; }),
        u"another size"_s});
    cases.push_back({"A21 stored with two sizes", withMember([](ZipMember &m) {
                         m.method = 0;
                         m.central.size = m.local.size = 5;
                     }),
        u"two different sizes"_s});
    cases.push_back(
        {"A21 method, local", withMember([](ZipMember &m) { m.local.method = 0; }), u"packed otherwise"_s});
    cases.push_back(
        {"A22 listed only", withMember([](ZipMember &m) { m.isInPlace = false; }), u"overlaps"_s});
    cases.push_back(
        {"A22 not listed", withMember([](ZipMember &m) { m.isListed = false; }), u"does not list"_s});
    cases.push_back({"A22 not listed, first",
        archiveOf([] {
            ZipMember hidden = member("hidden");
            hidden.isListed = false;
            return std::vector{hidden, member("pkg/x.py")};
        }())
            .bytes(),
        u"in front of the first"_s});
    cases.push_back(
        {"A22 points into another's contents", withMember([](ZipMember &m) { m.central.offset = 3; }),
            u"overlaps|in front of|not in the archive"_s});
    cases.push_back({"A23 twice, not the same",
        archiveOf({member("pkg/x.py", "1"), member("pkg/x.py", "2")}).bytes(), u"twice, and not the same"_s});
    cases.push_back({"A23 twice, the same",
        archiveOf({member("pkg/x.py"), member("pkg/y.py"), member("pkg/x.py")}).bytes(), {}});
    cases.push_back({"A23 twice, other mode",
        archiveOf([] {
            ZipMember other = member("pkg/x.py");
            other.mode = 0100755;
            return std::vector{member("pkg/x.py"), other};
        }())
            .bytes(),
        u"twice, and not the same"_s});
    for (const auto &[name, kind] : {std::pair("A24 descriptor", Descriptor::Marked),
             std::pair("A24 descriptor without mark", Descriptor::Bare),
             std::pair("A24 wide descriptor", Descriptor::MarkedWide),
             std::pair("A24 wide descriptor without mark", Descriptor::BareWide)})
        cases.push_back({name, withMember([&](ZipMember &m) { m.descriptor = kind; }), {}});
    cases.push_back({"A24 descriptor behind a stored member", withMember([](ZipMember &m) {
                         m.descriptor = Descriptor::Marked;
                         m.method = 0;
                     }),
        {}});
    for (const auto &[name, kind] : {std::pair("A25 checksum", Descriptor::Marked),
             std::pair("A25 checksum, wide", Descriptor::MarkedWide),
             std::pair("A25 checksum, no mark", Descriptor::Bare)})
        cases.push_back({name, withMember([&](ZipMember &m) {
                             m.descriptor = kind;
                             m.descriptorLies.crc = 0;
                         }),
            u"in its descriptor"_s});
    cases.push_back({"A25 packed size", withMember([](ZipMember &m) {
                         m.descriptor = Descriptor::Marked;
                         m.descriptorLies.packedSize = 1;
                     }),
        u"in its descriptor"_s});
    cases.push_back({"A25 size, wide", withMember([](ZipMember &m) {
                         m.descriptor = Descriptor::MarkedWide;
                         m.descriptorLies.size = 1;
                     }),
        u"in its descriptor"_s});
    cases.push_back({"A25 flag without descriptor",
        withMember([](ZipMember &m) { m.local.flags = m.central.flags = 8; }), u"does not list"_s});
    cases.push_back({"A25 descriptor without flag", withMember([](ZipMember &m) {
                         m.descriptor = Descriptor::Marked;
                         m.local.flags = m.central.flags = 0;
                     }),
        u"another checksum|another size"_s});
}

void addZip64(Cases &cases)
{
    cases.push_back({"A26 zip64 fields", withMember([](ZipMember &m) { m.isZip64 = true; }), {}});
    cases.push_back(
        {"A26 zip64 end record too", withArchive([](ZipArchive &a) { a.end64 = End64::Also; }), {}});
    cases.push_back(
        {"A26 zip64 end record only", withArchive([](ZipArchive &a) { a.end64 = End64::Only; }), {}});
    cases.push_back({"A26 only the offset in zip64", withMember([](ZipMember &m) {
                         const qsizetype offset = around(m).indexOf("PK\3\4", 10);
                         m.central.offset = Full;
                         m.central.zip64Field = number(quint64(offset), 8);
                     }),
        {}});
    cases.push_back({"A26 field too long", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.central.zip64Field = QByteArray(32, '\0');
                     }),
        u"zip64 field"_s});
    cases.push_back({"A26 field too short", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.central.zip64Field = QByteArray(8, '\0');
                     }),
        u"zip64 field"_s});
    cases.push_back({"A26 field twice", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.central.extra = extraField(1, QByteArray(24, '\0'));
                     }),
        u"twice"_s});
    cases.push_back({"A26 field without need",
        withMember([](ZipMember &m) { m.central.zip64Field = number(21, 8); }), u"zip64 field"_s});
    cases.push_back({"A26 field without need, local",
        withMember([](ZipMember &m) { m.local.zip64Field = QByteArray(16, '\0'); }), u"zip64 field"_s});
    cases.push_back({"A26 full number without a field",
        withMember([](ZipMember &m) { m.central.size = Full; }), u"zip64 field"_s});
    cases.push_back({"A26 other packed size", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.local.zip64Field = number(quint64(m.data.size()), 8) + number(3, 8);
                     }),
        u"another size"_s});
    cases.push_back({"A26 other size", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.local.zip64Field = number(3, 8) + number(quint64(deflated(m.data).size()), 8);
                     }),
        u"another size"_s});
    cases.push_back({"A26 sizes beyond everything", withMember([](ZipMember &m) {
                         m.isZip64 = true;
                         m.central.zip64Field = QByteArray(24, '\xff');
                     }),
        u"beyond the end"_s});
    cases.push_back({"A27 locator astray", withArchive([](ZipArchive &a) {
                         a.end64 = End64::Also;
                         a.locator = 5;
                     }),
        u"not where it must be"_s});
    cases.push_back({"A27 room for data in the record", withArchive([](ZipArchive &a) {
                         a.end64 = End64::Also;
                         a.end64Extra = "data";
                     }),
        u"not where it must be"_s});
    cases.push_back({"A27 record says another length", withArchive([](ZipArchive &a) {
                         a.end64 = End64::Also;
                         a.end64Size = 45;
                     }),
        u"not where it must be"_s});
    cases.push_back({"A27 records disagree", withArchive([](ZipArchive &a) {
                         a.end64 = End64::Also;
                         a.count = 3;
                     }),
        u"disagree"_s});
    cases.push_back({"A27 no record", withArchive([](ZipArchive &a) { a.directoryOffset = Full; }),
        u"not where its end record"_s});
    cases.push_back({"A27 record without an end",
        withArchive([](ZipArchive &a) { a.end64 = End64::Also; }).chopped(22), u"no zip archive"_s});
}

void addWholes(Cases &cases)
{
    const QByteArray plain = archiveOf({member("pkg/x.py"), member("pkg/y.py", "y\n")}).bytes();
    const QByteArray end = plain.last(22);
    cases.push_back({"A28 two ends", plain + end, u"two ends"_s});
    cases.push_back({"A28 an end in the comment", withArchive([&](ZipArchive &a) { a.comment = "x" + end; }),
        u"two ends|not where"_s});
    cases.push_back({"A28 an archive in the comment", withArchive([&](ZipArchive &a) { a.comment = plain; }),
        u"two ends|not where|in front of"_s});
    cases.push_back({"A29 comment", withArchive([](ZipArchive &a) { a.comment = "plain words"; }), {}});
    cases.push_back(
        {"A29 longest comment", withArchive([](ZipArchive &a) { a.comment = QByteArray(65535, 'c'); }), {}});
    cases.push_back({"A30 bytes in front", withArchive([](ZipArchive &a) { a.prefix = "#!/bin/sh\n"; }),
        u"in front of the first"_s});
    cases.push_back({"A30 bytes in front that nothing counts", withArchive([](ZipArchive &a) {
                         a.prefix = "#!/bin/sh\n";
                         a.isPrefixCounted = false;
                     }),
        u"not where its end record"_s});
    cases.push_back({"A31 zeros behind", plain + QByteArray(512, '\0'), {}});
    cases.push_back({"A31 text behind", plain + "more", u"behind the end"_s});
    cases.push_back({"A32 two archives", plain + plain, u"two ends|not where|in front of"_s});
    cases.push_back({"A33 header inside another's contents",
        archiveOf([] {
            ZipMember outer = member("pkg/outer", {});
            outer.method = 0;
            ZipArchive inner;
            inner.members = {member("pkg/inner")};
            const QByteArray bytes = inner.bytes();
            outer.data = bytes.first(bytes.indexOf("PK\1\2"));
            ZipMember listed = member("pkg/inner");
            listed.isInPlace = false;
            listed.central.offset = 30 + quint32(outer.name.size());
            return std::vector{outer, listed};
        }())
            .bytes(),
        u"overlaps"_s});
    cases.push_back({"A34 other second name",
        withMember([](ZipMember &m) { m.central.extra = unicodePath(m.name, "pkg/z.py"); }),
        u"second, different name"_s});
    cases.push_back({"A34 other second name, local",
        withMember([](ZipMember &m) { m.local.extra = unicodePath(m.name, "pkg/z.py"); }),
        u"second, different name"_s});
    cases.push_back({"A34 the same name again",
        withMember([](ZipMember &m) { m.local.extra = m.central.extra = unicodePath(m.name, m.name); }), {}});
    cases.push_back({"A34 two second names", withMember([](ZipMember &m) {
                         m.central.extra = unicodePath(m.name, m.name) + unicodePath(m.name, m.name);
                     }),
        u"twice"_s});
    cases.push_back({"A34 second name cut off",
        withMember([](ZipMember &m) { m.central.extra = extraField(0x7075, "\1abc"); }),
        u"second, different name"_s});
    cases.push_back({"A34 field longer than the header",
        withMember([](ZipMember &m) { m.central.extra = number(0x9999, 2) + number(50, 2) + "short"; }),
        u"longer than its header"_s});
    cases.push_back(
        {"A34 field cut off", withMember([](ZipMember &m) { m.central.extra = "abc"; }), u"cut off"_s});
    cases.push_back({"A34 fields nobody knows", withMember([](ZipMember &m) {
                         m.local.extra = extraField(0x5455, QByteArray(9, '\1'));
                         m.central.extra = extraField(0x5455, QByteArray(5, '\1')) + QByteArray(3, '\0');
                     }),
        {}});
    for (const auto &[name, flag] : {std::pair("A35 encrypted", 1),
             std::pair("A35 strongly encrypted", 1 | 1 << 6), std::pair("A35 headers masked", 1 << 13)})
        cases.push_back(
            {name, withMember([&](ZipMember &m) { m.local.flags = m.central.flags = quint16(flag); }),
                u"encrypted"_s});
    cases.push_back({"A35 encrypted, local only", withMember([](ZipMember &m) { m.local.flags = 1; }),
        u"packed otherwise"_s});
    cases.push_back({"A35 encrypted, central only", withMember([](ZipMember &m) { m.central.flags = 1; }),
        u"encrypted"_s});
    cases.push_back({"A35 patch", withMember([](ZipMember &m) { m.local.flags = m.central.flags = 1 << 5; }),
        u"patch"_s});
    for (const auto &[method, word] : {std::pair(12, u"bzip2"_s), std::pair(14, u"LZMA"_s),
             std::pair(9, u"Deflate64"_s), std::pair(6, u": 6"_s), std::pair(99, u": 99"_s)})
        cases.push_back({"A36 unsupported method " + QByteArray::number(method),
            withMember([&](ZipMember &m) { m.method = quint16(method); }), word});
    cases.push_back({"A36 stored", withMember([](ZipMember &m) { m.method = 0; }), {}});
    cases.push_back({"A36 zstd", withMember([](ZipMember &m) { m.method = 93; }), {}});
    cases.push_back({"A37 one counted too few", withArchive([](ZipArchive &a) { a.count = 1; }),
        u"more than its end record counts"_s});
    cases.push_back({"A37 one counted too many", withArchive([](ZipArchive &a) { a.count = 3; }),
        u"cut off or counts wrongly|more entries"_s});
    cases.push_back({"A37 size of the directory", withArchive([](ZipArchive &a) { a.directorySize = 50; }),
        u"not where its end record"_s});
    cases.push_back({"A37 offset of the directory", withArchive([](ZipArchive &a) { a.directoryOffset = 1; }),
        u"not where its end record"_s});
    cases.push_back({"A37 two disks", withArchive([](ZipArchive &a) { a.disk = 1; }), u"several disks"_s});
    cases.push_back({"A37 member on another disk", withMember([](ZipMember &m) { m.central.disk = 1; }),
        u"another disk"_s});
    cases.push_back({"A37 bytes in front of the directory",
        withArchive([](ZipArchive &a) { a.between = "PK\6\x08"; }), u"does not list"_s});
}

void addContents(Cases &cases)
{
    cases.push_back({"A38 unpacks to more",
        withMember([](ZipMember &m) { m.packed = deflated(m.data + m.data); }), u"unpack to the size"_s});
    cases.push_back({"A38 unpacks to less", withMember([](ZipMember &m) { m.packed = deflated("less"); }),
        u"unpack to the size"_s});
    cases.push_back({"A38 bytes behind the packed ones", withMember([](ZipMember &m) { m.tail = "more"; }),
        u"unpack to the size"_s});
    cases.push_back({"A38 packed bytes cut off",
        withMember([](ZipMember &m) { m.packed = deflated(m.data).chopped(3); }), u"damaged"_s});
    cases.push_back({"A38 packed bytes of another kind",
        withMember([](ZipMember &m) { m.packed = QByteArray(20, '\xff'); }), u"damaged"_s});
    cases.push_back({"A38 zstd cut off", withMember([](ZipMember &m) {
                         m.method = 93;
                         m.packed = zstandard(m.data).chopped(3);
                     }),
        u"damaged"_s});
    cases.push_back({"A38 zstd unpacks to less", withMember([](ZipMember &m) {
                         m.method = 93;
                         m.packed = zstandard("less");
                     }),
        u"unpack to the size"_s});
    cases.push_back({"A38 empty, with packed bytes", withMember([](ZipMember &m) {
                         m.data.clear();
                         m.packed = deflated("not empty");
                     }),
        u"unpack to the size"_s});
    cases.push_back({"A39 one bit of stored contents",
        [] {
            ZipMember stored = member("pkg/x.py");
            stored.method = 0;
            return around(stored).replace("contents of", "contentr of");
        }(),
        u"have the checksum"_s});
    cases.push_back({"A39 nothing", {}, u"no zip archive"_s});
    cases.push_back({"A39 a page of HTML", "<!doctype html><title>Sign in</title>"_ba, u"no zip archive"_s});
    cases.push_back(
        {"A51 65 MiB from 65 KiB", around(member("pkg/zeros", QByteArray(65 << 20, '\0'))), u"50 times"_s});
    cases.push_back({"A53 says 1 KiB, unpacks to 1 MiB", withMember([](ZipMember &m) {
                         m.data = QByteArray(1024, '\0');
                         m.packed = deflated(QByteArray(1 << 20, '\0'));
                     }),
        u"unpack to the size"_s});
}

} // namespace

std::vector<ZipCase> zipCatalogue()
{
    Cases cases;
    addNames(cases);
    addHeaders(cases);
    addZip64(cases);
    addWholes(cases);
    addContents(cases);
    return cases;
}

} // namespace sconce::kit
