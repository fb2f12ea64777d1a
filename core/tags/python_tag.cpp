// SPDX-License-Identifier: Apache-2.0
#include "tags/python_tag.h"

#include <algorithm>

#include <QString>

using namespace Qt::StringLiterals;

namespace sconce::tags {

bool isKnownAbi(QStringView abi)
{
    if (abi == "none"_L1 || abi == "abi3"_L1 || abi == "abi3t"_L1)
        return true;
    if (abi.startsWith("pypy"_L1) || abi.startsWith("graalpy"_L1))
        return true;
    const PythonTag tag = PythonTag::read(abi);
    if (tag.implementation == "pyston_"_L1) // pyston_23_x86_64_linux_gnu
        return tag.rest.startsWith(u'_') && tag.rest.size() > 1;
    if (tag.implementation == "cp"_L1)
        return tag.major && std::ranges::all_of(tag.rest, [](QChar unit) { return unit.isLower(); });
    return tag.implementation == "pp"_L1 && tag.major;
}

PythonTag PythonTag::read(QStringView tag)
{
    const auto isDigit = [](QChar unit) { return unit >= u'0' && unit <= u'9'; };
    const qsizetype digits = std::ranges::find_if(tag, isDigit) - tag.begin();
    const qsizetype end = std::find_if_not(tag.begin() + digits, tag.end(), isDigit) - tag.begin();
    PythonTag result{tag.first(digits), {}, {}, tag.sliced(end)};
    if (end > digits)
        result.major = tag[digits].digitValue();
    if (end > digits + 1)
        result.minor = tag.sliced(digits + 1, end - digits - 1).toULongLong();
    return result;
}

bool isKnownPython(QStringView tag)
{
    const PythonTag python = PythonTag::read(tag);
    if (!python.major || !python.rest.isEmpty())
        return false;
    if (python.implementation == "py"_L1 || python.implementation == "cp"_L1)
        return true;
    return python.minor
        && (python.implementation == "pp"_L1 || python.implementation == "graalpy"_L1
            || python.implementation == "pyston"_L1);
}

} // namespace sconce::tags
