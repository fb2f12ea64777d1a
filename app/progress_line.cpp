// SPDX-License-Identifier: Apache-2.0
#include "progress_line.h"

#include <condition_variable>
#include <cstdio>

#include "base/text.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString lineOf(const Progress::Reading &reading)
{
    QString line = reading.label;
    if (reading.total > 10'000)
        line += u"  "_s + Words::tr("%1 of %2").arg(sizeText(reading.done), sizeText(reading.total));
    else if (reading.total > 0)
        line += u"  "_s + Words::tr("%1 of %2").arg(reading.done).arg(reading.total);
    return line.left(100);
}

void paint(const std::stop_token &stop, const Progress &progress)
{
    using namespace std::chrono_literals;
    std::mutex lock;
    std::condition_variable_any never;
    std::unique_lock guard(lock);
    bool isPainted = false;
    // Waiting first: what is done within a moment shows no line at all.
    while (!never.wait_for(guard, stop, 100ms, [] { return false; }) && !stop.stop_requested()) {
        std::fprintf(stderr, "\r\x1b[K%s", lineOf(progress.read()).toUtf8().constData());
        std::fflush(stderr);
        isPainted = true;
    }
    if (isPainted)
        std::fputs("\r\x1b[K", stderr);
}

} // namespace

ProgressLine::ProgressLine(std::shared_ptr<const Progress> progress)
    : m_painter([progress = std::move(progress)](const std::stop_token &stop) { paint(stop, *progress); })
{}

} // namespace sconce::app
