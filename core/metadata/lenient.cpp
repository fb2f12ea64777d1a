// SPDX-License-Identifier: Apache-2.0
#include "metadata/lenient.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

struct Repair {
    QRegularExpression slip;
    QString mended;
};

/// In the order in which they are tried; each works on what those before it left.
const std::vector<Repair> &repairs()
{
    static const std::vector<Repair> all{
        {QRegularExpression(u"(\\d)([<>=~^!])"_s), u"\\1,\\2"_s}, // a comma is missing
        {QRegularExpression(u"!=~((?:\\d\\.)*\\d)"_s), u"!=\\1.*"_s},
        {QRegularExpression(u"(<=|>=|<|>)(\\d+(?:\\.\\d+)*)\\.\\*"_s), u"\\1\\2"_s},
        {QRegularExpression(u"(\\d\\.\\d)+\\*"_s), u"\\1.*"_s}, {QRegularExpression(u",\\s*$"_s), QString()},
        {QRegularExpression(u">dev"_s), u">0.0.0dev"_s},
        {QRegularExpression(u"(\\d+(?:\\.\\d)*(?:a|b|rc|post|dev)\\d+)\\.0"_s), u"\\1"_s},
        {QRegularExpression(u"['\\x22]"_s), QString()}, // stray quotes
    };
    return all;
}

template <class Parse>
auto parseMended(QStringView text, const Parse &parse) -> decltype(parse(text))
{
    auto asWritten = parse(text);
    QString patched = text.toString();
    for (auto repair = repairs().begin(); !asWritten && repair != repairs().end(); ++repair) {
        const QString before = patched;
        // A marker behind ";" has quotes of its own.
        const qsizetype marker = patched.indexOf(u';');
        patched = patched.first(marker < 0 ? patched.size() : marker).replace(repair->slip, repair->mended)
            + (marker < 0 ? QString() : patched.sliced(marker));
        if (patched == before)
            continue;
        if (auto mended = parse(patched))
            return mended;
    }
    return asWritten;
}

} // namespace

Result<requirements::Requirement> lenientRequirement(QStringView text)
{
    return parseMended(text, requirements::Requirement::parse);
}

Result<versions::SpecifierSet> lenientSpecifiers(QStringView text)
{
    return parseMended(text, versions::SpecifierSet::parse);
}

} // namespace sconce::metadata
