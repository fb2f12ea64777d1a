// SPDX-License-Identifier: Apache-2.0
#include "sync/apply.h"

#include <cerrno>

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include "files/digest.h"
#include "files/system.h"
#include "kit/canned_fetcher.h"
#include "kit/golden.h"
#include "kit/quick_fetcher.h"
#include "kit/small_environment.h"
#include "kit/tiny_index.h"
#include "kit/tree_text.h"
#include "sync/wheel_cache.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

/// Passes everything on, counts steps and stops the work at a chosen one.
class StoppingFetcher final : public net::Fetcher {
public:
    StoppingFetcher(net::Fetcher &next, std::stop_source stop, int at)
        : m_next(next)
        , m_stop(std::move(stop))
        , m_at(at)
    {}
    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override
    {
        step();
        return m_next.fetch(request, context);
    }
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override
    {
        step();
        const auto counted = [&](QByteArrayView bytes) -> Result<> {
            for (qsizetype at = 0; at < bytes.size(); at += 128) {
                step();
                SCONCE_TRY(context.goOn());
                SCONCE_TRY(sink(bytes.sliced(at, std::min<qsizetype>(128, bytes.size() - at))));
            }
            return {};
        };
        return m_next.download(request, counted, context);
    }

private:
    void step()
    {
        if (++m_steps == m_at)
            m_stop.request_stop();
    }
    net::Fetcher &m_next;
    std::stop_source m_stop;
    const int m_at;
    std::atomic<int> m_steps = 0;
};

/// Runs programs for real, and stops the work before the chosen one.
class StoppingRunner final : public process::Runner {
public:
    StoppingRunner(std::stop_source stop, int at)
        : m_stop(std::move(stop))
        , m_at(at)
    {}
    Result<process::Outcome> run(const process::Command &command, const JobContext &context) override
    {
        if (++m_steps == m_at)
            m_stop.request_stop();
        return m_runner.run(command, context);
    }

private:
    process::SystemRunner m_runner;
    std::stop_source m_stop;
    const int m_at;
    int m_steps = 0;
};

const auto Base = "https://pypi.test"_ba;

} // namespace

/// Plans carried out against a canned index and a real Python.
class ApplyCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void makesEnvironmentAndInstalls();
    void changesAndRemoves();
    void takesCachedWheelsWithoutAsking();
    void fetchesDamagedWheelsAgain();
    void resumesPartialFile();
    void takesFilesWithoutDigest();
    void comparesDigestsOfOtherKinds_data();
    void comparesDigestsOfOtherKinds();
    void putsFilesAsAsked_data();
    void putsFilesAsAsked();
    void fetchesWhatHasAnotherName();
    void knowsFilesOfThisComputerWhileTheyStay();
    void faultsChangeNothing_data();
    void faultsChangeNothing();
    void stopsAnywhereWithoutTrace();
    void diskFaultsLeaveOldOrNew_data();
    void diskFaultsLeaveOldOrNew();
    void refusesPlanOfAnotherState();
    void refusesWithoutSpace();
    void tellsProgress();

private:
    metadata::IndexFile file(const kit::TinyWheel &wheel) const;
    plan::Operation addition(const kit::TinyWheel &wheel) const;
    plan::Plan planFor(const std::vector<kit::TinyWheel> &wheels) const;
    Result<> apply(const plan::Plan &plan, const JobContext &context = JobContext::unwatched());
    std::vector<environment::Installed> installed() const;
    QString environmentFolder() const { return m_folder->filePath(u"project/.venv"_s); }
    sync::Places places() const { return {m_folder->filePath(u"cache"_s)}; }

    std::optional<python::Interpreter> m_python;
    process::SystemRunner m_runner;
    std::unique_ptr<kit::CannedFetcher> m_fetcher;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ApplyCheck::initTestCase()
{
    const Result<python::Interpreter> found = python::find({}, m_runner, QString(), JobContext::unwatched());
    VERIFY_RESULT(found);
    m_python = *found;
}

void ApplyCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>(kit::quickFolder());
    m_fetcher = std::make_unique<kit::CannedFetcher>();
    QDir().mkpath(m_folder->filePath(u"project"_s));
    kit::spill(m_folder->filePath(u"project/pyproject.toml"_s), "# untouched\n");
}

