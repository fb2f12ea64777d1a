// SPDX-License-Identifier: Apache-2.0
#include "interruption.h"

#include <csignal>
#include <thread>

#include <unistd.h>

namespace sconce::app {

std::stop_token stopOnInterruption()
{
    sigset_t signalSet;
    ::sigemptyset(&signalSet);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaddset(&signalSet, signal);
    ::pthread_sigmask(SIG_BLOCK, &signalSet, nullptr);
    std::stop_source source;
    const std::stop_token token = source.get_token();
    // Waits in a thread: the stop may run callbacks, which a signal handler must not. It ends with the
    // program.
    std::thread([signalSet, source = std::move(source)]() mutable {
        int signal = 0;
        ::sigwait(&signalSet, &signal);
        source.request_stop();
        ::sigwait(&signalSet, &signal);
        ::_exit(130);
    }).detach();
    return token;
}

} // namespace sconce::app
