// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "kit/fake_computer.h"
#include "torch/backends.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using torch::Fit;
using torch::TargetSystem;
using torch::Verdict;

namespace {

// The computers of the hardware checks, judged here.
const auto Computers = QStringLiteral(CASES "/../../hardware/devices");

/// "cu132 cu130 no: sentence" and what belongs to it; neighbours that say the same share a line.
QByteArray asText(const std::vector<Verdict> &verdicts)
{
    QString text;
    QString names;
    for (std::size_t index = 0; index < verdicts.size(); ++index) {
        const Verdict &verdict = verdicts[index];
        const QString fit = verdict.fit == Fit::Fits ? u"fits"_s
            : verdict.fit == Fit::FitsWithCaveat     ? u"caveat"_s
                                                     : u"no"_s;
        names += (verdict.isRecommended ? u"* "_s : QString()) + verdict.backend->name + u' ';
        const auto isSame = [&](const Verdict &next) {
            return next.fit == verdict.fit && next.sentence == verdict.sentence && next.hint == verdict.hint
                && next.evidence == verdict.evidence;
        };
        if (index + 1 < verdicts.size() && isSame(verdicts[index + 1]))
            continue;
        text += names + fit + u": "_s + verdict.sentence + u'\n';
        if (!verdict.hint.isEmpty())
            text += u"    hint: %1\n"_s.arg(verdict.hint);
        for (const QString &evidence : verdict.evidence)
            text += u"    %1\n"_s.arg(evidence);
        names.clear();
    }
    return text.toUtf8();
}

TargetSystem systemOf(const hardware::DeviceReport &report)
{
    return report.operatingSystem == "Windows"_L1 ? TargetSystem::Windows
        : report.operatingSystem == "macOS"_L1    ? TargetSystem::MacOs
                                                  : TargetSystem::GlibcLinux;
}

hardware::DeviceReport reportOf(const QString &computer)
{
    kit::FakeComputer fake(Computers + u'/' + computer);
    const auto report = hardware::detect(fake.computer(), JobContext::unwatched());
    if (!report)
        qFatal("%s", qPrintable(report.error().summary()));
    return *report;
}

const Verdict &verdictOf(const std::vector<Verdict> &verdicts, const QString &name)
{
    return *std::ranges::find_if(
        verdicts, [&](const Verdict &verdict) { return verdict.backend->name == name; });
}

} // namespace

class JudgeCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesEveryBackend_data();
    void judgesEveryBackend();
    void recommends_data();
    void recommends();
    void countsOnlyWhatIsOffered();
    void knowsSystemsWithoutBuilds();
};

void JudgeCheck::judgesEveryBackend_data()
{
    QTest::addColumn<QString>("computer");
    const QStringList all = QDir(Computers).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QVERIFY(all.size() >= 25);
    for (const QString &computer : all) {
        kit::FakeComputer fake(Computers + u'/' + computer);
        if (hardware::detect(fake.computer(), JobContext::unwatched()))
            QTest::addRow("%s", qPrintable(computer)) << computer;
    }
}

void JudgeCheck::judgesEveryBackend()
{
    QFETCH(const QString, computer);
    const hardware::DeviceReport report = reportOf(computer);
    const auto verdicts = torch::judge(report, systemOf(report));
    QCOMPARE(verdicts.size(), torch::backends().size());
    QCOMPARE(std::ranges::count_if(verdicts, &Verdict::isRecommended), 1);
    QVERIFY(verdicts.front().isRecommended);
    QVERIFY(verdicts.front().fit != Fit::DoesNotFit);
    for (const Verdict &verdict : verdicts)
        QVERIFY2(!verdict.sentence.isEmpty() && !verdict.sentence.endsWith(u'.'),
            qPrintable(verdict.backend->name));
    COMPARE_KEPT(asText(verdicts), computer + u".txt"_s);
}

void JudgeCheck::recommends_data()
{
    QTest::addColumn<QString>("computer");
    QTest::addColumn<QString>("backend");
    const auto row = [](const char *computer, const char *backend) {
        QTest::newRow(computer) << QString::fromLatin1(computer) << QString::fromLatin1(backend);
    };
    row("nvidia-laptop-beside-intel", "cu129");
    row("nvidia-blackwell", "cu132");
    row("nvidia-pascal-new-driver",
        "cu126"); // by the driver alone it would be cu132, which has no code for it
    row("nvidia-volta", "cu126");
    row("nvidia-old-beside-new", "cu126"); // the newest that runs on both
    row("nvidia-driver-too-old", "cu91"); // 390.157 is too old for all that came after
    row("nvidia-spark", "cu132");
    row("nvidia-beside-amd", "cu129");
    row("nvidia-no-driver", "cpu");
    row("wsl2", "cu129");
    row("container-without-access", "cu129");
    row("amd-7900xtx", "rocm7.2");
    row("amd-strix-halo", "rocm7.2");
    row("amd-without-tool", "rocm7.2"); // the reference does not see this one
    row("amd-unknown-architecture", "cpu");
    row("intel-integrated", "cpu"); // the reference takes any Intel GPU for XPU
    row("intel-arc-beside-integrated", "xpu");
    row("intel-lunar-lake", "xpu");
    row("intel-nobody-knows", "xpu");
    row("apple-silicon", "cpu");
    row("nothing-to-see", "cpu");
    row("variable-architecture", "rocm7.2");
}

void JudgeCheck::recommends()
{
    QFETCH(const QString, computer);
    const hardware::DeviceReport report = reportOf(computer);
    QTEST(torch::judge(report, systemOf(report)).front().backend->name, "backend");
}

void JudgeCheck::countsOnlyWhatIsOffered()
{
    const auto verdicts = torch::judge(reportOf(u"nvidia-blackwell"_s), TargetSystem::GlibcLinux,
        QStringList{u"cpu"_s, u"cu128"_s, u"xpu"_s});
    QCOMPARE(verdicts.front().backend->name, u"cu128"_s);
    QCOMPARE(verdictOf(verdicts, u"cu132"_s).sentence, u"The package source has no torch for CUDA 13.2"_s);
    QCOMPARE(verdictOf(verdicts, u"cu132"_s).fit, Fit::DoesNotFit);
}

void JudgeCheck::knowsSystemsWithoutBuilds()
{
    const hardware::DeviceReport report = reportOf(u"nvidia-blackwell"_s);
    for (const TargetSystem system : {TargetSystem::MuslLinux, TargetSystem::MacOs, TargetSystem::Other}) {
        const auto verdicts = torch::judge(report, system);
        QCOMPARE(verdicts.front().backend->name, u"cpu"_s);
        for (const QString &name : {u"cu132"_s, u"rocm7.2"_s, u"xpu"_s})
            QCOMPARE(verdictOf(verdicts, name).fit, Fit::DoesNotFit);
    }
    QCOMPARE(torch::judge(report, TargetSystem::MuslLinux).front().sentence,
        u"PyTorch publishes no packages for Linux with musl, so there may be nothing to install"_s);
}

QTEST_GUILESS_MAIN(JudgeCheck)
#include "judge.moc"
