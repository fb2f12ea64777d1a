// SPDX-License-Identifier: Apache-2.0
#include <QDir>

#include "files/files.h"
#include "project/reader.h"
#include "project/source_layout.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LargestReadme = 4LL << 20;

/// Fields of a METADATA file, one a line; a value of several lines goes on with blanks in front.
class Fields {
public:
    void add(const QString &key, const QString &value)
    {
        if (!value.isEmpty())
            m_text += key + u": "_s + QString(value).replace(u'\n', u"\n        "_s) + u'\n';
    }
    QByteArray withBody(const QString &body) const
    {
        return body.isEmpty() ? m_text.toUtf8() : (m_text + u'\n' + body).toUtf8();
    }

private:
    QString m_text;
};

QString textOf(const TomlValue &table, QStringView key)
{
    const TomlEntry *entry = table.find(key);
    return entry ? entry->value.text : QString();
}

/// authors or maintainers: names alone under one key, addresses under another.
void addPeople(Fields &fields, const TomlValue &project, QStringView key, const QString &field)
{
    const TomlEntry *people = project.find(key);
    if (!people)
        return;
    QStringList names;
    QStringList addresses;
    for (const TomlValue &person : people->value.items) {
        const QString name = textOf(person, u"name");
        const QString address = textOf(person, u"email");
        if (address.isEmpty())
            names.append(name);
        else
            addresses.append(name.isEmpty() ? address : u"%1 <%2>"_s.arg(name, address));
    }
    fields.add(field, names.join(u", "));
    fields.add(field + u"-email"_s, addresses.join(u", "));
}

void addList(Fields &fields, const TomlValue &project, QStringView key, const QString &field)
{
    if (const TomlEntry *list = project.find(key)) {
        for (const TomlValue &item : list->value.items)
            fields.add(field, item.text);
    }
}

void addKeywords(Fields &fields, const TomlValue &project)
{
    QStringList words;
    if (const TomlEntry *list = project.find(u"keywords")) {
        for (const TomlValue &item : list->value.items)
            words.append(item.text);
    }
    fields.add(u"Keywords"_s, words.join(u','));
}

/// A requirement of an extra holds where the extra is asked for, besides what it says itself.
QString ofExtra(requirements::Requirement requirement, const names::ExtraName &extra)
{
    const QString own = requirement.marker.isAlways() ? QString() : requirement.marker.text();
    requirement.marker = {};
    const QString condition = u"extra == '%1'"_s.arg(extra.text());
    if (own.isEmpty())
        return requirement.text() + u" ; "_s + condition;
    const bool isAlternative = own.contains(u" or "_s);
    return requirement.text() + u" ; "_s + (isAlternative ? u'(' + own + u')' : own) + u" and "_s + condition;
}

void addRequirements(Fields &fields, const Project &project)
{
    for (const Declared &declared : project.dependencies)
        fields.add(u"Requires-Dist"_s, declared.requirement.text());
    for (const names::ExtraName &extra : project.extraOrder) {
        for (const Declared &declared : project.extras.at(extra))
            fields.add(u"Requires-Dist"_s, ofExtra(declared.requirement, extra));
    }
    if (project.requiresPython)
        fields.add(u"Requires-Python"_s, project.requiresPython->text());
}

struct Readme {
    QString type;
    QString text;
};

Result<Readme> readmeOf(const Project &project, const TomlValue &table)
{
    const TomlEntry *entry = table.find(u"readme");
    if (!entry)
        return Readme{};
    const bool isTable = entry->value.kind == TomlValue::Kind::Table;
    const QString file = isTable ? textOf(entry->value, u"file") : entry->value.text;
    Readme readme{.type = isTable ? textOf(entry->value, u"content-type") : QString(),
        .text = isTable ? textOf(entry->value, u"text") : QString()};
    if (file.isEmpty())
        return readme;
    readme.text = SCONCE_TRY(files::readText(QDir(project.folder).absoluteFilePath(file), LargestReadme));
    if (readme.type.isEmpty() && file.endsWith(".md"_L1, Qt::CaseInsensitive))
        readme.type = u"text/markdown"_s;
    else if (readme.type.isEmpty() && file.endsWith(".rst"_L1, Qt::CaseInsensitive))
        readme.type = u"text/x-rst"_s;
    else if (readme.type.isEmpty())
        readme.type = u"text/plain"_s;
    return readme;
}

void addPoints(QString &text, const QString &group, const TomlEntry *table)
{
    if (!table || table->value.entries.empty())
        return;
    text += u'[' + group + u"]\n"_s;
    for (const TomlEntry &entry : table->value.entries)
        text += entry.key + u" = "_s + entry.value.text + u'\n';
    text += u'\n';
}

} // namespace

Result<WheelTexts> wheelTexts(const Project &project)
{
    const QString text = SCONCE_TRY(files::readText(project.file));
    const TomlDocument document = SCONCE_TRY(TomlDocument::parse(text, project.file));
    const TomlEntry *entry = document.root().find(u"project");
    const TomlValue &table = entry ? entry->value : document.root();
    const Readme readme = SCONCE_TRY(readmeOf(project, table));

    Fields fields;
    fields.add(u"Metadata-Version"_s, u"2.3"_s);
    fields.add(u"Name"_s, textOf(table, u"name"));
    fields.add(u"Version"_s, project.version.value_or(versions::Version()).text());
    fields.add(u"Summary"_s, textOf(table, u"description"));
    addKeywords(fields, table);
    addPeople(fields, table, u"authors", u"Author"_s);
    addPeople(fields, table, u"maintainers", u"Maintainer"_s);
    fields.add(u"License"_s, textOf(table, u"license"));
    addList(fields, table, u"classifiers", u"Classifier"_s);
    addRequirements(fields, project);
    if (const TomlEntry *urls = table.find(u"urls")) {
        for (const TomlEntry &url : urls->value.entries)
            fields.add(u"Project-URL"_s, url.key + u", "_s + url.value.text);
    }
    for (const names::ExtraName &extra : project.extraOrder)
        fields.add(u"Provides-Extra"_s, extra.text());
    fields.add(u"Description-Content-Type"_s, readme.type);

    QString points;
    addPoints(points, u"console_scripts"_s, table.find(u"scripts"));
    addPoints(points, u"gui_scripts"_s, table.find(u"gui-scripts"));
    if (const TomlEntry *groups = table.find(u"entry-points")) {
        for (const TomlEntry &group : groups->value.entries)
            addPoints(points, group.key, &group);
    }
    return WheelTexts{fields.withBody(readme.text), points.toUtf8()};
}

} // namespace sconce::project
