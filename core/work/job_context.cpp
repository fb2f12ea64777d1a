// SPDX-License-Identifier: Apache-2.0
#include "work/job_context.h"

namespace sconce {

void Progress::setLabel(QString label)
{
    const std::lock_guard guard(m_lock);
    if (m_label == label)
        return;
    m_log.append(label);
    m_label = std::move(label);
}

void Progress::setStage(int stage, int stages, QString label)
{
    setDone(0);
    setTotal(0);
    setLabel(std::move(label));
    const std::lock_guard guard(m_lock);
    m_stage = stage;
    m_stages = stages;
}

Progress::Reading Progress::read() const
{
    const std::lock_guard guard(m_lock);
    return {m_done.load(std::memory_order_relaxed), m_total.load(std::memory_order_relaxed), m_label, m_stage,
        m_stages};
}

std::size_t Progress::addItem(QString name, qint64 total)
{
    const std::lock_guard guard(m_lock);
    m_items.push_back({std::move(name), 0, total, Item::State::Waiting});
    return m_items.size() - 1;
}

void Progress::updateItem(std::size_t row, qint64 done, Item::State state)
{
    const std::lock_guard guard(m_lock);
    m_items.at(row).done = done;
    m_items.at(row).state = state;
}

std::vector<Progress::Item> Progress::items() const
{
    const std::lock_guard guard(m_lock);
    return m_items;
}

void Progress::log(QString line)
{
    const std::lock_guard guard(m_lock);
    m_log.append(std::move(line));
}

QStringList Progress::logFrom(qsizetype first) const
{
    const std::lock_guard guard(m_lock);
    return m_log.mid(first);
}

Result<> JobContext::goOn() const
{
    if (m_stop.stop_requested())
        return std::unexpected(Error::stopped());
    return {};
}

} // namespace sconce
