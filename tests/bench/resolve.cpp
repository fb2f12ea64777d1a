// SPDX-License-Identifier: Apache-2.0
// Versions for one interpreter from answers that are in memory: what a resolution costs when the cache is
// warm.
#include <QJsonArray>

#include "bench/row.h"
#include "kit/universe/universe.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// `count` packages with 20 versions each; every package needs a few earlier ones, the newest versions of
/// some need more than there is, so that the solver has to step back.
QJsonObject world(int count)
{
    QJsonObject packages;
    for (int i = 0; i < count; ++i) {
        QJsonObject versions;
        for (int version = 1; version <= 20; ++version) {
            QJsonArray needs;
            for (const int other : {i / 2, i / 3, i * 2 / 3}) {
                if (other < i)
                    needs.append(u"p%1 >=%2,<%3"_s.arg(other)
                            .arg(std::max(1, version - 5))
                            .arg(version == 20 && i % 7 == 0 ? 19 : 22));
            }
            versions[QString::number(version) + u".0"_s] = needs;
        }
        packages[u"p%1"_s.arg(i)] = versions;
    }
    QJsonArray wishes;
    for (int i = count - 20; i < count; ++i)
        wishes.append(u"p%1"_s.arg(i));
    return {{u"packages"_s, packages}, {u"wish"_s, wishes}};
}

} // namespace

int main()
{
    const QJsonObject file = world(200);
    const auto universe = bench::must(kit::Universe::read(file));
    const resolve::SpecificRequest request = bench::must(kit::readRequest(file, *universe));
    bench::row("resolve for this computer, 200 packages, answers in memory", 10, [&]() -> Result<> {
        const auto outcome =
            SCONCE_TRY(resolve::resolveSpecific(request, *universe, JobContext::unwatched()));
        if (!std::holds_alternative<resolve::Resolution>(outcome))
            return std::unexpected(Error(ErrorKind::Broken, std::get<resolve::Conflict>(outcome).sentence));
        return {};
    });
}
