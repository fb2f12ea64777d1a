// SPDX-License-Identifier: Apache-2.0
#include "metadata/wheel_order.h"

#include <algorithm>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class WheelOrderCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsByWhatTagsMean_data();
    void sortsByWhatTagsMean();
};

void WheelOrderCheck::sortsByWhatTagsMean_data()
{
    QTest::addColumn<QStringList>("sorted");
    const auto row = [](const char *name, const char *tags) {
        QTest::newRow(name) << QString::fromLatin1(tags).split(u' ');
    };
    row("Pythons",
        "none-none-any py2-none-any py3-none-any py37-none-any py310-none-any cp27-none-any "
        "cp39-none-any cp310-none-any pp39-none-any graalpy311-none-any pyston38-none-any "
        "cp3-none-any");
    row("ABIs",
        "cp39-none-any cp39-abi3-any cp39-abi3t-any cp39-cp37-any cp39-cp37m-any cp39-cp39-any "
        "cp39-cp313-any cp39-cp313t-any cp39-cp313d-any cp39-cp313td-any cp39-cp314-any "
        "cp39-pypy_73-any cp39-pypy39_pp73-any cp39-pypy310_pp73-any "
        "cp39-graalpy240_310_native-any cp39-graalpy230_311_native-any "
        "cp39-pyston_23_x86_64_linux_gnu-any");
    row("kinds of platforms",
        "py3-none-any py3-none-manylinux_2_28_x86_64 py3-none-manylinux1_x86_64 "
        "py3-none-manylinux2010_x86_64 py3-none-manylinux2014_x86_64 py3-none-linux_x86_64 "
        "py3-none-musllinux_1_1_x86_64 py3-none-macosx_11_0_arm64 py3-none-win32 py3-none-win_amd64 "
        "py3-none-win_arm64 py3-none-win_ia64 py3-none-android_21_x86_64 py3-none-freebsd_12_x86_64 "
        "py3-none-netbsd_9_x86_64 py3-none-openbsd_6_x86_64 py3-none-dragonfly_6_x86_64 "
        "py3-none-haiku_1_x86_64 py3-none-illumos_5_11_x86_64 py3-none-solaris_11_4_x86_64 "
        "py3-none-pyodide_2024_0_wasm32 py3-none-ios_13_0_arm64_iphoneos");
    row("releases of platforms",
        "py3-none-manylinux_2_5_x86_64 py3-none-manylinux_2_17_aarch64 py3-none-manylinux_2_17_i686 "
        "py3-none-manylinux_2_17_x86_64 py3-none-manylinux_2_17_s390x py3-none-manylinux_2_28_aarch64 "
        "py3-none-musllinux_1_1_x86_64 py3-none-musllinux_1_2_aarch64 py3-none-macosx_10_9_universal2 "
        "py3-none-macosx_10_9_x86_64 py3-none-macosx_10_12_intel py3-none-macosx_11_0_arm64 "
        "py3-none-android_21_arm64_v8a py3-none-android_21_x86 py3-none-android_30_armeabi_v7a "
        "py3-none-freebsd_12_x86_64 py3-none-freebsd_9_x86_64");
    row("fields in turn", "py3-none-any py3-none-win32 py3-abi3-any cp39-none-any cp39-cp39-win32");
    row("several tags, builds and the unknown behind",
        "cp310-cp310-win_amd64 py2.py3-none-any py3-none-neptune_1_x86_64 py3-none-saturn_1_x86_64 "
        "py3-none-any.win32 cp39-cp39-manylinux_2_17_x86_64.manylinux2014_x86_64 1-py3-none-any "
        "2-cp39-cp39-win32 2a-py3-none-any 10-py3-none-any");
}

void WheelOrderCheck::sortsByWhatTagsMean()
{
    QFETCH(const QStringList, sorted);
    std::mt19937 random(kit::seed());
    QStringList shuffled = sorted;
    std::ranges::shuffle(shuffled, random);
    std::ranges::sort(shuffled, {}, [](const QString &tags) {
        const auto wheel = metadata::WheelName::parse(QString(u"pack-1-"_s + tags + u".whl"_s));
        return metadata::WheelOrder::of(*wheel);
    });
    QCOMPARE(shuffled, sorted);
}

QTEST_GUILESS_MAIN(WheelOrderCheck)
#include "wheel_order.moc"