metadata::IndexFile ApplyCheck::file(const kit::TinyWheel &wheel) const
{
    const QByteArray bytes = wheel.bytes();
    const metadata::WheelName name = *metadata::WheelName::parse(wheel.fileName());
    const QByteArray url = Base + "/files/" + wheel.fileName().toUtf8();
    m_fetcher->serve(url, bytes);
    return {.fileName = wheel.fileName(),
        .address = QString::fromUtf8(url),
        .hashes = {u"sha256:"_s + files::sha256Hex(bytes)},
        .size = bytes.size(),
        .package = name.name,
        .version = name.version,
        .wheel = name};
}

plan::Operation ApplyCheck::addition(const kit::TinyWheel &wheel) const
{
    metadata::IndexFile listed = file(wheel);
    return {.name = listed.package,
        .to = listed.version,
        .file = listed,
        .index = {.url = QUrl(u"https://pypi.test/simple"_s)},
        .size = {listed.size, plan::Operation::Size::Source::Listed},
        .isRequested = true};
}

plan::Plan ApplyCheck::planFor(const std::vector<kit::TinyWheel> &wheels) const
{
    plan::Plan plan{.environmentFolder = environmentFolder()};
    if (!environment::isEnvironment(environmentFolder()))
        plan.createWith = m_python;
    for (const kit::TinyWheel &wheel : wheels)
        plan.operations.push_back(addition(wheel));
    return plan;
}

Result<> ApplyCheck::apply(const plan::Plan &plan, const JobContext &context)
{
    return sync::apply(plan, places(), *m_fetcher, m_runner, context);
}

std::vector<environment::Installed> ApplyCheck::installed() const
{
    process::SystemRunner runner;
    const auto interpreter =
        python::probe(python::executableIn(environmentFolder()), runner, QString(), JobContext::unwatched());
    return *environment::installedIn(*interpreter, JobContext::unwatched());
}

void ApplyCheck::makesEnvironmentAndInstalls()
{
    VERIFY_RESULT(apply(
        planFor({{.name = u"alpha"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"2.0"_s}})));
    const auto now = installed();
    QCOMPARE(now.size(), std::size_t(2));
    QCOMPARE(now[0].name.text(), u"alpha"_s);
    QCOMPARE(now[1].version.text(), u"2.0"_s);
    QCOMPARE(kit::slurp(m_folder->filePath(u"project/pyproject.toml"_s)), "# untouched\n"_ba);
    const process::Command import{.program = python::executableIn(environmentFolder()),
        .arguments = {u"-I"_s, u"-c"_s, u"import alpha, beta"_s}};
    QCOMPARE(m_runner.run(import, JobContext::unwatched())->status, 0);
}

void ApplyCheck::changesAndRemoves()
{
    VERIFY_RESULT(apply(
        planFor({{.name = u"alpha"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"2.0"_s}})));
    const auto before = installed();
    plan::Plan plan{.environmentFolder = environmentFolder()};
    plan.operations.push_back(addition({.name = u"alpha"_s, .version = u"1.1"_s}));
    plan.operations.back().kind = plan::Operation::Kind::Upgrade;
    plan.operations.back().installed = before[0];
    plan.operations.push_back(plan::removal(before[1], QString()));
    VERIFY_RESULT(apply(plan));
    const auto after = installed();
    QCOMPARE(after.size(), std::size_t(1));
    QCOMPARE(after[0].version.text(), u"1.1"_s);
    QVERIFY(!QFile::exists(QFileInfo(after[0].distInfo).path() + u"/beta.py"_s));
}

void ApplyCheck::takesCachedWheelsWithoutAsking()
{
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    QVERIFY(!sync::isCached(file(alpha), places()));
    VERIFY_RESULT(apply(planFor({alpha})));
    QVERIFY(sync::isCached(file(alpha), places()));
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    const qsizetype asked = m_fetcher->asked().size();
    VERIFY_RESULT(apply(planFor({alpha})));
    QCOMPARE(m_fetcher->asked().size(), asked);
    QCOMPARE(installed().size(), std::size_t(1));
}

