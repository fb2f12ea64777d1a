// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirements_file.h"

#include "input.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = fuzz::text(data, size);
    const auto read = [&](const QString &path) -> Result<QString> {
        return path == u"r.txt" ? text : QStringLiteral("a<2");
    };
    const auto file = requirements::RequirementsFile::read(
        QStringLiteral("r.txt"), read, {{QStringLiteral("HOME"), QStringLiteral("s3cret/home")}});
    fuzz::require(file || file.error().place().has_value(), "an error has a place");
    fuzz::require(file || text.contains(u"s3cret") || !file.error().forLog().contains(u"s3cret"),
        "values of variables stay secret");
    return 0;
}
