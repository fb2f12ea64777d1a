// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirements_file.h"

#include <map>
#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using requirements::RequirementsFile;

namespace {

/// A few files, and the variables that are set.
struct Folder {
    std::map<QString, QString> files;
    QHash<QString, QString> variables;

    Result<RequirementsFile> read(const QString &path) const
    {
        const auto text = [this](const QString &file) -> Result<QString> {
            if (const auto found = files.find(file); found != files.end())
                return found->second;
            return std::unexpected(Error(ErrorKind::NotFound, u"“%1” is not there"_s.arg(file)));
        };
        return RequirementsFile::read(path, text, variables);
    }
};

Result<RequirementsFile> read(const QString &text)
{
    return Folder{{{u"r.txt"_s, text}}, {}}.read(u"r.txt"_s);
}

QString asText(const std::vector<RequirementsFile::Entry> &entries)
{
    QStringList lines;
    for (const RequirementsFile::Entry &entry : entries) {
        QString line = entry.requirement ? entry.requirement->text() : u'<' + entry.location + u'>';
        for (const names::ExtraName &extra : entry.extras)
            line += u" +"_s + extra.text();
        if (!entry.marker.isAlways())
            line += u" ; "_s + entry.marker.text();
        if (entry.isEditable)
            line.prepend(u"editable "_s);
        for (const QString &hash : entry.hashes)
            line += u' ' + hash;
        lines += line;
    }
    return lines.join(u'\n');
}

} // namespace

class RequirementsFileCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEntries_data();
    void readsEntries();
    void readsOptions();
    void readsNestedFiles();
    void fillsVariables();
    void refusesWithPlace_data();
    void refusesWithPlace();
    void keepsSecretsOutOfErrors();
    void survivesDamage();
};

void RequirementsFileCheck::readsEntries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("entries");
    const auto row = [](const char *name, const char *text, const char *entries) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(entries);
    };
    row("empty", "", "");
    row("only comments", "# a\n   # b\n\n", "");
    row("one a line", "torch>=2\n\n  numpy ; os_name == 'nt'  \n", "torch>=2\nnumpy ; os_name == 'nt'");
    row("line ends of all kinds", "a\r\nb\rc\nd", "a\nb\nc\nd");
    row("byte order mark", "\xef\xbb\xbftorch\n", "torch");
    row("comment", "torch # 2.5\n", "torch");
    row("fragment is no comment", "pip @ https://h.test/p.zip#sha256=00 # note\n",
        "pip @ https://h.test/p.zip#sha256=00");
    row("continued", "torch \\\n  >=2, \\\n  <3\nnumpy", "torch>=2,<3\nnumpy");
    row("continued to the end", "torch>=2 \\", "torch>=2");
    row("comment ends continuation", "torch \\\n# a \\\nnumpy\n", "torch\nnumpy");
    row("hashes", "torch==2 --hash=sha256:00ff \\\n --hash sha384:ab\n", "torch==2 sha256:00ff sha384:ab");
    row("wheel", "./dist/a-1.0-py3-none-any.whl\na-1.0-py3-none-any.whl\n",
        "<./dist/a-1.0-py3-none-any.whl>\n<a-1.0-py3-none-any.whl>");
    row("folders", ".\n../lib[x,y]\n/abs/lib ; os_name == 'nt'\nsub/dir\n~/lib\n",
        "<.>\n<../lib> +x +y\n</abs/lib> ; os_name == 'nt'\n<sub/dir>\n<~/lib>");
    row("URLs", "https://h.test/a-1.0.zip\ngit+https://h.test/a@v1\nfile:///x/a.whl\n",
        "<https://h.test/a-1.0.zip>\n<git+https://h.test/a@v1>\n<file:///x/a.whl>");
    row("Windows path", "C:\\lib\\a.whl\n", "<C:\\lib\\a.whl>");
    row("a file may have such a name", "./lib[x\n", "<./lib[x>");
    row("editable", "-e ./lib[x]\n--editable=git+https://h.test/a#egg=a\n-e a @ file:///x\n",
        "editable <./lib> +x\neditable <git+https://h.test/a#egg=a>\neditable a @ file:///x");
}

void RequirementsFileCheck::readsEntries()
{
    QFETCH(QString, text);
    QFETCH(QString, entries);
    const Result<RequirementsFile> file = read(text);
    QVERIFY2(file, file ? "" : qPrintable(file.error().forLog()));
    QCOMPARE(asText(file->requirements), entries);
    QVERIFY(file->constraints.empty());
}