void ApplyCheck::fetchesDamagedWheelsAgain()
{
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    VERIFY_RESULT(apply(planFor({alpha})));
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    QDirIterator entries(places().cacheFolder, {u"*.py"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(entries.hasNext());
    const QString victim = entries.next();
    QVERIFY(QFile::remove(victim));
    kit::spill(victim, "raise SystemExit('damaged')\n");
    VERIFY_RESULT(apply(planFor({alpha})));
    QCOMPARE(m_fetcher->timesAsked(Base + "/files/alpha-1.0-py3-none-any.whl"), 2);
    const QString module = QFileInfo(installed()[0].distInfo).path() + u"/alpha.py"_s;
    QVERIFY2(!kit::slurp(module).contains("damaged"), kit::slurp(module).constData());
}

void ApplyCheck::resumesPartialFile()
{
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    const metadata::IndexFile listed = file(alpha);
    const QByteArray bytes = alpha.bytes();
    const auto leave = [&](const QByteArray &part) {
        kit::spill(places().cacheFolder + u"/downloads/"_s + listed.sha256() + u".part"_s, part);
    };
    const QByteArray url = listed.url().toEncoded();
    leave(bytes.first(100));
    VERIFY_RESULT(apply(planFor({alpha})));
    QCOMPARE(m_fetcher->asked().last(), "GET " + url + " 100-");

    // The bytes of another file: noticed at the end, and everything fetched anew.
    QVERIFY(QDir(places().cacheFolder).removeRecursively());
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    leave(QByteArray(100, 'x'));
    VERIFY_RESULT(apply(planFor({alpha})));
    QCOMPARE(m_fetcher->asked().last(), "GET " + url);

    // All of it came, and the work was stopped before it was unpacked.
    QVERIFY(QDir(places().cacheFolder).removeRecursively());
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    leave(bytes);
    const qsizetype asked = m_fetcher->asked().size();
    VERIFY_RESULT(apply(planFor({alpha})));
    QCOMPARE(m_fetcher->asked().size(), asked);
}

void ApplyCheck::takesFilesWithoutDigest()
{
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    plan::Plan plan = planFor({alpha});
    plan.operations[0].file->hashes.clear();
    VERIFY_RESULT(apply(plan));
    QCOMPARE(installed().size(), std::size_t(1));
    QVERIFY(sync::isCached(*plan.operations[0].file, places()));
}

void ApplyCheck::comparesDigestsOfOtherKinds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QCryptographicHash::Algorithm>("algorithm");
    QTest::addRow("md5") << u"md5"_s << QCryptographicHash::Md5;
    QTest::addRow("sha512") << u"sha512"_s << QCryptographicHash::Sha512;
    QTest::addRow("blake2b") << u"blake2b"_s << QCryptographicHash::Blake2b_512;
}

void ApplyCheck::comparesDigestsOfOtherKinds()
{
    QFETCH(QString, name);
    QFETCH(QCryptographicHash::Algorithm, algorithm);
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    const QString right =
        name + u':' + QString::fromLatin1(QCryptographicHash::hash(alpha.bytes(), algorithm).toHex());
    plan::Plan plan = planFor({alpha});
    plan.operations[0].file->hashes = {right};
    VERIFY_RESULT(apply(plan));
    QVERIFY(sync::isCached(*plan.operations[0].file, places()));

    // What is in the cache was not compared with this one.
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    plan.operations[0].file->hashes = {right.chopped(1) + (right.endsWith(u'0') ? u'1' : u'0')};
    const Result<> wrong = apply(plan);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind(), ErrorKind::BadHash);
    QVERIFY(!QFile::exists(environmentFolder()));
}

void ApplyCheck::putsFilesAsAsked_data()
{
    QTest::addColumn<files::LinkMode>("mode");
    QTest::addColumn<bool>("isShared");
    QTest::addRow("hard link") << files::LinkMode::HardLink << true;
    QTest::addRow("copy") << files::LinkMode::Copy << false;
}

void ApplyCheck::putsFilesAsAsked()
{
    QFETCH(files::LinkMode, mode);
    QFETCH(bool, isShared);
    sync::Places asked = places();
    asked.linkMode = mode;
    VERIFY_RESULT(sync::apply(planFor({{.name = u"alpha"_s, .version = u"1.0"_s}}), asked, *m_fetcher,
        m_runner, JobContext::unwatched()));
    struct stat facts{};
    const QString module = QFileInfo(installed()[0].distInfo).path() + u"/alpha.py"_s;
    QCOMPARE(::stat(QFile::encodeName(module).constData(), &facts), 0);
    QCOMPARE(facts.st_nlink > 1, isShared);
}

void ApplyCheck::fetchesWhatHasAnotherName()
{
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    plan::Plan plan = planFor({alpha});
    VERIFY_RESULT(apply(plan));
    metadata::IndexFile &other = *plan.operations[0].file;
    other.fileName = u"alpha-1.0-2-py3-none-any.whl"_s;
    other.wheel = *metadata::WheelName::parse(other.fileName);
    other.address = QString::fromUtf8(Base) + u"/files/"_s + other.fileName;
    QVERIFY(!sync::isCached(other, places()));
    QVERIFY(QDir(environmentFolder()).removeRecursively());
    m_fetcher->answer(other.url().toEncoded(), 404);
    QVERIFY(!apply(plan));
}

