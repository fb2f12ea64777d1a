// SPDX-License-Identifier: Apache-2.0
#include "tags/order.h"

#include <algorithm>
#include <array>

#include <QString>

#include "tags/python_tag.h"

using namespace Qt::StringLiterals;

namespace sconce::tags {

namespace {

using Words = std::initializer_list<QLatin1StringView>;

/// The place in a list of all that there are.
std::optional<quint32> placeIn(Words words, QStringView text)
{
    const auto *found = std::ranges::find_if(words, [text](QLatin1StringView word) { return word == text; });
    return found == words.end() ? std::nullopt : std::optional(quint32(found - words.begin()));
}

/// "3" and "39" of "39"; what has no second number stands before all that have one.
void append(OrderKey &key, const PythonTag &tag)
{
    key.push_back(quint32(*tag.major));
    key.push_back(tag.minor ? quint32(*tag.minor) + 1 : 0);
}

std::optional<quint32> numberBefore(QStringView &rest, QChar end)
{
    const qsizetype length = rest.indexOf(end);
    bool isNumber = false;
    const uint number = length > 0 ? rest.first(length).toUInt(&isNumber) : 0;
    if (!isNumber)
        return std::nullopt;
    rest = rest.sliced(length + 1);
    return number;
}

/// "2_17_x86_64" behind "manylinux_": two numbers, then one of the words.
std::optional<OrderKey> released(quint32 kind, QStringView rest, Words words)
{
    const auto major = numberBefore(rest, u'_');
    const auto minor = major ? numberBefore(rest, u'_') : std::nullopt;
    const auto word = placeIn(words, rest);
    if (!minor || !word)
        return std::nullopt;
    return OrderKey{kind, *major, *minor, *word};
}

constexpr Words Architectures{"aarch64"_L1, "armv5tel"_L1, "armv6l"_L1, "armv7l"_L1, "ppc64le"_L1, "ppc64"_L1,
    "ppc"_L1, "i686"_L1, "x86_64"_L1, "s390x"_L1, "loongarch64"_L1, "riscv64"_L1, "wasm32"_L1};
constexpr Words MacFormats{"arm64"_L1, "fat"_L1, "fat32"_L1, "fat64"_L1, "i386"_L1, "intel"_L1, "ppc"_L1,
    "ppc64"_L1, "universal"_L1, "universal2"_L1, "x86_64"_L1};
constexpr Words AndroidAbis{"armeabi_v7a"_L1, "arm64_v8a"_L1, "x86"_L1, "x86_64"_L1};
constexpr Words PhoneKinds{"arm64_iphoneos"_L1, "arm64_iphonesimulator"_L1, "x86_64_iphonesimulator"_L1};

/// What a platform's tags begin with, in the order of the platforms.
constexpr std::array Platforms{"any"_L1, "manylinux_"_L1, "manylinux1_"_L1, "manylinux2010_"_L1,
    "manylinux2014_"_L1, "linux_"_L1, "musllinux_"_L1, "macosx_"_L1, "win32"_L1, "win_amd64"_L1,
    "win_arm64"_L1, "win_ia64"_L1, "android_"_L1, "freebsd_"_L1, "netbsd_"_L1, "openbsd_"_L1, "dragonfly_"_L1,
    "haiku_"_L1, "illumos_"_L1, "solaris_"_L1, "pyodide_"_L1, "ios_"_L1};

std::optional<OrderKey> platformKey(quint32 kind, QLatin1StringView name, QStringView rest)
{
    if (name == "manylinux_"_L1 || name == "musllinux_"_L1)
        return released(kind, rest, Architectures);
    if (name == "macosx_"_L1)
        return released(kind, rest, MacFormats);
    if (name == "ios_"_L1)
        return released(kind, rest, PhoneKinds);
    if (name == "pyodide_"_L1)
        return released(kind, rest, {"wasm32"_L1});
    if (name == "android_"_L1) {
        const auto level = numberBefore(rest, u'_');
        const auto abi = placeIn(AndroidAbis, rest);
        return level && abi ? std::optional(OrderKey{kind, *level, *abi}) : std::nullopt;
    }
    if (name.endsWith(u'_') && name.contains("linux"_L1)) {
        const auto architecture = placeIn(Architectures, rest);
        return architecture ? std::optional(OrderKey{kind, *architecture}) : std::nullopt;
    }
    OrderKey key{kind};
    for (const QChar unit : rest)
        key.push_back(unit.unicode());
    return key;
}

/// What is special about a build of CPython, by weight: "t", "u", "d", "m".
std::optional<quint32> variantsOf(QStringView letters)
{
    quint32 variants = 0;
    for (const QChar letter : letters) {
        const auto place = placeIn({"t"_L1, "u"_L1, "d"_L1, "m"_L1}, QStringView(&letter, 1));
        if (!place)
            return std::nullopt;
        variants |= 1U << *place;
    }
    return variants;
}

} // namespace

std::optional<OrderKey> pythonOrder(QStringView tag)
{
    if (tag == "none"_L1)
        return OrderKey{0};
    if (!isKnownPython(tag))
        return std::nullopt;
    const PythonTag python = PythonTag::read(tag);
    const bool isAnyCPython = python.implementation == "cp"_L1 && !python.minor;
    const auto place = placeIn({"py"_L1, "cp"_L1, "pp"_L1, "graalpy"_L1, "pyston"_L1}, python.implementation);
    OrderKey key{isAnyCPython ? 6 : 1 + place.value_or(0)};
    append(key, python);
    return key;
}

std::optional<OrderKey> abiOrder(QStringView tag)
{
    if (const auto plain = placeIn({"none"_L1, "abi3"_L1, "abi3t"_L1}, tag))
        return OrderKey{*plain};
    const PythonTag first = PythonTag::read(tag);
    if (!first.major)
        return std::nullopt;
    const auto kind =
        placeIn({"cp"_L1, "pypy"_L1, "pypy_"_L1, "graalpy"_L1, "pyston_"_L1}, first.implementation);
    if (!kind)
        return std::nullopt;
    // pypy_73 is a PyPy for any Python.
    OrderKey key{3 + *kind};
    if (first.implementation == "pypy_"_L1)
        key = {4, 0, 0};
    else if (first.implementation == "pypy"_L1)
        key.push_back(1);
    if (first.implementation != "graalpy"_L1)
        append(key, first);
    if (first.implementation == "cp"_L1) {
        const auto variants = variantsOf(first.rest);
        if (!variants)
            return std::nullopt;
        key.push_back(*variants);
    } else if (first.implementation == "pypy"_L1 || first.implementation == "graalpy"_L1) {
        // pypy39_pp73, graalpy240_310_native: the Python counts before the release of the implementation.
        const PythonTag second = PythonTag::read(first.rest);
        if (!second.major)
            return std::nullopt;
        append(key, second);
        if (first.implementation == "graalpy"_L1)
            append(key, first);
    }
    return key;
}

std::optional<OrderKey> platformOrder(QStringView tag)
{
    for (std::size_t place = 0; place < Platforms.size(); ++place) {
        const QLatin1StringView name = Platforms[place];
        const bool isPrefix = name.endsWith(u'_');
        if (isPrefix ? tag.startsWith(name) : tag == name)
            return platformKey(quint32(place), name, tag.sliced(name.size()));
    }
    return std::nullopt;
}

} // namespace sconce::tags
