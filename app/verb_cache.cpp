// SPDX-License-Identifier: Apache-2.0
#include "actions/cache.h"
#include "base/text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

Result<Exit> runCache(const Invocation &invocation)
{
    const QString what = invocation.arguments.positional().value(0);
    if (what == u"dir") {
        invocation.console.print(invocation.tools.cacheFolder);
        return Exit::Done;
    }
    if (what == u"size") {
        const qint64 bytes = SCONCE_TRY(actions::cacheSize(invocation.tools, invocation.context));
        invocation.console.print(sizeText(bytes));
        return Exit::Done;
    }
    if (what == u"clean") {
        const qint64 bytes = SCONCE_TRY(actions::cleanCache(invocation.tools, invocation.context));
        invocation.console.say(
            Words::tr("Removed %1 from %2").arg(sizeText(bytes), invocation.tools.cacheFolder));
        return Exit::Done;
    }
    return std::unexpected(
        Error(ErrorKind::BadInput, Words::tr("“sconce cache” needs one of dir, size and clean")));
}

} // namespace

Verb cacheVerb()
{
    return {u"cache"_s, u"dir|size|clean"_s,
        Words::tr("where downloads are kept, how much they are, and emptying it"), {}, runCache};
}

} // namespace sconce::app
