// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <utility>

#include "base/error.h"

namespace sconce {

/// What a fallible operation hands back: the value, or the one Error that stopped it.
/// A class and not an alias, because only a class can be [[nodiscard]]: g++ 14 says nothing when a
/// plain std::expected is dropped.
template <class T = void>
class [[nodiscard]] Result : public std::expected<T, Error> {
public:
    using std::expected<T, Error>::expected;
    Result(std::expected<T, Error> other)
        : std::expected<T, Error>(std::move(other))
    {}
};

} // namespace sconce

/// Unwraps a Result, or leaves the enclosing function with its error.
/// Needs GNU statement expressions (g++ and clang++); not usable inside coroutines.
/// Not behind another value in braces or call arguments: g++ 14 leaks what was already made of them.
#define SCONCE_TRY(expression)                                                                               \
    __extension__({                                                                                          \
        auto sconce_try_result = (expression);                                                               \
        if (!sconce_try_result)                                                                              \
            return std::unexpected(std::move(sconce_try_result).error());                                    \
        std::move(sconce_try_result).value();                                                                \
    })