void ApplyCheck::knowsFilesOfThisComputerWhileTheyStay()
{
    const sync::WheelCache cache(places().cacheFolder);
    VERIFY_RESULT(cache.prepare());
    const QString path = m_folder->filePath(u"alpha-1.0-py3-none-any.whl"_s);
    kit::spill(path, "one");
    const metadata::IndexFile local{.fileName = QFileInfo(path).fileName(),
        .address = QUrl::fromLocalFile(path).toString(),
        .package = *names::PackageName::parse(u"alpha"_s),
        .version = *versions::Version::parse(u"1.0"_s)};
    QCOMPARE(cache.addressKey(local), QString()); // it changed just now, and may again within the same tick
    QTRY_VERIFY_WITH_TIMEOUT(!cache.addressKey(local).isEmpty(), 10'000);
    const QString digest(64, u'a');
    VERIFY_RESULT(cache.rememberDigest(cache.addressKey(local), digest));
    QCOMPARE(cache.knownDigest(local), digest);
    // The same size and time of change: still another file.
    const QDateTime changed = QFileInfo(path).lastModified();
    kit::spill(path, "two");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(changed, QFileDevice::FileModificationTime));
    file.close();
    QCOMPARE(cache.knownDigest(local), QString());
    QTRY_VERIFY_WITH_TIMEOUT(!cache.addressKey(local).isEmpty(), 10'000);
    QCOMPARE(cache.knownDigest(local), QString());
}

void ApplyCheck::faultsChangeNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    QTest::addRow("not found") << 404 << QByteArray() << ErrorKind::NotFound << u"404"_s;
    QTest::addRow("forbidden") << 403 << QByteArray() << ErrorKind::Denied << u"403"_s;
    QTest::addRow("broken server") << 500 << QByteArray() << ErrorKind::Broken << u"500"_s;
    QTest::addRow("another file") << 200 << QByteArray("something else") << ErrorKind::BadHash
                                  << u"pypi.test"_s;
    QTest::addRow("nothing at all") << 200 << QByteArray() << ErrorKind::BadHash << u"beta-1.0"_s;
    QTest::addRow("no connection") << 0 << QByteArray() << ErrorKind::Offline << u"cable"_s;
}

void ApplyCheck::faultsChangeNothing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, says);
    VERIFY_RESULT(apply(planFor({{.name = u"zeta"_s, .version = u"1.0"_s}})));
    const QString before = kit::treeText(m_folder->filePath(u"project"_s));
    const kit::TinyWheel beta{.name = u"beta"_s, .version = u"1.0"_s};
    const plan::Plan plan = planFor({{.name = u"alpha"_s, .version = u"1.0"_s}, beta});
    const QByteArray url = file(beta).url().toEncoded();
    if (status == 0)
        m_fetcher->fail(url, Error(ErrorKind::Offline, u"The cable is out"_s));
    else if (status == 200)
        m_fetcher->serve(url, body);
    else
        m_fetcher->answer(url, status);
    const Result<> applied = apply(plan);
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind(), kind);
    QVERIFY2(applied.error().summary().contains(says), qPrintable(applied.error().summary()));
    QCOMPARE(kit::treeText(m_folder->filePath(u"project"_s)), before);

    // The same again, once the server is well.
    m_fetcher->serve(url, beta.bytes());
    VERIFY_RESULT(apply(plan));
    QCOMPARE(installed().size(), std::size_t(3));
}

void ApplyCheck::stopsAnywhereWithoutTrace()
{
    const std::vector<kit::TinyWheel> wheels{
        {.name = u"alpha"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"1.0"_s}};
    const QString project = m_folder->filePath(u"project"_s);
    const QString before = kit::treeText(project);
    int stops = 0;
    for (const bool isNetwork : {true, false}) {
        for (int at = 1;; ++at) {
            QVERIFY(QDir(places().cacheFolder).removeRecursively());
            std::stop_source stop;
            StoppingFetcher fetcher(*m_fetcher, stop, isNetwork ? at : -1);
            StoppingRunner runner(stop, isNetwork ? -1 : at);
            const JobContext context(stop.get_token(), std::make_shared<Progress>());
            const Result<> applied = sync::apply(planFor(wheels), places(), fetcher, runner, context);
            if (applied) {
                QVERIFY(!stop.stop_requested());
                QVERIFY(QDir(environmentFolder()).removeRecursively());
                break;
            }
            QCOMPARE(applied.error().kind(), ErrorKind::Stopped);
            QCOMPARE(kit::treeText(project), before);
            ++stops;
        }
    }
    QVERIFY2(stops > 10, qPrintable(QString::number(stops)));
}

