// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "lock/lock.h"
#include "resolve/universal.h"
#include "resolve/wheel_markers.h"

namespace sconce::resolve {

/// Chooses the files that belong into a lock (lock-format.md § 8, § 14).
class LockFiles {
public:
    explicit LockFiles(const UniversalRequest &request);
    /// And the index, as the source of the package. `known`: where the package is needed at most, as far as
    /// that can be told by computer and Python.
    void add(lock::Package &package, const Distribution &distribution, const markers::Marker &known);
    /// The archive that lies at a place, if it is one.
    static void add(lock::Package &package, const UniversalRequest::Place &place);

private:
    const metadata::IndexLocation &indexOf(const Distribution &distribution);
    lock::Source sourceOf(const metadata::IndexLocation &index) const;

    const UniversalRequest &m_request;
    /// Where the lock is for at all.
    markers::Marker m_environments;
    WheelMarkers m_wheels;
    /// By where the package is needed: whether a wheel with such tags belongs into the lock.
    std::unordered_map<markers::Marker, std::unordered_map<tags::WheelTags, bool>> m_needed;
    std::map<QString, metadata::IndexLocation> m_indexes;
};

/// "2026-10-31T15:10:16.5Z": milliseconds at most, without zeros at the end.
QString timeStamp(const QDateTime &time);

} // namespace sconce::resolve
