// SPDX-License-Identifier: Apache-2.0
#include "input.h"
#include "metadata/record.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto points = metadata::parseEntryPoints(fuzz::bytes(data, size))) {
        for (const auto *scripts : {&points->consoleScripts, &points->guiScripts}) {
            for (const auto &script : *scripts) {
                fuzz::require(!script.name.contains(u'/') && !script.name.isEmpty(), "names are file names");
                for (const QChar unit : script.module + script.attribute)
                    fuzz::require(!QStringView(u" ;()\"'\\\n\r#,=").contains(unit), "values are names");
            }
        }
    }
    return 0;
}
