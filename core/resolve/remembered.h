// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "markers/marker.h"

namespace sconce::resolve {

/// A function of markers that computes each answer once: the edges of a resolution share a few markers.
template <class Function>
class Remembered {
public:
    explicit Remembered(Function function)
        : m_function(std::move(function))
    {}
    /// The answer stays where it is until the next question.
    const markers::Marker &operator()(const markers::Marker &marker)
    {
        const auto [place, isNew] = m_answers.try_emplace(marker);
        if (isNew)
            place->second = m_function(marker);
        return place->second;
    }

private:
    Function m_function;
    std::unordered_map<markers::Marker, markers::Marker> m_answers;
};

} // namespace sconce::resolve
