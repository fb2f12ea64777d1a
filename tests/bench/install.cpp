// SPDX-License-Identifier: Apache-2.0
// 20,000 small files: what an environment with a hundred packages has.
#include "wheel/install.h"

#include <QTemporaryDir>

#include "bench/row.h"
#include "files/files.h"
#include "kit/golden.h"
#include "kit/tiny_index.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;

int main()
{
    constexpr int Files = 20'000;
    const JobContext context = JobContext::unwatched();
    QTemporaryDir folder;
    kit::TinyWheel many{.name = u"many"_s, .version = u"1.0"_s};
    for (int i = 0; i < Files; ++i)
        many.files.emplace_back(u"many/part%1/module%2.py"_s.arg(i / 200).arg(i),
            QByteArray("value = ") + QByteArray::number(i) + '\n');
    const QString path = folder.filePath(many.fileName());
    kit::spill(path, many.bytes());
    const auto name = bench::must(metadata::WheelName::parse(many.fileName()));

    process::SystemRunner runner;
    const auto base = bench::must(python::probe(u"/usr/bin/python3"_s, runner, {}, context));
    const QString environment = folder.filePath(u"environment"_s);
    const QString cached = folder.filePath(u"cache/many"_s);
    const auto fresh = [&] {
        if (!files::remove(environment) || !environment::make(environment, base, {}, context))
            std::exit(1);
    };
    bench::row(
        "unpack a wheel of 20,000 files into the cache", 5,
        [&] {
            if (!files::remove(cached))
                std::exit(1);
        },
        [&]() -> Result<> {
            SCONCE_TRY(wheel::unpackChecked(path, name, cached, context));
            return {};
        });
    bench::row("install 20,000 cached files, durably", 5, fresh, [&]() -> Result<> {
        const auto interpreter =
            SCONCE_TRY(python::probe(environment + u"/bin/python"_s, runner, {}, context));
        wheel::Transaction transaction = SCONCE_TRY(wheel::Transaction::begin(interpreter, context));
        wheel::UnpackedWheel unpacked = SCONCE_TRY(wheel::openUnpacked(cached, name, context));
        SCONCE_TRY(transaction.add({std::move(unpacked), std::nullopt, true}, context));
        return transaction.commit(context);
    });
}
