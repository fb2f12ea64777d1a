// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <expected>
#include <mutex>

#include "net/fetcher.h"

namespace sconce::net {

/// What went wrong on the wire.
struct Fault {
    Error error;
    /// Another try makes sense.
    bool mayPass = false;
};

template <class T>
using Outcome = std::expected<T, Fault>;

/// Status line and headers.
struct Head {
    int status = 0;
    Headers headers;
    bool isHttp2 = false;
};

/// One answer, handed piece by piece from the network thread to the worker that waits for it. At most
/// Capacity bytes lie in between: a slow taker slows the sender down instead of filling the memory.
class Exchange {
public:
    static constexpr qsizetype Capacity = 1 << 20;

    // The worker's side. A stop wakes the wait.
    Outcome<Head> head(const JobContext &context);
    /// The next piece of the body; empty at its end. `wasFull`: the network thread waits for room, wake it.
    Outcome<QByteArray> next(const JobContext &context, bool &wasFull);

    // The network thread's side.
    void setHead(Head head);
    /// How many bytes may be added now. At 0 the worker will say when there is room again.
    qsizetype room();
    void add(const QByteArray &piece);
    void finish(std::optional<Fault> fault);

private:
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    std::optional<Head> m_head;
    QByteArray m_piece;
    std::optional<Fault> m_fault;
    bool m_isOver = false;
    bool m_isFull = false;
};

} // namespace sconce::net
