// SPDX-License-Identifier: Apache-2.0
#include "metadata/core_metadata.h"

#include <QCoreApplication>

#include "base/text.h"
#include "metadata/lenient.h"

using namespace Qt::StringLiterals;

namespace sconce::metadata {

namespace {

constexpr qsizetype MostBytes = 16 << 20;

struct Field {
    QByteArray name; // lower case
    QString value;
    int line = 0;
    /// Where the value begins in its line.
    qsizetype column = 0;
    QString lineText;
};

/// The fields of a message up to its empty line (RFC 822): "Name: value", continued by lines that begin with
/// white space.
class Fields {
public:
    static Result<Fields> parse(QByteArrayView bytes);

    const std::vector<Field> &all() const { return m_fields; }
    /// The first of this name that says something.
    const Field *find(QByteArrayView name) const;
    std::vector<const Field *> findAll(QByteArrayView name) const;
    /// The only one of this name.
    Result<const Field *> single(QByteArrayView name) const;

private:
    std::vector<Field> m_fields;
};

std::unexpected<Error> refused(const QString &sentence, const Field *field = nullptr)
{
    Place place{u"METADATA"_s};
    if (field)
        place = {u"METADATA"_s, field->line, 1, std::max(1, int(field->lineText.size())), field->lineText};
    return std::unexpected(Error(ErrorKind::BadInput, sentence).at(place));
}

/// The error of a value, with its place in the file.
std::unexpected<Error> placed(Error error, const Field &field)
{
    error = std::move(error).within(field.lineText, field.column);
    Place place = error.place().value_or(Place{{}, 0, 1, 1, field.lineText});
    place.file = u"METADATA"_s;
    place.line = field.line;
    return std::unexpected(std::move(error).at(place));
}

Result<Fields> Fields::parse(QByteArrayView bytes)
{
    Fields fields;
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    qsizetype start = 0;
    for (int line = 1; start < bytes.size(); ++line) {
        qsizetype end = bytes.indexOf('\n', start);
        end = end < 0 ? bytes.size() : end;
        QByteArrayView text = bytes.sliced(start, end - start);
        start = end + 1;
        if (start > MostBytes)
            return refused(QCoreApplication::translate(
                "metadata", "The metadata is too large: its fields go on after 16 MiB"));
        if (text.endsWith('\r'))
            text.chop(1);
        if (text.isEmpty())
            break;
        if (text[0] == ' ' || text[0] == '\t') {
            if (!fields.m_fields.empty())
                fields.m_fields.back().value += u'\n' + QString::fromUtf8(text.trimmed());
            continue;
        }
        const qsizetype colon = text.indexOf(':');
        if (colon <= 0)
            break; // the description began without an empty line, as some old tools write it
        const QByteArrayView value = text.sliced(colon + 1).trimmed();
        fields.m_fields.push_back(
            {text.first(colon).trimmed().toByteArray().toLower(), QString::fromUtf8(value), line,
                QString::fromUtf8(text.first(value.data() - text.data())).size(), QString::fromUtf8(text)});
    }
    return fields;
}

const Field *Fields::find(QByteArrayView name) const
{
    const std::vector<const Field *> found = findAll(name);
    return found.empty() ? nullptr : found.front();
}

std::vector<const Field *> Fields::findAll(QByteArrayView name) const
{
    std::vector<const Field *> found;
    for (const Field &field : m_fields) {
        if (field.name == name && !field.value.isEmpty() && field.value != "UNKNOWN"_L1)
            found.push_back(&field);
    }
    return found;
}

Result<const Field *> Fields::single(QByteArrayView name) const
{
    const std::vector<const Field *> found = findAll(name);
    if (found.empty())
        return refused(QCoreApplication::translate("metadata", "The metadata has no field “%1”")
                .arg(QString::fromLatin1(name)));
    if (found.size() > 1)
        return refused(QCoreApplication::translate("metadata", "The metadata has more than one field “%1”")
                           .arg(QString::fromLatin1(name)),
            found[1]);
    return found.front();
}

/// The value as `parse` understands it.
template <class Parse>
auto valueOf(const Field &field, const Parse &parse) -> decltype(parse(field.value))
{
    auto value = parse(field.value);
    if (!value)
        return placed(std::move(value).error(), field);
    return value;
}

/// Later minor versions only add fields.
Result<QString> formatOf(const Fields &fields)
{
    const Field *field = fields.find("metadata-version");
    if (!field)
        return QString();
    const versions::Version version = SCONCE_TRY(valueOf(*field, versions::Version::parse));
    if (version.release()[0] > 2)
        return refused(QCoreApplication::translate("metadata",
                           "The metadata is of version %1, which is newer than the known ones (1 and 2)")
                           .arg(elided(field->value)),
            field);
    return field->value;
}

QString firstLine(const Field *field)
{
    return field ? field->value.section(u'\n', 0, 0) : QString();
}

/// What packages say of themselves and nothing depends on.
void addDescription(CoreMetadata &metadata, const Fields &fields)
{
    for (const Field *field : fields.findAll("provides-extra")) {
        if (Result<names::ExtraName> extra = names::ExtraName::parse(field->value))
            metadata.providesExtras.push_back(*std::move(extra));
    }
    for (const Field *field : fields.findAll("dynamic"))
        metadata.dynamic += field->value.toLower();
    metadata.summary = firstLine(fields.find("summary"));
    const Field *expression = fields.find("license-expression");
    metadata.licence = firstLine(expression ? expression : fields.find("license"));
}

} // namespace

Result<CoreMetadata> CoreMetadata::parse(const QByteArray &bytes)
{
    const Fields fields = SCONCE_TRY(Fields::parse(bytes));
    QString format = SCONCE_TRY(formatOf(fields));
    const Field *nameField = SCONCE_TRY(fields.single("name"));
    names::PackageName name = SCONCE_TRY(valueOf(*nameField, names::PackageName::parse));
    const Field *versionField = SCONCE_TRY(fields.single("version"));
    versions::Version version = SCONCE_TRY(valueOf(*versionField, versions::Version::parse));
    CoreMetadata metadata{
        .metadataVersion = std::move(format), .name = std::move(name), .version = std::move(version)};
    for (const Field *field : fields.findAll("requires-dist"))
        metadata.requiresDist.push_back(SCONCE_TRY(valueOf(*field, lenientRequirement)));
    if (const Field *field = fields.find("requires-python"))
        metadata.requiresPython = SCONCE_TRY(valueOf(*field, lenientSpecifiers));
    addDescription(metadata, fields);
    return metadata;
}

QByteArray CoreMetadata::bytes() const
{
    QByteArray text;
    const auto add = [&text](const char *field, const QString &value) {
        text += field;
        text += ": " + value.toUtf8() + '\n';
    };
    if (!metadataVersion.isEmpty())
        add("Metadata-Version", metadataVersion);
    add("Name", name.text());
    add("Version", version.text());
    if (requiresPython)
        add("Requires-Python", requiresPython->text());
    for (const names::ExtraName &extra : providesExtras)
        add("Provides-Extra", extra.text());
    for (const requirements::Requirement &requirement : requiresDist)
        add("Requires-Dist", requirement.text());
    for (const QString &one : dynamic)
        add("Dynamic", one);
    return text;
}

} // namespace sconce::metadata
