// SPDX-License-Identifier: Apache-2.0
#include "actions/index_settings.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace sconce;

/// The order in which indexes are looked into (resolver.md § 3.1). Indexes are written "name=url", with a
/// mark:
/// "!" default, "*" explicit.
class IndexSettingsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersIndexes_data();
    void ordersIndexes();
    void readsVariables();
    void refusesNonsense();
    void countsPathsFromTheFolder();
};

namespace {

QString asText(const metadata::IndexLocation &index)
{
    QString text = index.name.isEmpty() ? QString() : index.name + u'=';
    text += index.url.host();
    text += index.isDefault ? u"!"_s : QString();
    text += index.isExplicit ? u"*"_s : QString();
    return text;
}

QString asText(const std::vector<metadata::IndexLocation> &indexes)
{
    QStringList texts;
    for (const metadata::IndexLocation &index : indexes)
        texts.append(asText(index));
    return texts.join(u' ');
}

QString address(QString host)
{
    const QString name = host.contains(u'=') ? host.section(u'=', 0, 0) + u'=' : QString();
    return name + u"https://"_s + host.section(u'=', -1) + u"/simple"_s;
}

QStringList addresses(const QString &hosts)
{
    QStringList list;
    for (const QString &host : hosts.split(u' ', Qt::SkipEmptyParts))
        list.append(address(host));
    return list;
}

} // namespace

void IndexSettingsCheck::ordersIndexes_data()
{
    QTest::addColumn<QString>("default_");
    QTest::addColumn<QString>("indexes");
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("extra");
    QTest::addColumn<QString>("legacy");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("search");
    const auto row = [](const char *title, const char *default_, const char *indexes, const char *project,
                         const char *extra, const char *legacy, const char *file, const char *search) {
        QTest::addRow("%s", title) << QString::fromLatin1(default_) << QString::fromLatin1(indexes)
                                   << QString::fromLatin1(project) << QString::fromLatin1(extra)
                                   << QString::fromLatin1(legacy) << QString::fromLatin1(file)
                                   << QString::fromLatin1(search);
    };
    row("nothing", "", "", "", "", "", "", "pypi.org!");
    row("in the order given", "", "a b", "c", "", "", "", "a b c pypi.org!");
    row("a default last", "d", "a", "c", "", "", "", "a c d!");
    row("a default of the project", "", "a", "p! c", "", "", "", "a c p!");
    row("the command line's default wins", "d", "", "p! c", "", "", "", "c d!");
    row("explicit ones only when asked for", "", "", "x=e* c", "", "", "", "c pypi.org!");
    row("an explicit default leaves none", "", "", "x=e!*", "", "", "", "");
    row("the older options last", "", "a", "c", "x", "l", "", "a c x l!");
    row("a project's default before --index-url", "", "", "p!", "", "l", "", "p!");
    row("a requirements file", "", "a", "", "x", "", "f", "a x f pypi.org!");
    row("the same address once", "", "a b a", "b", "", "", "", "a b pypi.org!");
    row("the first of a name", "", "n=a", "n=b c", "", "", "", "n=a c pypi.org!");
}

void IndexSettingsCheck::ordersIndexes()
{
    QFETCH(QString, default_);
    QFETCH(QString, indexes);
    QFETCH(QString, project);
    QFETCH(QString, extra);
    QFETCH(QString, legacy);
    QFETCH(QString, file);
    QFETCH(QString, search);
    actions::IndexOptions options{.defaultIndex = default_.isEmpty() ? QString() : address(default_),
        .indexes = addresses(indexes),
        .indexUrl = legacy.isEmpty() ? QString() : address(legacy),
        .extraIndexUrls = addresses(extra)};
    project::Project opened;
    for (QString word : project.split(u' ', Qt::SkipEmptyParts)) {
        project::Index &index = opened.uv.indexes.emplace_back();
        index.isDefault = word.contains(u'!');
        index.isExplicit = word.contains(u'*');
        word.remove(u'!').remove(u'*');
        index.name = word.contains(u'=') ? word.section(u'=', 0, 0) : QString();
        index.url = QUrl(u"https://"_s + word.section(u'=', -1) + u"/simple"_s);
    }
    requirements::RequirementsFile requirementsFile;
    for (const QString &url : addresses(file))
        requirementsFile.extraIndexUrls.push_back(QUrl(url));
    const auto settings = actions::indexSettings(options, u"/project"_s, &opened, &requirementsFile);
    QVERIFY(settings);
    QCOMPARE(asText(settings->search), search);
    options.noIndex = true;
    const auto none = actions::indexSettings(options, u"/project"_s, &opened, &requirementsFile);
    QVERIFY(none->search.empty() && none->named.empty());
}

void IndexSettingsCheck::readsVariables()
{
    const auto options = actions::IndexOptions::fromVariables({{u"UV_DEFAULT_INDEX"_s, u"https://d/simple"_s},
        {u"UV_INDEX"_s, u" n=https://a/simple  https://b/simple "_s},
        {u"UV_INDEX_URL"_s, u"https://l/simple"_s}, {u"UV_EXTRA_INDEX_URL"_s, u"https://x/simple"_s}});
    const auto settings = actions::indexSettings(options, u"/"_s, nullptr, nullptr);
    QVERIFY(settings);
    QCOMPARE(asText(settings->search), u"n=a b x d!"_s);
}

void IndexSettingsCheck::refusesNonsense()
{
    for (const QString &text : {u"https://bad host/"_s, u"name="_s}) {
        const auto settings = actions::indexSettings({.indexes = {text}}, u"/"_s, nullptr, nullptr);
        QVERIFY2(!settings, qPrintable(text));
        QCOMPARE(settings.error().kind(), ErrorKind::BadInput);
    }
}

void IndexSettingsCheck::countsPathsFromTheFolder()
{
    const auto settings =
        actions::indexSettings({.indexes = {u"wheels"_s, u"n=../other"_s}}, u"/project"_s, nullptr, nullptr);
    QCOMPARE(settings->search[0].url, QUrl(u"file:///project/wheels"_s));
    QCOMPARE(settings->search[1].url, QUrl(u"file:///other"_s));
}

QTEST_APPLESS_MAIN(IndexSettingsCheck)
#include "index_settings.moc"