void RequirementsFileCheck::readsOptions()
{
    const RequirementsFile file =
        read(u"-i https://h.test/simple\n--extra-index-url=https://u:p@x.test/a --extra-index-url "
             u"'https://y.test/b'\n"
             "-f ./wheels\n--find-links https://h.test/links.html\n--no-index\n--no-binary :all:\n"
             "--only-binary=a,b\n--pre\n--trusted-host h.test\n"_s)
            .value();
    QCOMPARE(file.indexUrl, QUrl(u"https://h.test/simple"_s));
    QCOMPARE(file.extraIndexUrls,
        (std::vector<QUrl>{QUrl(u"https://u:p@x.test/a"_s), QUrl(u"https://y.test/b"_s)}));
    QCOMPARE(file.findLinks, (std::vector<QString>{u"wheels"_s, u"https://h.test/links.html"_s}));
    QVERIFY(file.noIndex);
    QCOMPARE(file.noBinary, QStringList{u":all:"_s});
    QCOMPARE(file.onlyBinary, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(file.ignored.size(), 2U);
    QCOMPARE(file.ignored[1].summary(), u"“--trusted-host h.test” has no effect here"_s);
    QCOMPARE(file.ignored[1].place()->line, 9);
    QVERIFY(file.requirements.empty());
}

void RequirementsFileCheck::readsNestedFiles()
{
    const Folder folder{
        {{u"/p/r.in"_s, u"a\n-r sub/more.txt\n-c limits.txt\n-rshort.txt\n"_s},
            {u"/p/sub/more.txt"_s, u"b\n--requirement ../again.txt\n"_s},
            {u"/p/again.txt"_s, u"-f links\nc\n"_s}, {u"/p/limits.txt"_s, u"d<2\n-r sub/x.txt\n"_s},
            {u"/p/sub/x.txt"_s, u"e<3"_s}, {u"/p/short.txt"_s, u"f"_s}},
        {}};
    const Result<RequirementsFile> file = folder.read(u"/p/r.in"_s);
    QVERIFY2(file, file ? "" : qPrintable(file.error().forLog()));
    QCOMPARE(asText(file->requirements), u"a\nb\nc\nf"_s);
    QCOMPARE(asText(file->constraints), u"d<2\ne<3"_s);
    QCOMPARE(file->requirements[2].origin, u"-r /p/again.txt"_s);
    QCOMPARE(file->requirements[2].place.file, u"/p/again.txt"_s);
    QCOMPARE(file->requirements[2].place.line, 2);
    QCOMPARE(file->constraints[1].origin, u"-c /p/sub/x.txt"_s);
    QCOMPARE(file->findLinks, std::vector<QString>{u"/p/links"_s});

    // Included twice is no cycle.
    const Folder twice{{{u"r"_s, u"-r a\n-r b\n"_s}, {u"a"_s, u"-r b"_s}, {u"b"_s, u"x"_s}}, {}};
    QCOMPARE(asText(twice.read(u"r"_s)->requirements), u"x\nx"_s);
    const Folder web{
        {{u"https://h.test/d/r.txt"_s, u"-r more.txt"_s}, {u"https://h.test/d/more.txt"_s, u"x"_s}}, {}};
    QCOMPARE(asText(web.read(u"https://h.test/d/r.txt"_s)->requirements), u"x"_s);

    const Folder cycle{{{u"r"_s, u"a\n-r s/b\n"_s}, {u"s/b"_s, u"-r ../r\n"_s}}, {}};
    const Result<RequirementsFile> endless = cycle.read(u"r"_s);
    QVERIFY(!endless);
    QCOMPARE(endless.error().summary(), u"“r” includes itself: r → s/b → r"_s);
    QCOMPARE(endless.error().place()->file, u"s/b"_s);
    const Result<RequirementsFile> missing = read(u"a\n -r none.txt"_s);
    QCOMPARE(missing.error().summary(), u"“none.txt” is not there"_s);
    QCOMPARE(missing.error().place()->line, 2);
    QCOMPARE(missing.error().place()->column, 2);
}

void RequirementsFileCheck::fillsVariables()
{
    const Folder folder{
        {{u"r"_s,
            u"-i https://${USER_1}:${TOKEN}@h.test/simple\ntorch==${VERSION} # ${NONE}\na @ https://h.test/${NONE}\nb==$VERSION\n"_s}},
        {{u"USER_1"_s, u"me"_s}, {u"TOKEN"_s, u"s3cret"_s}, {u"VERSION"_s, u"2.5"_s}}};
    const Result<RequirementsFile> file = folder.read(u"r"_s);
    QVERIFY(!file);
    QCOMPARE(file.error().place()->line, 4); // "$VERSION" is not one
    const Folder good{
        {{u"r"_s, u"-i https://${USER_1}:${TOKEN}@h.test/simple\ntorch==${VERSION} # ${NONE}\n"_s}},
        folder.variables};
    QCOMPARE(good.read(u"r"_s)->indexUrl, QUrl(u"https://me:s3cret@h.test/simple"_s));
    QCOMPARE(asText(good.read(u"r"_s)->requirements), u"torch==2.5"_s);
}

void RequirementsFileCheck::refusesWithPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("length");
    const auto row = [](const char *text, const char *says, int line, int column, int length) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(says) << line << column << length;
    };
    row("a\n  torch>=x", "“x” is not a version: “x” does not belong there", 2, 10, 1);
    row("torch>=2, \\\n   <y", "“y” is not a version: “y” does not belong there", 2, 5, 1);
    row("--index-ur x", "“--index-ur” is not an option of requirements files; did you mean “--index-url”?", 1,
        1, 12);
    row("# a\nnumpy#1.0", "“#1.0” stands where a version specifier, “@”, “;” or the end is needed", 2, 6, 1);
    row("torch /x", "“/x” stands where a version specifier, “@”, “;” or the end is needed", 1, 7, 1);
    row("a\n--frobnicate x", "“--frobnicate” is not an option of requirements files", 2, 1, 14);
    row("-r", "“-r” needs a value", 1, 1, 2);
    row("--index-url=", "“--index-url” needs a value", 1, 1, 12);
    row("-i http://", "“http://” is not a URL", 1, 1, 10);
    row("-e", "A package, path or URL is missing", 1, 3, 1);
    row("--pre torch", "“torch” follows an option, where only a further option can stand", 1, 7, 5);
    row("torch --hash=sha256", "“sha256” is not a hash: it should look like “sha256:2c26b4…”", 1, 7, 13);
    row("torch --hash sha256:xyz", "“sha256:xyz” is not a hash: it should look like “sha256:2c26b4…”", 1, 7,
        17);
    row("torch --no-deps", "“--no-deps” stands behind a requirement, where only “--hash” is possible", 1, 7,
        9);
    row("./lib ; os_nam == 'x'", "", 1, 9, 6);
}

