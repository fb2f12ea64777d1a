// SPDX-License-Identifier: Apache-2.0
#include "index/index_client.h"

#include <condition_variable>
#include <optional>
#include <set>
#include <unordered_set>

#include <QDir>

#include "index/page_source.h"
#include "index/wheel_metadata.h"
#include "work/background.h"
#include "work/let_go.h"
#include "work/once_map.h"

namespace sconce::index {

namespace {

QString pageKey(const metadata::IndexLocation &index, const names::PackageName &package)
{
    QString key = package.text() + u' ' + index.url.toString(QUrl::FullyEncoded);
    // Who ignores other codes may get another answer.
    if (index.ignoreErrorCodes) {
        key += u' ';
        for (const int code : *index.ignoreErrorCodes)
            key += QString::number(code) + u',';
    }
    return key;
}

QString fileKey(const metadata::IndexFile &file)
{
    return file.address;
}

} // namespace

struct IndexClient::State {
    State(net::Fetcher &fetcherToUse, const Settings &settings)
        : fetcher(fetcherToUse)
        , pageSource(fetcher, settings.cacheFolder, settings.refresh)
        , wheels(fetcher, settings.cacheFolder, settings.refresh)
        , background(std::in_place, settings.atOnce)
    {}

    /// After that nothing here is used any more.
    void end()
    {
        stop.request_stop();
        background.reset();
    }
    /// Whether nobody expected it before; then expect() has to follow.
    bool isNew(const QString &key)
    {
        const std::lock_guard guard(lock);
        const bool isNew = expected.insert(key).second;
        underWay += isNew ? 1 : 0;
        return isNew;
    }
    /// Runs `work` in the background under a context that ends with the caller's, and with this.
    template <class Work>
    void expect(const JobContext &context, Work work)
    {
        background->add([this, context, work = std::move(work)] {
            std::stop_source either;
            const std::stop_callback first(context.stopToken(), [&either] { either.request_stop(); });
            const std::stop_callback second(stop.get_token(), [&either] { either.request_stop(); });
            work(JobContext(either.get_token(), progress));
            const std::lock_guard guard(lock);
            --underWay;
            hasNews = true;
            news.notify_all();
        });
    }

    net::Fetcher &fetcher;
    std::stop_source stop;
    // What is fetched ahead is nobody's progress.
    std::shared_ptr<Progress> progress = std::make_shared<Progress>();
    PageSource pageSource;
    WheelMetadata wheels;
    OnceMap<QString, metadata::PageAnswer> pages;
    OnceMap<QString, std::shared_ptr<const metadata::CoreMetadata>> metadatas;
    OnceMap<QString, std::optional<qint64>> sizes;
    std::mutex lock;
    std::set<QString> learnt;
    std::unordered_set<QString> expected;
    std::size_t underWay = 0;
    bool hasNews = false;
    std::condition_variable_any news;
    std::optional<Background> background;
};

IndexClient::IndexClient(net::Fetcher &fetcher, Settings settings)
    : m_state(std::make_unique<State>(fetcher, settings))
{}

IndexClient::~IndexClient()
{
    m_state->end();
    // Giving back all that was read takes longer than writing a lock, and nobody has to wait for it.
    letGo(std::move(m_state));
}

Result<metadata::PageAnswer> IndexClient::page(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    {
        const std::lock_guard guard(m_state->lock);
        if (m_state->learnt.insert(index.name + u' ' + index.url.toString()).second)
            m_state->fetcher.learnIndex(index.name, index.url);
    }
    return *m_state->pages.get(
        pageKey(index, package), [&] { return m_state->pageSource.page(index, package, context); }, context);
}

std::optional<metadata::PageAnswer> IndexClient::pageAtHand(
    const metadata::IndexLocation &index, const names::PackageName &package) const
{
    const auto answer = m_state->pages.peek(pageKey(index, package));
    return answer && *answer ? std::optional(**answer) : std::nullopt;
}

Result<std::shared_ptr<const metadata::CoreMetadata>> IndexClient::metadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    return *m_state->metadatas.get(
        fileKey(file), [&] { return m_state->wheels.read(file, context); }, context);
}

void IndexClient::expectPage(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    if (m_state->isNew(pageKey(index, package)))
        m_state->expect(context, [this, index, package](const JobContext &own) {
            const auto answer = page(index, package, own);
            if (answer && answer->page)
                answer->page->readAhead();
        });
}

void IndexClient::expectMetadata(const metadata::IndexFile &file, const JobContext &context)
{
    // A source archive would have to come whole.
    if (file.wheel && m_state->isNew(fileKey(file)))
        m_state->expect(context, [this, file](const JobContext &own) { std::ignore = metadata(file, own); });
}

bool IndexClient::isUnderWay(const metadata::IndexFile &file) const
{
    const QString key = fileKey(file);
    {
        const std::lock_guard guard(m_state->lock);
        if (!m_state->expected.contains(key))
            return false;
    }
    return !m_state->metadatas.peek(key);
}

bool IndexClient::awaitNews(const JobContext &context)
{
    std::unique_lock guard(m_state->lock);
    if (m_state->underWay == 0 && !m_state->hasNews)
        return false;
    const bool hasCome = m_state->news.wait(guard, context.stopToken(), [this] { return m_state->hasNews; });
    m_state->hasNews = false;
    return hasCome;
}

std::optional<qint64> IndexClient::sizeOf(const metadata::IndexFile &file, const JobContext &context)
{
    if (file.size)
        return file.size;
    const auto answer =
        m_state->sizes.get(fileKey(file), [&] { return m_state->wheels.size(file, context); }, context);
    return *answer ? **answer : std::nullopt;
}

} // namespace sconce::index
