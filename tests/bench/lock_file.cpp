// SPDX-License-Identifier: Apache-2.0
// Reading and writing a large lock.
#include <QFile>

#include "bench/row.h"
#include "lock/read.h"
#include "lock/write.h"

using namespace sconce;
using namespace Qt::StringLiterals;

int main()
{
    QFile file(QStringLiteral(CORPUS "/real/invokeai/uv.lock"));
    if (!file.open(QIODevice::ReadOnly))
        return 0; // recorded projects are not at hand
    const QByteArray bytes = file.readAll();
    bench::row("read and write a lock of 1.8 MB", 20, [&]() -> Result<> {
        const lock::Lock lock = SCONCE_TRY(lock::parse(bytes, u"uv.lock"_s));
        if (lock::bytes(lock) != bytes)
            return std::unexpected(Error(ErrorKind::Broken, u"the bytes changed"_s));
        return {};
    });
}
