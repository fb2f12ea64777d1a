// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirements_file.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "base/text.h"
#include "requirements/requirements_line.h"

using namespace Qt::StringLiterals;

namespace sconce::requirements {

namespace {

enum class Option {
    Requirement,
    Constraint,
    Editable,
    IndexUrl,
    ExtraIndexUrl,
    FindLinks,
    NoIndex,
    NoBinary,
    OnlyBinary,
    Ignored,
    IgnoredWithValue
};

struct Spelling {
    QLatin1StringView text;
    Option option;
};

constexpr std::array<Spelling, 20> Spellings{{
    {"-r"_L1, Option::Requirement},
    {"--requirement"_L1, Option::Requirement},
    {"-c"_L1, Option::Constraint},
    {"--constraint"_L1, Option::Constraint},
    {"-e"_L1, Option::Editable},
    {"--editable"_L1, Option::Editable},
    {"-i"_L1, Option::IndexUrl},
    {"--index-url"_L1, Option::IndexUrl},
    {"--pypi-url"_L1, Option::IndexUrl},
    {"--extra-index-url"_L1, Option::ExtraIndexUrl},
    {"-f"_L1, Option::FindLinks},
    {"--find-links"_L1, Option::FindLinks},
    {"--no-index"_L1, Option::NoIndex},
    {"--no-binary"_L1, Option::NoBinary},
    {"--only-binary"_L1, Option::OnlyBinary},
    {"--prefer-binary"_L1, Option::Ignored},
    {"--require-hashes"_L1, Option::Ignored},
    {"--pre"_L1, Option::Ignored},
    {"--trusted-host"_L1, Option::IgnoredWithValue},
    {"--use-feature"_L1, Option::IgnoredWithValue},
}};

bool isUrl(QStringView text)
{
    static const QRegularExpression pattern(
        u"^[A-Za-z][A-Za-z0-9+.-]+:"_s); // a single letter is a drive of Windows
    return pattern.matchView(text).hasMatch();
}

bool isWebUrl(const QString &text)
{
    return text.startsWith("http://"_L1) || text.startsWith("https://"_L1);
}

/// The path or URL that is written in `file`.
QString besideFile(const QString &file, const QString &text)
{
    const QUrl url(text);
    if (isUrl(text))
        return url.isLocalFile() ? url.toLocalFile() : text;
    if (isWebUrl(file))
        return QUrl(file).resolved(url).toString();
    return QDir::cleanPath(QFileInfo(file).dir().filePath(text));
}

bool hasArchiveSuffix(QStringView text)
{
    return std::ranges::any_of(
        std::array{".whl"_L1, ".zip"_L1, ".tar.gz"_L1, ".tgz"_L1, ".tar.bz2"_L1, ".tar.xz"_L1},
        [&](QLatin1StringView suffix) { return text.endsWith(suffix, Qt::CaseInsensitive); });
}

/// Whether this is a path or URL, and not a requirement by name.
bool isLocation(QStringView text)
{
    const auto mayFollowName = [](QChar unit) {
        return unit.isSpace() || QStringView(u"<>=!~@;[(").contains(unit);
    };
    const QStringView start = text.first(std::ranges::find_if(text, mayFollowName) - text.begin());
    return text.startsWith("~/"_L1) || start.startsWith(u'.') || start.contains(u'/') || start.contains(u'\\')
        || isUrl(start) || hasArchiveSuffix(start);
}

/// Reads one file and those it names.
class Reader {
    Q_DECLARE_TR_FUNCTIONS(requirements)

public:
    Reader(const RequirementsFile::ReadText &readText, const QHash<QString, QString> &variables)
        : m_readText(readText)
        , m_variables(variables)
    {}

    enum class As { Requirements, Constraints };
    Result<> read(const QString &path, As as);
    RequirementsFile take() { return std::move(m_file); }

private:
    /// What is read of a line.
    struct Cursor {
        const RequirementsLine &line;
        qsizetype position = 0;

        QStringView left() const { return QStringView(line.text()).sliced(position); }
        void skipSpace()
        {
            while (!left().isEmpty() && left()[0].isSpace())
                ++position;
        }
        QString takeWord();
        std::unexpected<Error> fault(qsizetype start, const QString &sentence) const
        {
            const int length = std::max(1, int(QStringView(line.text()).sliced(start).trimmed().size()));
            return std::unexpected(
                line.placed(Error(ErrorKind::BadInput, sentence).at({{}, 1, 1, length, {}}), start));
        }
    };

