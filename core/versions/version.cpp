// SPDX-License-Identifier: Apache-2.0
#include "versions/version.h"

#include <algorithm>

#include "versions/version_key.h"

namespace sconce::versions {

namespace {

Version::Release withoutTrailingZeros(Version::Release release)
{
    while (release.size() > 1 && release.last() == 0)
        release.removeLast();
    return release;
}

quint64 preKind(const Version::Parts &parts)
{
    if (parts.pre)
        return quint64(parts.pre->kind) + 1;
    return parts.dev && !parts.post ? 0 : 4;
}

std::strong_ordering compareLocalParts(const Version::LocalPart &left, const Version::LocalPart &right)
{
    if (left.number || right.number)
        return left.number <=> right.number; // text has no number, and nothing sorts first
    return left.text.compare(right.text) <=> 0;
}

} // namespace

Key Key::of(const Version::Parts &parts)
{
    return {.epoch = parts.epoch,
        .release = withoutTrailingZeros(parts.release),
        .preKind = versions::preKind(parts),
        .preNumber = parts.pre ? parts.pre->number : 0,
        .post = parts.post ? *parts.post + 1 : 0,
        .dev = parts.dev.value_or(None),
        .local = parts.local};
}

std::strong_ordering operator<=>(const Key &left, const Key &right)
{
    if (const auto order = left.epoch <=> right.epoch; order != 0)
        return order;
    const auto releases = std::lexicographical_compare_three_way(
        left.release.begin(), left.release.end(), right.release.begin(), right.release.end());
    if (releases != 0)
        return releases;
    const auto suffix = [](const Key &key) {
        return std::tie(key.preKind, key.preNumber, key.post, key.dev, key.isAboveLocals);
    };
    if (const auto order = suffix(left) <=> suffix(right); order != 0)
        return order;
    return Version::compareLocals(left.local, right.local);
}

std::optional<Version::Packed> Version::Packed::of(const Parts &parts)
{
    const auto fits = [](quint64 number, int bits) { return number < (quint64(1) << bits); };
    const quint64 preNumber = parts.pre ? parts.pre->number : 0;
    const quint64 post = parts.post ? *parts.post + 1 : 0;
    if (parts.epoch != 0 || parts.release.size() > 4 || !fits(preNumber, 16) || post >= AnyPost
        || (parts.dev && *parts.dev >= NoDev))
        return std::nullopt;
    Packed packed;
    for (qsizetype i = 0; i < 4; ++i) {
        const quint64 number = parts.release.value(i);
        if (!fits(number, 16))
            return std::nullopt;
        packed.release = packed.release << 16 | number;
    }
    packed.suffix = versions::preKind(parts) << 61 | preNumber << 45 | post << 31
        | parts.dev.value_or(NoDev) << 3 | quint64(parts.release.size());
    return packed;
}

Version Version::from(Parts parts)
{
    Version version;
    const std::optional<Packed> packed = Packed::of(parts);
    version.m_packed = packed.value_or(Packed());
    if (!packed || !parts.local.empty())
        version.m_rest = new Rest(std::move(parts));
    return version;
}

Version Version::of(std::initializer_list<quint64> release)
{
    return from({.release = release});
}

Version::Parts Version::parts() const
{
    if (m_rest)
        return m_rest->parts;
    return {.release = release(), .pre = pre(), .post = post(), .dev = dev()};
}

Version::Release Version::release() const
{
    if (!isPacked())
        return m_rest->parts.release;
    Release release;
    for (quint64 i = 0; i < (m_packed.suffix & 7); ++i)
        release.append(m_packed.release >> (48 - 16 * i) & 0xffff);
    return release;
}

std::optional<Version::PreRelease> Version::pre() const
{
    if (!isPacked())
        return m_rest->parts.pre;
    const quint64 kind = m_packed.suffix >> 61;
    if (kind == 0 || kind == 4)
        return std::nullopt;
    return PreRelease{PreRelease::Kind(kind - 1), m_packed.suffix >> 45 & 0xffff};
}

std::optional<quint64> Version::post() const
{
    if (!isPacked())
        return m_rest->parts.post;
    const quint64 post = m_packed.suffix >> 31 & AnyPost;
    return post == 0 ? std::nullopt : std::optional(post - 1);
}

std::optional<quint64> Version::dev() const
{
    if (!isPacked())
        return m_rest->parts.dev;
    const quint64 dev = m_packed.suffix >> 3 & NoDev;
    return dev == NoDev ? std::nullopt : std::optional(dev);
}

const std::vector<Version::LocalPart> &Version::local() const
{
    static const std::vector<LocalPart> none;
    return m_rest ? m_rest->parts.local : none;
}

bool Version::isPreRelease() const
{
    return pre().has_value() || dev().has_value();
}

Version Version::withoutLocal() const
{
    if (!hasLocal())
        return *this;
    Version version;
    version.m_packed = m_packed;
    if (!isPacked()) {
        Parts parts = m_rest->parts;
        parts.local.clear();
        version.m_rest = new Rest(std::move(parts));
    }
    return version;
}

Version Version::releaseOnly() const
{
    return from({.release = release()});
}

QString Version::text() const
{
    static constexpr std::array<QLatin1StringView, 3> Letters{
        QLatin1StringView("a"), QLatin1StringView("b"), QLatin1StringView("rc")};
    QString text;
    if (epoch() != 0)
        text += QString::number(epoch()) + u'!';
    bool isFirst = true;
    for (const quint64 number : release()) {
        if (!std::exchange(isFirst, false))
            text += u'.';
        text += QString::number(number);
    }
    if (const auto pre = this->pre())
        text += Letters[std::size_t(pre->kind)] + QString::number(pre->number);
    if (const auto post = this->post())
        text += QLatin1StringView(".post") + QString::number(*post);
    if (const auto dev = this->dev())
        text += QLatin1StringView(".dev") + QString::number(*dev);
    QChar separator = u'+';
    for (const LocalPart &part : local()) {
        text += std::exchange(separator, u'.');
        text += part.number ? QString::number(*part.number) : part.text;
    }
    return text;
}

std::strong_ordering Version::compareLocals(std::span<const LocalPart> left, std::span<const LocalPart> right)
{
    return std::lexicographical_compare_three_way(
        left.begin(), left.end(), right.begin(), right.end(), compareLocalParts);
}

std::strong_ordering Version::compareSlowly(const Version &left, const Version &right)
{
    if (left.isPacked() && right.isPacked())
        return compareLocals(left.local(), right.local());
    return Key::of(left.parts()) <=> Key::of(right.parts());
}

std::size_t Version::hash() const
{
    Packed packed = m_packed;
    if (!isPacked()) {
        // 1.0.0.0.0 does not fit, but equals 1.0, which does: equal versions need equal hashes.
        Parts parts = m_rest->parts;
        parts.release = withoutTrailingZeros(std::move(parts.release));
        const std::optional<Packed> trimmed = Packed::of(parts);
        if (!trimmed)
            return qHashMulti(0, parts.epoch, qHashRange(parts.release.begin(), parts.release.end()),
                parts.post.value_or(0), parts.dev.value_or(0));
        packed = *trimmed;
    }
    std::size_t hash = qHashMulti(0, packed.release, packed.suffix >> 3);
    for (const LocalPart &part : local())
        hash = qHashMulti(hash, part.number.value_or(0), part.text);
    return hash;
}

} // namespace sconce::versions
