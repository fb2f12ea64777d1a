// SPDX-License-Identifier: Apache-2.0
#include "markers/marker.h"

#include "input.h"

using namespace sconce;
using markers::Marker;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = fuzz::text(data, size);
    markers::forgetSpellings();
    const auto marker = Marker::parse(text);
    if (!marker) {
        fuzz::require(marker.error().place().has_value(), "an error has a place");
        return 0;
    }
    const Marker opposite = !*marker;
    fuzz::require((!opposite) == *marker, "twice the opposite is the marker");
    fuzz::require((*marker & opposite).isNever() && (*marker | opposite).isAlways(), "one of the two holds");
    const QString written = marker->text();
    fuzz::require(written.isEmpty() == marker->isAlways(), "only what is always true has no text");
    if (marker->isAlways())
        return 0;
    const auto again = Marker::parse(written);
    fuzz::require(again && *again == *marker, "the text has the same meaning");
    fuzz::require(again->text() == written, "the text is written the same again");
    return 0;
}