    Result<> readLine(const RequirementsLine &line, As as);
    Result<> readOption(Cursor &cursor, As as);
    Result<> apply(Option option, const QString &value, const Cursor &cursor, qsizetype start, As as);
    Result<> readNested(const QString &path, As as, const Cursor &cursor, qsizetype start);
    Result<> readEntry(Cursor &cursor, bool isEditable, As as);
    Result<std::vector<QString>> readHashes(Cursor &cursor);
    Result<> readLocation(
        RequirementsFile::Entry &entry, QStringView text, const Cursor &cursor, qsizetype start);
    Result<QUrl> url(const QString &text, const Cursor &cursor, qsizetype start) const;

    const RequirementsFile::ReadText &m_readText;
    const QHash<QString, QString> &m_variables;
    RequirementsFile m_file;
    QStringList m_open;
};

/// Up to white space; quotes keep it together.
QString Reader::Cursor::takeWord()
{
    QString word;
    QChar quote;
    for (; !left().isEmpty() && (!quote.isNull() || !left()[0].isSpace()); ++position) {
        const QChar next = left()[0];
        if (quote.isNull() ? next == u'"' || next == u'\'' : next == quote)
            quote = quote.isNull() ? next : QChar();
        else
            word += next;
    }
    return word;
}

Result<> Reader::read(const QString &path, As as)
{
    const QString text = SCONCE_TRY(m_readText(path));
    m_open.append(path);
    for (const RequirementsLine &line : RequirementsLine::split(path, text, m_variables))
        SCONCE_TRY(readLine(line, as));
    m_open.removeLast();
    return {};
}

Result<> Reader::readLine(const RequirementsLine &line, As as)
{
    Cursor cursor{line};
    cursor.skipSpace();
    if (!cursor.left().startsWith(u'-'))
        return readEntry(cursor, false, as);
    while (!cursor.left().isEmpty()) {
        if (!cursor.left().startsWith(u'-'))
            return cursor.fault(cursor.position,
                tr("“%1” follows an option, where only a further option can stand")
                    .arg(cursor.left().trimmed()));
        SCONCE_TRY(readOption(cursor, as));
        cursor.skipSpace();
    }
    return {};
}

Result<> Reader::readOption(Cursor &cursor, As as)
{
    const qsizetype start = cursor.position;
    const QStringView left = cursor.left();
    const bool isLong = left.startsWith("--"_L1);
    const auto isEnd = [](QChar unit) { return unit.isSpace() || unit == u'='; };
    // Short options may touch their value: "-rmore.txt".
    const qsizetype length =
        isLong ? std::ranges::find_if(left, isEnd) - left.begin() : std::min<qsizetype>(2, left.size());
    const QString name = left.first(length).toString();
    const auto *spelling =
        std::ranges::find_if(Spellings, [&](const Spelling &known) { return name == known.text; });
    if (spelling == Spellings.end()) {
        QStringList known;
        for (const Spelling &other : Spellings)
            known += other.text;
        const std::optional<QString> similar = mostSimilar(name, known);
        return cursor.fault(start,
            similar
                ? tr("“%1” is not an option of requirements files; did you mean “%2”?").arg(name, *similar)
                : tr("“%1” is not an option of requirements files").arg(name));
    }
    cursor.position += length;
    if (spelling->option == Option::NoIndex || spelling->option == Option::Ignored)
        return apply(spelling->option, name, cursor, start, as);
    if (cursor.left().startsWith(u'='))
        ++cursor.position;
    cursor.skipSpace();
    if (spelling->option == Option::Editable)
        return readEntry(cursor, true, as);
    const QString value = cursor.takeWord();
    if (value.isEmpty())
        return cursor.fault(start, tr("“%1” needs a value").arg(name));
    return apply(spelling->option, value, cursor, start, as);
}

Result<> Reader::apply(Option option, const QString &value, const Cursor &cursor, qsizetype start, As as)
{
    switch (option) {
    case Option::Requirement: return readNested(value, as, cursor, start);
    case Option::Constraint: return readNested(value, As::Constraints, cursor, start);
    case Option::IndexUrl: m_file.indexUrl = SCONCE_TRY(url(value, cursor, start)); break;
    case Option::ExtraIndexUrl: m_file.extraIndexUrls.push_back(SCONCE_TRY(url(value, cursor, start))); break;
    case Option::FindLinks: m_file.findLinks.push_back(besideFile(m_open.last(), value)); break;
    case Option::NoIndex: m_file.noIndex = true; break;
    case Option::NoBinary: m_file.noBinary += value.split(u',', Qt::SkipEmptyParts); break;
    case Option::OnlyBinary: m_file.onlyBinary += value.split(u',', Qt::SkipEmptyParts); break;
    case Option::Ignored:
    case Option::IgnoredWithValue:
        m_file.ignored.push_back(cursor
                .fault(start,
                    tr("“%1” has no effect here")
                        .arg(QStringView(cursor.line.text()).sliced(start).trimmed()))
                .error());
        break;
    case Option::Editable: break; // read where it stands
    }
    return {};
}

Result<> Reader::readNested(const QString &path, As as, const Cursor &cursor, qsizetype start)
{
    const QString target = besideFile(m_open.last(), path);
    if (m_open.contains(target))
        return cursor.fault(
            start, tr("“%1” includes itself: %2").arg(target, (m_open + QStringList{target}).join(u" → "_s)));
    Result<> done = read(target, as);
    if (done || done.error().place())
        return done;
    return std::unexpected(
        std::move(done).error().at(cursor.line.place(start, cursor.line.text().size() - start)));
}

Result<std::vector<QString>> Reader::readHashes(Cursor &cursor)
{
    static const QRegularExpression pattern(u"^[a-z0-9_]+:[0-9a-fA-F]+$"_s);
    std::vector<QString> hashes;
    for (cursor.skipSpace(); !cursor.left().isEmpty(); cursor.skipSpace()) {
        const qsizetype start = cursor.position;
        QString word = cursor.takeWord();
        if (word == "--hash"_L1) {
            cursor.skipSpace();
            word += u'=' + cursor.takeWord();
        }
        if (!word.startsWith("--hash="_L1))
            return cursor.fault(
                start, tr("“%1” stands behind a requirement, where only “--hash” is possible").arg(word));
        const QString hash = word.sliced(7);
        if (!pattern.match(hash).hasMatch())
            return cursor.fault(
                start, tr("“%1” is not a hash: it should look like “sha256:2c26b4…”").arg(hash));
        hashes.push_back(hash);
    }
    return hashes;
}

Result<> Reader::readEntry(Cursor &cursor, bool isEditable, As as)
{
    static const QRegularExpression options(u"(^|\\s)--"_s);
    const qsizetype start = cursor.position;
    const qsizetype behind = options.matchView(cursor.left()).capturedStart();
    const QStringView text = behind < 0 ? cursor.left() : cursor.left().first(behind);
    if (text.trimmed().isEmpty())
        return cursor.fault(start, tr("A package, path or URL is missing"));
    RequirementsFile::Entry entry;
    if (isLocation(text)) {
        SCONCE_TRY(readLocation(entry, text.trimmed(), cursor, start));
    } else {
        Result<Requirement> requirement = Requirement::parse(text);
        if (!requirement)
            return std::unexpected(cursor.line.placed(requirement.error(), start));
        entry.requirement = *std::move(requirement);
    }
    cursor.position += text.size();
    entry.place = cursor.line.place(start, text.trimmed().size());
    entry.hashes = SCONCE_TRY(readHashes(cursor));
    entry.isEditable = isEditable;
    entry.origin = (as == As::Constraints ? u"-c "_s : u"-r "_s) + m_open.last();
    (as == As::Constraints ? m_file.constraints : m_file.requirements).push_back(std::move(entry));
    return {};
}

/// "./package[extra] ; marker"
Result<> Reader::readLocation(
    RequirementsFile::Entry &entry, QStringView text, const Cursor &cursor, qsizetype start)
{
    static const QRegularExpression pattern(u"^(.*?)\\s*(\\[[^\\[\\]]*\\])?\\s*(;\\s.*|\\s;.*)?$"_s);
    const QRegularExpressionMatch match = pattern.matchView(text);
    if (!match.hasMatch())
        return cursor.fault(start, tr("“%1” has characters that are none").arg(elided(text)));
    entry.location = match.captured(1);
    // The rest reads like that of a requirement; a name in its place gives the parts and the errors of one.
    Result<Requirement> rest = Requirement::parse(u'x' + text.sliced(match.capturedEnd(1)).toString());
    if (!rest)
        return std::unexpected(cursor.line.placed(rest.error(), start + match.capturedEnd(1) - 1));
    entry.extras = std::move(rest->extras);
    entry.marker = rest->marker;
    return {};
}

Result<QUrl> Reader::url(const QString &text, const Cursor &cursor, qsizetype start) const
{
    QUrl url = isUrl(text) ? QUrl(text) : QUrl::fromLocalFile(besideFile(m_open.last(), text));
    if (!url.isValid() || (isWebUrl(text) && url.host().isEmpty()))
        return cursor.fault(start, tr("“%1” is not a URL").arg(text));
    return url;
}

} // namespace

Result<RequirementsFile> RequirementsFile::read(
    const QString &path, const ReadText &readText, const QHash<QString, QString> &variables)
{
    Reader reader(readText, variables);
    SCONCE_TRY(reader.read(path, Reader::As::Requirements));
    return reader.take();
}

} // namespace sconce::requirements
