// SPDX-License-Identifier: Apache-2.0
#include "net/exchange.h"

#include <algorithm>

#include "work/background.h"

namespace sconce::net {

namespace {

std::unexpected<Fault> stopped()
{
    return std::unexpected(Fault{Error::stopped()});
}

} // namespace

Outcome<Head> Exchange::head(const JobContext &context)
{
    const Background::Waiting waiting;
    std::unique_lock guard(m_lock);
    if (!m_changed.wait(guard, context.stopToken(), [this] { return m_head || m_isOver; }))
        return stopped();
    if (m_head)
        return *m_head;
    return std::unexpected(*m_fault);
}

Outcome<QByteArray> Exchange::next(const JobContext &context, bool &wasFull)
{
    const Background::Waiting waiting;
    std::unique_lock guard(m_lock);
    if (!m_changed.wait(guard, context.stopToken(), [this] { return !m_piece.isEmpty() || m_isOver; }))
        return stopped();
    wasFull = std::exchange(m_isFull, false);
    // What arrived before a fault is still good: a resumed transfer goes on behind it.
    if (!m_piece.isEmpty() || !m_fault)
        return std::exchange(m_piece, {});
    return std::unexpected(*m_fault);
}

void Exchange::setHead(Head head)
{
    {
        const std::lock_guard guard(m_lock);
        m_head = std::move(head);
    }
    m_changed.notify_all();
}

qsizetype Exchange::room()
{
    const std::lock_guard guard(m_lock);
    m_isFull = m_piece.size() >= Capacity;
    return std::max<qsizetype>(0, Capacity - m_piece.size());
}

void Exchange::add(const QByteArray &piece)
{
    {
        const std::lock_guard guard(m_lock);
        m_piece += piece;
    }
    m_changed.notify_all();
}

void Exchange::finish(std::optional<Fault> fault)
{
    {
        const std::lock_guard guard(m_lock);
        if (m_isOver)
            return;
        m_isOver = true;
        m_fault = std::move(fault);
    }
    m_changed.notify_all();
}

} // namespace sconce::net
