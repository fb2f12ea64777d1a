// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "kit/golden.h"
#include "kit/universe/universe.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

QStringList strings(const QJsonValue &value)
{
    QStringList result;
    for (const QJsonValue &item : value.toArray())
        result.append(item.toString());
    return result;
}

QString versionsOf(const resolve::Resolution &resolution)
{
    QStringList lines;
    for (const auto &package : resolution.packages)
        lines.append(package.name.text() + u' ' + package.version.text());
    return lines.join(u'\n');
}

QString filesOf(const resolve::Resolution &resolution)
{
    QStringList lines;
    for (const auto &package : resolution.packages)
        lines.append(package.name.text() + u' ' + package.file.fileName);
    return lines.join(u'\n');
}

QString pairs(const QJsonObject &object)
{
    QStringList lines;
    for (auto row = object.begin(); row != object.end(); ++row)
        lines.append(row.key() + u' ' + row->toString());
    return lines.join(u'\n');
}

} // namespace

class SolveCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void solvesAsTheFileSays_data();
    void solvesAsTheFileSays();
    void asksAhead();
    void asksFurtherAfterManyTries();
    void asksNoLaterIndexForNamesOfTheFirst();
    void stops();
    void showsWhatItDoes();
};

void SolveCheck::solvesAsTheFileSays_data()
{
    QTest::addColumn<QJsonObject>("file");
    const QDir folder(QStringLiteral(CASES));
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        const auto document = QJsonDocument::fromJson(kit::slurp(folder.filePath(name)));
        QVERIFY2(document.isObject(), qPrintable(name + u" is not JSON"_s));
        QTest::newRow(qPrintable(name.chopped(5))) << document.object();
    }
}

void SolveCheck::solvesAsTheFileSays()
{
    QFETCH(const QJsonObject, file);
    const auto universe = kit::Universe::read(file);
    QVERIFY2(universe, universe ? "" : qPrintable(universe.error().forLog()));
    const auto request = kit::readRequest(file, **universe);
    QVERIFY2(request, request ? "" : qPrintable(request.error().forLog()));
    const auto outcome = resolveSpecific(*request, **universe, JobContext::unwatched());
    if (file.contains("error"_L1)) {
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind(), ErrorKind::BadInput);
        QCOMPARE(outcome.error().summary(), file["error"_L1].toString());
        return;
    }
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().forLog()));
    if (file["conflict"_L1].toBool()) {
        QVERIFY(std::holds_alternative<resolve::Conflict>(*outcome));
        return;
    }
    if (const auto *conflict = std::get_if<resolve::Conflict>(&*outcome))
        QFAIL(qPrintable(conflict->sentence));
    const auto &resolution = std::get<resolve::Resolution>(*outcome);
    if (file.contains("expect"_L1))
        QCOMPARE(versionsOf(resolution), pairs(file["expect"_L1].toObject()));
    if (file.contains("text"_L1))
        QCOMPARE(kit::asText(resolution), strings(file["text"_L1]).join(u'\n'));
    if (file.contains("files"_L1))
        QCOMPARE(filesOf(resolution), pairs(file["files"_L1].toObject()));
    QVERIFY(file.contains("expect"_L1) || file.contains("text"_L1) || file.contains("files"_L1));
    QCOMPARE(resolution.warnings, strings(file["warnings"_L1]));
}

namespace {

struct World {
    std::shared_ptr<kit::Universe> universe;
    resolve::SpecificRequest request;
};

World world(const QByteArray &json)
{
    const QJsonObject file = QJsonDocument::fromJson(json).object();
    auto universe = kit::Universe::read(file).value();
    auto request = kit::readRequest(file, *universe).value();
    return {std::move(universe), std::move(request)};
}

} // namespace

void SolveCheck::asksAhead()
{
    auto [universe, request] =
        world(R"({"wish": ["a", "b"], "packages": {"a": {"1": ["c"]}, "b": {"1": []}, "c": {"1": []}}})");
    QVERIFY(resolveSpecific(request, *universe, JobContext::unwatched()));
    const QStringList expected{u"expect page a"_s, u"expect page b"_s,
        u"expect metadata b-1-py3-none-any.whl"_s, u"expect metadata a-1-py3-none-any.whl"_s,
        u"metadata a-1-py3-none-any.whl"_s, u"expect page c"_s};
    QCOMPARE(universe->log.first(expected.size()), expected);
}

void SolveCheck::asksFurtherAfterManyTries()
{
    QJsonObject versions;
    for (int version = 1; version <= 30; ++version)
        versions[QString::number(version)] = QJsonArray{version > 1 ? u"b>100"_s : u"b"_s};
    const QJsonObject file{{u"wish"_s, QJsonArray{u"b"_s, u"a"_s}},
        {u"packages"_s, QJsonObject{{u"a"_s, versions}, {u"b"_s, QJsonObject{{u"1"_s, QJsonArray()}}}}}};
    auto [universe, request] = world(QJsonDocument(file).toJson());
    QVERIFY(resolveSpecific(request, *universe, JobContext::unwatched()));
    const auto hinted = universe->log.indexOf(u"expect metadata a-12-py3-none-any.whl"_s);
    QVERIFY2(hinted > 0 && hinted < universe->log.indexOf(u"metadata a-20-py3-none-any.whl"_s),
        qPrintable(universe->log.join(u'\n')));
}

void SolveCheck::asksNoLaterIndexForNamesOfTheFirst()
{
    auto [universe, request] = world(R"({"wish": ["secret"], "indexes": [
        {"url": "https://house.test", "packages": {"secret": {"1": []}}}, {"url": "https://world.test", "packages": {}}]})");
    QVERIFY(resolveSpecific(request, *universe, JobContext::unwatched()));
    QCOMPARE(universe->log.count(u"expect page secret"_s), 1);
}

void SolveCheck::stops()
{
    auto [universe, request] = world(R"({"wish": ["a"], "packages": {"a": {"1": []}}})");
    std::stop_source stop;
    stop.request_stop();
    const auto outcome =
        resolveSpecific(request, *universe, JobContext(stop.get_token(), std::make_shared<Progress>()));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind(), ErrorKind::Stopped);
}

void SolveCheck::showsWhatItDoes()
{
    // Nothing at hand, so every page is asked for with a label.
    class Slow final : public resolve::Supply {
    public:
        explicit Slow(resolve::Supply &next)
            : m_next(next)
        {}
        Result<metadata::PageAnswer> page(const metadata::IndexLocation &index,
            const names::PackageName &package, const JobContext &context) override
        {
            labels.append(context.progress().read().label);
            return m_next.page(index, package, context);
        }
        Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
            const metadata::IndexFile &file, const JobContext &context) override
        {
            return m_next.metadata(file, context);
        }
        void expectPage(const metadata::IndexLocation &, const names::PackageName &) override {}
        void expectMetadata(const metadata::IndexFile &) override {}
        QStringList labels;

    private:
        resolve::Supply &m_next;
    };
    auto [universe, request] = world(R"({"wish": ["a", "b"], "packages": {"a": {"1": []}, "b": {"1": []}}})");
    Slow slow(*universe);
    const JobContext context = JobContext::unwatched();
    QVERIFY(resolveSpecific(request, slow, context));
    QCOMPARE(slow.labels, (QStringList{u"Reading versions: a"_s, u"Reading versions: b"_s}));
    QCOMPARE(context.progress().read().total, 2);
    QCOMPARE(context.progress().read().done, 2);
}

QTEST_APPLESS_MAIN(SolveCheck)
#include "solve.moc"
