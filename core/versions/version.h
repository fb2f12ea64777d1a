// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <QSharedData>
#include <QString>

#include "base/inline_list.h"
#include "base/result.h"

namespace sconce::versions {

struct Cut;

/// https://packaging.python.org/en/latest/specifications/version-specifiers/
///
/// Most versions are two words that compare as numbers; a shared part is added for a local label and for the
/// few versions with an epoch, many release numbers or very large numbers. Cheap to copy, safe to share.
class Version {
public:
    struct PreRelease {
        enum class Kind : quint8 { Alpha, Beta, Candidate };
        Kind kind;
        quint64 number;
        auto operator<=>(const PreRelease &) const = default;
    };
    /// A part of a local label: a number, or lower-case text (which sorts below every number).
    struct LocalPart {
        std::optional<quint64> number;
        QString text;
        bool operator==(const LocalPart &) const = default;
    };
    /// At least one number.
    using Release = InlineList<quint64, 4>;
    /// A version taken apart. Numbers are below 2^63.
    struct Parts {
        quint64 epoch = 0;
        Release release{0};
        std::optional<PreRelease> pre{};
        std::optional<quint64> post{};
        std::optional<quint64> dev{};
        std::vector<LocalPart> local{};
    };
    /// Version "0".
    Version() = default;
    /// BadInput with a Place whose column counts in `text`. White space around is allowed, as is every
    /// spelling that the specification normalises ("v1.0-Alpha.1" is 1.0a1).
    static Result<Version> parse(QStringView text);
    /// For code that knows its version, not for input.
    static Version of(std::initializer_list<quint64> release);
    static Version from(Parts parts);
    Parts parts() const;

    quint64 epoch() const { return isPacked() ? 0 : m_rest->parts.epoch; }
    /// The numbers as written, trailing zeros included.
    Release release() const;
    std::optional<PreRelease> pre() const;
    std::optional<quint64> post() const;
    std::optional<quint64> dev() const;
    const std::vector<LocalPart> &local() const;

    /// A pre-release or a development release.
    bool isPreRelease() const;
    bool hasLocal() const { return m_rest && !m_rest->parts.local.empty(); }
    Version withoutLocal() const;
    /// The release segment alone: no epoch, pre, post, dev, local.
    Version releaseOnly() const;

    /// Normal form; trailing zeros of the release stay as written.
    QString text() const;

    /// PEP 440 order. Trailing zeros do not count: 1.0 and 1.0.0 are the same version.
    friend std::strong_ordering operator<=>(const Version &left, const Version &right)
    {
        if (left.isPacked() && right.isPacked()) {
            if (const auto order = left.m_packed.order(right.m_packed);
                order != 0 || (!left.m_rest && !right.m_rest))
                return order;
        }
        return compareSlowly(left, right);
    }
    friend bool operator==(const Version &left, const Version &right) { return (left <=> right) == 0; }
    /// The order of local labels alone; no label sorts first.
    static std::strong_ordering compareLocals(
        std::span<const LocalPart> left, std::span<const LocalPart> right);
    std::size_t hash() const;

private:
    friend std::strong_ordering operator<=>(const Cut &left, const Cut &right);

    /// Everything but the local label as two numbers in PEP 440 order. From the top, `release`: four numbers
    /// of 16 bits. `suffix`: 3 bits kind of pre-release (0: none, but dev; 1–3: a, b, rc; 4: none), 16 its
    /// number, 14 post + 1, 28 dev (all ones: none), and last, outside of the order, 3 bits count of release
    /// numbers (0: does not fit).
    struct Packed {
        quint64 release = 0;
        quint64 suffix = 0;
        std::strong_ordering order(Packed other) const
        {
            if (release != other.release)
                return release <=> other.release;
            return (suffix >> 3) <=> (other.suffix >> 3);
        }
        static std::optional<Packed> of(const Parts &parts);
        static std::optional<Packed> ofPlain(QStringView text);
    };
    struct Rest : QSharedData {
        explicit Rest(Parts all)
            : parts(std::move(all))
        {}
        Parts parts;
    };

    static constexpr quint64 NoDev = (quint64(1) << 28) - 1;
    static constexpr quint64 AnyPost = (quint64(1) << 14) - 1;
    static constexpr Packed Zero{0, quint64(4) << 61 | NoDev << 3 | 1};

    static std::strong_ordering compareSlowly(const Version &left, const Version &right);
    bool isPacked() const { return (m_packed.suffix & 7) != 0; }

    Packed m_packed = Zero;
    QExplicitlySharedDataPointer<const Rest> m_rest;
};

} // namespace sconce::versions

template <>
struct std::hash<sconce::versions::Version> {
    std::size_t operator()(const sconce::versions::Version &version) const noexcept { return version.hash(); }
};
