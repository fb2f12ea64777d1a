// SPDX-License-Identifier: Apache-2.0
// Pages of 400 KB, as a package with some hundred releases has them.
#include "bench/row.h"
#include "index/listing.h"
#include "kit/tiny_index.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

QByteArray page(kit::TinyIndex::Format format, qsizetype size)
{
    // Grown until it is large enough: what a file takes on a page depends on the format.
    for (int count = 200;; count += 200) {
        kit::TinyIndex index(format);
        for (int i = 0; i < count; ++i)
            index.add({.name = u"tensor"_s,
                .version = u"%1.%2.%3"_s.arg(i / 100).arg(i / 10 % 10).arg(i % 10),
                .tag = u"cp312-cp312-manylinux_2_28_x86_64"_s,
                .requiresPython = u">=3.9"_s});
        const QByteArray body = index.documents().at("/simple/tensor/").body;
        if (body.size() >= size)
            return body.size() > 0 ? body : QByteArray();
    }
}

} // namespace

int main()
{
    const auto package = bench::must(names::PackageName::parse(u"tensor"));
    const QUrl url(u"https://index.test/simple/tensor/"_s);
    const QByteArray json = page(kit::TinyIndex::Format::Json, 400'000);
    const QByteArray html = page(kit::TinyIndex::Format::Html, 400'000);
    bench::row("parse a JSON page of 400 KB", 20, [&]() -> Result<> {
        index::pageOf(SCONCE_TRY(index::readJsonListing(json, url)), package);
        return {};
    });
    bench::row("parse an HTML page of 400 KB", 20, [&]() -> Result<> {
        index::pageOf(SCONCE_TRY(index::readHtmlListing(html, url)), package);
        return {};
    });
}
