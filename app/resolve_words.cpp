// SPDX-License-Identifier: Apache-2.0
#include "resolve_words.h"

#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

std::vector<Option> resolveWords()
{
    return {
        {u"index"_s, {}, u"[NAME=]URL"_s, Words::tr("an index that is looked into first"), {}, true},
        {u"default-index"_s, {}, u"URL"_s, Words::tr("the index in place of the default one"), {}, false},
        {u"index-url"_s, u'i', u"URL"_s, Words::tr("the older name of --default-index"), {}, false},
        {u"extra-index-url"_s, {}, u"URL"_s, Words::tr("the older name of --index"), {}, true},
        {u"no-index"_s, {}, {}, Words::tr("ask no index"), {}, false},
        {u"find-links"_s, u'f', u"PLACE"_s, Words::tr("a folder or page with wheels, beside the indexes"), {},
            true},
        {u"index-strategy"_s, {}, u"WORD"_s,
            Words::tr("first-index, unsafe-first-match or unsafe-best-match"), {}, false},
        {u"resolution"_s, {}, u"WORD"_s, Words::tr("highest, lowest or lowest-direct"), {}, false},
        {u"prerelease"_s, {}, u"WORD"_s, Words::tr("if-necessary, allow, disallow or explicit"), {}, false},
        {u"exclude-newer"_s, {}, u"DATE"_s, Words::tr("only files uploaded before"), {}, false},
        {u"no-build"_s, {}, {}, Words::tr("only wheels count"), {}, false},
        {u"upgrade"_s, u'U', {}, Words::tr("newer versions, also where older ones fit"), {}, false},
        {u"upgrade-package"_s, u'P', u"NAME"_s, Words::tr("newer versions of this package"), {}, true},
        {u"refresh"_s, {}, {}, Words::tr("ask indexes again, also where the cache is fresh"), {}, false},
        {u"refresh-package"_s, {}, u"NAME"_s, Words::tr("ask again for this package"), {}, true},
    };
}

actions::ResolveOptions resolveOptionsOf(const Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    actions::ResolveOptions options = actions::ResolveOptions::fromVariables(invocation.tools.variables);
    const auto take = [&](QString &target, const QString &name) { target = arguments.value(name, target); };
    take(options.index.defaultIndex, u"default-index"_s);
    take(options.index.indexUrl, u"index-url"_s);
    const auto takeAll = [&](QStringList &target, const QString &name) {
        if (arguments.has(name))
            target = arguments.values(name);
    };
    takeAll(options.index.indexes, u"index"_s);
    takeAll(options.index.extraIndexUrls, u"extra-index-url"_s);
    takeAll(options.index.findLinks, u"find-links"_s);
    options.index.noIndex = options.index.noIndex || arguments.has(u"no-index"_s);
    take(options.indexStrategy, u"index-strategy"_s);
    take(options.resolution, u"resolution"_s);
    take(options.prerelease, u"prerelease"_s);
    take(options.excludeNewer, u"exclude-newer"_s);
    take(options.forkStrategy, u"fork-strategy"_s);
    options.noBuild = options.noBuild || arguments.has(u"no-build"_s);
    options.isRefresh = arguments.has(u"refresh"_s);
    options.refreshPackages = arguments.values(u"refresh-package"_s);
    return options;
}

} // namespace sconce::app
