// SPDX-License-Identifier: Apache-2.0
#include "actions/offered_backends.h"

#include <QTest>

#include "actions/set_up.h"
#include "core/actions/world.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class OfferedBackendsCheck : public QObject {
    Q_OBJECT

    static Result<QStringList> ask(checks::World &world, const QString &mirror)
    {
        return actions::offeredBackends(QUrl(mirror), world.tools(), JobContext::unwatched());
    }

private Q_SLOTS:
    void namesWhatTheMirrorHas_data()
    {
        QTest::addColumn<QString>("mirror");
        QTest::newRow("without a slash") << u"https://torch.test/whl"_s;
        QTest::newRow("with a slash") << u"https://torch.test/whl/"_s;
    }
    void namesWhatTheMirrorHas()
    {
        QFETCH(QString, mirror);
        checks::World world;
        world.offerTorch("cu128", u"2.9.0+cu128"_s);
        world.offerTorch("cpu", u"2.9.0+cpu"_s);
        world.fetcher.serve(
            "https://torch.test/whl/cu126/torch/", "<!DOCTYPE html><title>empty</title>", "text/html");
        const auto offered = ask(world, mirror);
        VERIFY_RESULT(offered);
        QCOMPARE(*offered, (QStringList{u"cpu"_s, u"cu128"_s}));
    }

    void aNetworkFaultIsAnError()
    {
        checks::World world;
        world.fetcher.fail("https://torch.test/whl/cu128/torch/", Error(ErrorKind::Offline, u"no answer"_s));
        const auto offered = ask(world, u"https://torch.test/whl"_s);
        QVERIFY(!offered);
        QCOMPARE(offered.error().kind(), ErrorKind::Offline);
    }

    void onlyWhatIsOfferedIsRecommended()
    {
        hardware::DeviceReport report;
        report.operatingSystem = u"Linux"_s;
        report.machine = u"x86_64"_s;
        report.devices.push_back({.vendor = hardware::Vendor::Nvidia,
            .name = {u"NVIDIA GeForce RTX 3060"_s, u"nvidia-smi"_s},
            .driver = hardware::Fact{u"590.10"_s, u"/sys/module/nvidia/version"_s},
            .computeCapability = hardware::Fact{u"8.6"_s, u"nvidia-smi"_s}});
        report.accelerator = hardware::Accelerator{hardware::Accelerator::Kind::Cuda,
            *versions::Version::parse(u"590.10"), {}, {u"590.10"_s, u"/sys/module/nvidia/version"_s}};
        QVERIFY(actions::judgeBackends(report).front().backend->name != u"cu128");
        const auto verdicts = actions::judgeBackends(report, QStringList{u"cpu"_s, u"cu128"_s});
        QCOMPARE(verdicts.front().backend->name, u"cu128"_s);
        QCOMPARE(verdicts.size(), actions::judgeBackends(report).size());
    }
};
QTEST_GUILESS_MAIN(OfferedBackendsCheck)
#include "offered_backends.moc"
