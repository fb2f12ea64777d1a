// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QVarLengthArray>

namespace sconce {

/// A list that keeps its first `Count` items inside itself. A QVarLengthArray, except that Qt 6.8's move
/// assignment forgets to free what the target had on the heap.
template <class T, qsizetype Count>
class InlineList : public QVarLengthArray<T, Count> {
    using Base = QVarLengthArray<T, Count>;

public:
    using Base::Base;
    InlineList() = default;
    InlineList(const InlineList &) = default;
    InlineList(InlineList &&) = default;
    ~InlineList() = default;
    InlineList &operator=(const InlineList &) = default;
    InlineList &operator=(InlineList &&other) noexcept
    {
        this->clear();
        this->squeeze();
        Base::operator=(std::move(other));
        return *this;
    }
};

} // namespace sconce