void ApplyCheck::diskFaultsLeaveOldOrNew_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isNew");
    QTest::addRow("disk full, a changed environment") << ENOSPC << false;
    QTest::addRow("no permission, a changed environment") << EACCES << false;
    QTest::addRow("disk full, a new environment") << ENOSPC << true;
}

/// One call after the other fails once: the environment is the old one or the new one, and the next try
/// succeeds.
void ApplyCheck::diskFaultsLeaveOldOrNew()
{
    QFETCH(int, error);
    QFETCH(bool, isNew);
    const kit::TinyWheel alpha{.name = u"alpha"_s, .version = u"1.0"_s};
    const kit::TinyWheel beta{.name = u"beta"_s, .version = u"1.0"_s};
    const QString project = m_folder->filePath(u"project"_s);
    int faults = 0;
    bool isReached = true;
    // A step of a few calls keeps the check short and still meets every kind of call.
    for (qsizetype nth = 1; isReached; nth += isNew ? 11 : 5) {
        QVERIFY(QDir(environmentFolder()).removeRecursively());
        QVERIFY(QDir(places().cacheFolder).removeRecursively());
        if (!isNew)
            VERIFY_RESULT(apply(planFor({alpha, beta})));
        plan::Plan plan = planFor({{.name = u"gamma"_s, .version = u"1.0"_s}});
        if (!isNew) {
            plan.operations.push_back(addition({.name = u"alpha"_s, .version = u"1.1"_s}));
            plan.operations.back().kind = plan::Operation::Kind::Upgrade;
            const auto before = installed();
            plan.operations.back().installed = before[0];
            plan.operations.push_back(plan::removal(before[1], QString()));
        }
        const QString before = kit::treeText(project);
        std::optional<Result<>> applied;
        {
            const files::system::FaultPlan fault(nth, error, files::system::FaultPlan::Reach::OneCall);
            applied = apply(plan);
            isReached = fault.isReached();
        }
        if (*applied)
            continue;
        ++faults;
        if (environment::isEnvironment(environmentFolder()))
            VERIFY_RESULT(wheel::recover(environmentFolder()));
        if (kit::treeText(project) != before) {
            // Only a fault behind the switch may leave the new state, whole.
            const auto now = installed();
            QCOMPARE(now.size(), std::size_t(2));
            QCOMPARE(now[0].version.text(), u"1.1"_s);
            continue;
        }
        VERIFY_RESULT(apply(plan));
    }
    QVERIFY2(faults > 5, qPrintable(QString::number(faults)));
}

void ApplyCheck::refusesPlanOfAnotherState()
{
    const plan::Plan late = planFor({{.name = u"alpha"_s, .version = u"1.0"_s}});
    VERIFY_RESULT(apply(planFor({{.name = u"alpha"_s, .version = u"2.0"_s}})));
    plan::Plan plan = late;
    plan.createWith.reset();
    const QString before = kit::treeText(environmentFolder());
    const Result<> applied = apply(plan);
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind(), ErrorKind::BadInput);
    QVERIFY2(applied.error().summary().contains(u"alpha"), qPrintable(applied.error().summary()));
    QCOMPARE(kit::treeText(environmentFolder()), before);
}

void ApplyCheck::refusesWithoutSpace()
{
    plan::Plan plan = planFor({{.name = u"alpha"_s, .version = u"1.0"_s}});
    plan.operations[0].size.bytes = qint64(1) << 50;
    const Result<> applied = apply(plan);
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind(), ErrorKind::DiskFull);
    QVERIFY(m_fetcher->asked().isEmpty());
    QVERIFY(!QFile::exists(environmentFolder()));
}

void ApplyCheck::tellsProgress()
{
    const auto progress = std::make_shared<Progress>();
    const plan::Plan plan =
        planFor({{.name = u"alpha"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"1.0"_s}});
    VERIFY_RESULT(apply(plan, {std::stop_token(), progress}));
    QCOMPARE(progress->read().stage, 4);
    QCOMPARE(progress->read().stages, 4);
    const std::vector<Progress::Item> items = progress->items();
    QCOMPARE(items.size(), std::size_t(2));
    for (std::size_t i = 0; i < items.size(); ++i) {
        QCOMPARE(items[i].state, Progress::Item::State::Done);
        QCOMPARE(items[i].done, *plan.operations[i].size.bytes);
        QCOMPARE(items[i].total, *plan.operations[i].size.bytes);
    }
}

QTEST_GUILESS_MAIN(ApplyCheck)
#include "apply.moc"
#include "sync/wheel_cache.h"
