// SPDX-License-Identifier: Apache-2.0
#include "tags/wheel_tags.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include <QCoreApplication>

#include "base/text.h"
#include "tags/python_tag.h"

using namespace Qt::StringLiterals;

namespace sconce::tags {

namespace {

bool isTagField(QStringView field)
{
    return !field.isEmpty() && std::ranges::all_of(field, [](QChar unit) {
        return (unit.unicode() < 128 && unit.isLetterOrNumber()) || unit == u'_' || unit == u'.';
    });
}

QStringList words(QStringView field)
{
    return field.toString().split(u'.', Qt::SkipEmptyParts);
}

} // namespace

/// The tags that are in use somewhere. Those that nobody has any more are forgotten: a page can be hostile.
class WheelTags::Table {
public:
    std::shared_ptr<const Fields> find(QStringView text)
    {
        const std::lock_guard guard(m_lock);
        const auto found = m_known.find(text);
        return found == m_known.end() ? nullptr : found->second.lock();
    }

    std::shared_ptr<const Fields> add(Fields fields)
    {
        std::shared_ptr<const Fields> made(
            new Fields(std::move(fields)), [this](const Fields *unused) { forget(unused); });
        const std::lock_guard guard(m_lock);
        m_known.insert_or_assign(made->text, made);
        return made;
    }

private:
    void forget(const Fields *unused)
    {
        const std::unique_ptr<const Fields> last(unused);
        const std::lock_guard guard(m_lock);
        const auto found = m_known.find(unused->text);
        if (found != m_known.end() && found->second.expired()) // another may have come meanwhile
            m_known.erase(found);
    }

    std::mutex m_lock;
    std::unordered_map<QString, std::weak_ptr<const Fields>, TextHash, std::equal_to<>> m_known;
};

Result<WheelTags> WheelTags::parse(QStringView text)
{
    static Table &table = *new Table; // tags may outlive whatever is destroyed at the end
    if (auto known = table.find(text))
        return WheelTags(std::move(known));
    const QList<QStringView> fields = text.split(u'-');
    if (fields.size() != 3 || !std::ranges::all_of(fields, isTagField))
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("tags", "“%1” is not a wheel tag such as “py3-none-any”")
                .arg(elided(text))));
    Fields made{.text = text.toString(),
        .pythons = words(fields[0]),
        .abis = words(fields[1]),
        .platforms = words(fields[2]),
        .hash = qHash(text)};
    made.areKnown =
        std::ranges::all_of(made.pythons, isKnownPython) && std::ranges::all_of(made.abis, isKnownAbi);
    return WheelTags(table.add(std::move(made)));
}

} // namespace sconce::tags
