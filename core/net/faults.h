// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QNetworkReply>
#include <QSslError>

#include "net/exchange.h"

namespace sconce::net {

/// How far a request had come.
enum class Step { Queued, Connecting, Waiting, Receiving };

/// What is known of a request that failed below HTTP.
struct Failure {
    QUrl url;
    /// The proxy it went through, "host:port"; empty for none.
    QString proxy;
    Step step = Step::Queued;
    QNetworkReply::NetworkError code = QNetworkReply::NoError;
    QString systemText;
    QList<QSslError> certificateFaults;
    /// Seconds of silence that ended it; 0 when it was something else.
    int silentSeconds = 0;
    bool wasSlow = false;
};

/// The sentence for a person, and whether another try makes sense.
Fault faultOf(const Failure &failure);

} // namespace sconce::net
