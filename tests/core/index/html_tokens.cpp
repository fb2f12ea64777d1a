// SPDX-License-Identifier: Apache-2.0
#include "index/html_tokens.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sconce::index;
using namespace Qt::StringLiterals;

class HtmlTokensCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTags_data();
    void readsTags();
    void replacesEntities_data();
    void replacesEntities();
    void isLinear_data();
    void isLinear();
};

void HtmlTokensCheck::readsTags_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("tags");
    const auto row = [](const char *name, const char *page, const char *tags) {
        QTest::newRow(name) << QString::fromUtf8(page) << QString::fromUtf8(tags);
    };
    row("plain", "<a href=\"x\">text</a>", "a[href=x] /a");
    row("single quotes", "<a href='x y'>", "a[href=x y]");
    row("no quotes", "<a href=x?y=1>", "a[href=x?y=1]");
    row("no quotes, slash", "<a href=a/b>", "a[href=a/b]");
    row("white space", "<a\n  href =\t\"x\"\n>", "a[href=x]");
    row("capitals", "<A HREF=\"X\">", "a[href=X]");
    row("no value", "<a data-yanked href=x>", "a[data-yanked=,href=x]");
    row("empty value", "<a data-yanked=\"\">", "a[data-yanked=]");
    row("void element", "<br/><base href=\"/x/\"/>", "br base[href=/x/]");
    row("comment", "<!-- <a href=no> --><a href=x><!-- > -->", "a[href=x]");
    row("comment without end", "<a href=x><!-- <a href=no>", "a[href=x]");
    row("doctype", "<!DOCTYPE html><a>", "a");
    row("script", "<script>if (a<b) { '<a href=no>' }</script><a href=x>", "script /script a[href=x]");
    row("style", "<STYLE>a > b { }</STYLE><a>", "style /style a");
    row("script without end", "<script><a href=no>", "script");
    row("bigger than", "<a title=\"a > b\" href=x>", "a[title=a > b,href=x]");
    row("less than in text", "1 < 2 <a>", "a");
    row("entities", "<a href=\"x?a=1&amp;b=2\" data-requires-python=\"&gt;=3.8\">",
        "a[href=x?a=1&b=2,data-requires-python=>=3.8]");
    row("first of two", "<a href=x href=y>", "a[href=x]");
    row("no space between", "<a href=\"x\"data-yanked=\"y\">", "a[href=x,data-yanked=y]");
    row("quote without end", "<a href=\"x>", "");
    row("tag without end", "<a href=x", "");
    row("equals sign alone", "<a = href=x>", "a[==,href=x]");
    row("nothing", "", "");
    row("brackets", "<<>< ><a>", "a");
}

void HtmlTokensCheck::readsTags()
{
    QFETCH(QString, page);
    QFETCH(QString, tags);
    HtmlTokens tokens(page);
    QStringList found;
    while (const auto tag = tokens.next()) {
        QStringList attributes;
        for (const auto &[name, value] : tag->attributes)
            attributes.append(name + u'=' + value);
        found.append(tag->name + (attributes.isEmpty() ? QString() : u'[' + attributes.join(u',') + u']'));
    }
    QCOMPARE(found.join(u' '), tags);
}

void HtmlTokensCheck::replacesEntities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    const auto row = [](const char *text, const char *plain) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(plain);
    };
    row("a", "a");
    row("&lt;&gt;&amp;&quot;&apos;", "<>&\"'");
    row("&#65;&#x42;&#X43;", "ABC");
    row("&#x1F600;", "😀");
    row("&amp;lt;", "&lt;");
    row("a&b", "a&b");
    row("&unknown;", "&unknown;");
    row("&;&#;&#x;", "&;&#;&#x;");
    row("&#0;&#xD800;&#x110000;", "&#0;&#xD800;&#x110000;");
    row("&#99999999999999;", "&#99999999999999;");
    row("x&lt", "x&lt");
    row("&&lt;", "&<");
}

void HtmlTokensCheck::replacesEntities()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    QCOMPARE(withoutEntities(text), plain);
}

void HtmlTokensCheck::isLinear_data()
{
    QTest::addColumn<QString>("piece");
    for (const char *piece :
        {"<a ", "<!--", "<script>", "&", "<", "<a href=\"", "<a x", "<a/", "</", "&#", "=\"'"})
        QTest::newRow(piece) << QString::fromLatin1(piece);
}

/// A megabyte of what would be slow if anything were read twice.
void HtmlTokensCheck::isLinear()
{
    QFETCH(QString, piece);
    const QString page = piece.repeated((1 << 20) / piece.size());
    QElapsedTimer time;
    time.start();
    HtmlTokens tokens(page);
    while (tokens.next()) {}
    std::ignore = withoutEntities(page);
    QVERIFY2(time.elapsed() < 10'000, qPrintable(QString::number(time.elapsed())));
}

QTEST_GUILESS_MAIN(HtmlTokensCheck)
#include "html_tokens.moc"
