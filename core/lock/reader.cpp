// SPDX-License-Identifier: Apache-2.0
#include "reader.h"

#include <QCoreApplication>

#include "files/files.h"

using namespace Qt::StringLiterals;

namespace sconce::lock {

QString tr(const char *text)
{
    return QCoreApplication::translate("lock", text);
}

std::unexpected<Error> Reader::fault(const Value &value, const QString &sentence) const
{
    return std::unexpected(
        Error(ErrorKind::BadInput, sentence).hint(tr("Lock again")).at(m_document.place(value)));
}

std::unexpected<Error> Reader::retold(const Value &value, const Error &error) const
{
    Place place = m_document.place(value);
    if (error.place()) {
        place.column += error.place()->column; // behind the quote
        place.length = error.place()->length;
    }
    return std::unexpected(
        Error(ErrorKind::BadInput, error.summary()).hint(tr("Lock again")).at(std::move(place)));
}

Result<const Value *> Reader::needed(const Value &table, QByteArrayView key) const
{
    if (const Value *value = m_document.child(table, key))
        return value;
    return fault(table, tr("“%1” is missing here").arg(QString::fromUtf8(key)));
}

Result<> Reader::check(const Value &value, Value::Kind kind) const
{
    if (value.kind == kind)
        return {};
    const QString key = QString::fromUtf8(value.key);
    const QString subject = key.isEmpty() ? tr("This element") : tr("“%1”").arg(key);
    switch (kind) {
    case Value::Kind::String: return fault(value, tr("%1 must be a text in quotes").arg(subject));
    case Value::Kind::Integer: return fault(value, tr("%1 must be a whole number").arg(subject));
    case Value::Kind::Array: return fault(value, tr("%1 must be a list").arg(subject));
    default: return fault(value, tr("%1 must be a table").arg(subject));
    }
}

Result<QString> Reader::text(const Value &value) const
{
    SCONCE_TRY(check(value, Value::Kind::String));
    return QString::fromUtf8(value.text);
}

Result<QString> Reader::neededText(const Value &table, QByteArrayView key) const
{
    return text(*SCONCE_TRY(needed(table, key)));
}

Result<QString> Reader::optionalText(const Value &table, QByteArrayView key) const
{
    const Value *value = m_document.child(table, key);
    return value ? text(*value) : QString();
}

Result<qint64> Reader::number(const Value &value) const
{
    SCONCE_TRY(check(value, Value::Kind::Integer));
    bool isFine = false;
    const qint64 number = value.text.toByteArray().toLongLong(&isFine);
    if (!isFine || number < 0)
        return fault(value, tr("“%1” must be a whole number").arg(QString::fromUtf8(value.key)));
    return number;
}

Result<std::optional<qint64>> Reader::optionalNumber(const Value &table, QByteArrayView key) const
{
    const Value *value = m_document.child(table, key);
    return value ? std::optional(SCONCE_TRY(number(*value))) : std::nullopt;
}

Result<names::Name> Reader::name(const Value &value)
{
    SCONCE_TRY(check(value, Value::Kind::String));
    if (const auto known = m_names.constFind(value.text); known != m_names.cend())
        return *known;
    const auto name = names::Name::parse(QString::fromUtf8(value.text));
    if (!name)
        return retold(value, name.error());
    return *m_names.insert(value.text, *name);
}

Result<names::Name> Reader::neededName(const Value &table, QByteArrayView key)
{
    return name(*SCONCE_TRY(needed(table, key)));
}

Result<names::Name> Reader::keyName(const Value &value) const
{
    auto name = names::Name::parse(QString::fromUtf8(value.key));
    if (!name)
        return fault(value, name.error().summary());
    return name;
}

Result<std::optional<versions::Version>> Reader::optionalVersion(const Value &table) const
{
    const Value *value = m_document.child(table, "version");
    if (value == nullptr)
        return std::nullopt;
    const auto version = versions::Version::parse(SCONCE_TRY(text(*value)));
    if (!version)
        return retold(*value, version.error());
    return *version;
}

Result<versions::SpecifierSet> Reader::specifiers(const Value *value) const
{
    if (value == nullptr)
        return versions::SpecifierSet();
    const auto specifiers = versions::SpecifierSet::parse(SCONCE_TRY(text(*value)));
    if (!specifiers)
        return retold(*value, specifiers.error());
    return specifiers;
}

Result<LockedMarker> Reader::marker(const Value *value)
{
    if (value == nullptr)
        return LockedMarker();
    SCONCE_TRY(check(*value, Value::Kind::String));
    if (const auto known = m_markers.constFind(value->text); known != m_markers.cend())
        return *known;
    const QString text = QString::fromUtf8(value->text);
    const auto marker = markers::Marker::parse(text);
    if (!marker)
        return retold(*value, marker.error());
    return *m_markers.insert(value->text, {*marker, text});
}

Result<std::vector<LockedMarker>> Reader::markers(const Value &table, QByteArrayView key)
{
    return each(table, key, [this](const Value &value) { return marker(&value); });
}

Result<std::vector<names::Name>> Reader::nameList(const Value &table, QByteArrayView key)
{
    return each(table, key, [this](const Value &value) { return name(value); });
}

Result<QStringList> Reader::texts(const Value &table, QByteArrayView key)
{
    const auto list = SCONCE_TRY(each(table, key, [this](const Value &value) { return text(value); }));
    return QStringList(list.begin(), list.end());
}

Result<Lock> Reader::lock()
{
    const Value &root = m_document.root();
    Lock lock;
    SCONCE_TRY(readFormat(root, lock));
    SCONCE_TRY(readHead(root, lock));
    std::vector<const Value *> tables;
    const auto read = [this, &tables](const Value &table) {
        tables.push_back(&table);
        return package(table);
    };
    // The blocks were called distributions once.
    const QByteArrayView key = m_document.child(root, "package") ? "package" : "distribution";
    lock.packages = SCONCE_TRY(each(root, key, read));
    SCONCE_TRY(readEdges(tables, lock));
    return lock;
}

Result<Lock> parse(const QByteArray &bytes, const QString &file, WheelNames wheelNames)
{
    const Document document = SCONCE_TRY(Document::parse(bytes, file));
    return Reader(document, wheelNames).lock();
}

Result<Lock> read(const QString &path, WheelNames wheelNames)
{
    return parse(SCONCE_TRY(files::read(path)), path, wheelNames);
}

} // namespace sconce::lock