void RequirementsFileCheck::refusesWithPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(int, length);
    const Result<RequirementsFile> file = read(text);
    QVERIFY(!file);
    QCOMPARE(file.error().kind(), ErrorKind::BadInput);
    if (!says.isEmpty())
        QCOMPARE(file.error().summary(), says);
    QCOMPARE(file.error().place()->file, u"r.txt"_s);
    QCOMPARE(file.error().place()->line, line);
    QCOMPARE(file.error().place()->column, column);
    QCOMPARE(file.error().place()->length, length);
    QCOMPARE(file.error().place()->lineText, text.split(u'\n').value(line - 1));
}

void RequirementsFileCheck::keepsSecretsOutOfErrors()
{
    const Folder folder{
        {{u"r"_s, u"-i https://user:${TOKEN}@[h/\n"_s}, {u"s"_s, u"torch @ https://user:s3cret@[h/\n"_s},
            {u"t"_s, u"torch==${TOKEN}\n"_s}},
        {{u"TOKEN"_s, u"s3cret"_s}}};
    for (const auto &name : {u"r"_s, u"s"_s, u"t"_s}) {
        const Result<RequirementsFile> file = folder.read(name);
        QVERIFY(!file);
        QVERIFY2(!file.error().forLog().contains(u"s3cret"), qPrintable(file.error().forLog()));
    }
    const Result<RequirementsFile> file = folder.read(u"t"_s);
    QCOMPARE(file.error().summary(), u"This line cannot be read with the value of ${TOKEN}"_s);
    QCOMPARE(file.error().place()->lineText, u"torch==${TOKEN}"_s);
}

void RequirementsFileCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    const QString good =
        u"-i https://u:p@h.test/simple\ntorch[a]>=2,<3 ; os_name == 'nt' \\\n --hash=sha256:00ff # note\n-e ./lib[x]\n${HOME}/a.whl\n-c limits.txt\n"_s;
    for (int i = 0; i < 4000; ++i) {
        const QString text = kit::damaged(good, random);
        const Folder folder{{{u"r"_s, text}, {u"limits.txt"_s, u"a<2"_s}}, {{u"HOME"_s, u"/home/me"_s}}};
        const Result<RequirementsFile> file = folder.read(u"r"_s);
        if (!file && file.error().kind() == ErrorKind::BadInput)
            QVERIFY2(file.error().place()->line >= 1
                    && file.error().place()->line <= text.count(u'\n') + text.count(u'\r') + 1,
                qPrintable(text));
    }
}

QTEST_GUILESS_MAIN(RequirementsFileCheck)
#include "requirements_file.moc"
