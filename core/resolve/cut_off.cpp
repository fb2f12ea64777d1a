// SPDX-License-Identifier: Apache-2.0
#include "resolve/cut_off.h"

#include <array>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTimeZone>

namespace sconce::resolve {

using namespace Qt::StringLiterals;

namespace {

struct Unit {
    /// Of ISO 8601.
    char16_t letter;
    bool isTime;
    qint64 seconds;
    QLatin1StringView names;
};
constexpr std::array Units{
    Unit{u'W', false, 7LL * 24 * 3600, "w|wk|wks|week|weeks"_L1},
    Unit{u'D', false, 24LL * 3600, "d|day|days"_L1},
    Unit{u'H', true, 3600, "h|hr|hrs|hour|hours"_L1},
    Unit{u'M', true, 60, "m|min|mins|minute|minutes"_L1},
    Unit{u'S', true, 1, "s|sec|secs|second|seconds"_L1},
};

struct Span {
    QString text = u"P"_s;
    qint64 seconds = 0;

    void add(const QString &count, const Unit &unit)
    {
        if (unit.isTime && !text.contains(u'T'))
            text += u'T';
        text += QString::number(count.toLongLong()) + QChar(unit.letter);
        seconds += count.toLongLong() * unit.seconds;
    }
};

QString captureOf(const Unit &unit)
{
    return u"unit%1"_s.arg(QChar(unit.letter));
}

/// One part per unit, the largest first; `open` and `close` stand around the units' time part.
const QRegularExpression &isoSpan()
{
    static const QRegularExpression expression(
        u"^P(?:(?<unitW>\\d{1,6})W)?(?:(?<unitD>\\d{1,6})D)?"
        "(?:T(?=\\d)(?:(?<unitH>\\d{1,6})H)?(?:(?<unitM>\\d{1,6})M)?(?:(?<unitS>\\d{1,6})S)?)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &wordySpan()
{
    static const QRegularExpression expression = [] {
        QString pattern = u"^"_s;
        for (const Unit &unit : Units)
            pattern += u"(?:(?<%1>\\d{1,6})\\s*(?:%2)(?![a-z])[\\s,]*)?"_s.arg(captureOf(unit), unit.names);
        return QRegularExpression(pattern + u"(?:ago)?$"_s, QRegularExpression::CaseInsensitiveOption);
    }();
    return expression;
}

std::optional<Span> spanOf(const QString &text)
{
    for (const QRegularExpression *expression : {&isoSpan(), &wordySpan()}) {
        const QRegularExpressionMatch match = expression->match(text);
        if (!match.hasMatch())
            continue;
        Span span;
        for (const Unit &unit : Units) {
            if (const QString count = match.captured(captureOf(unit)); !count.isEmpty())
                span.add(count, unit);
        }
        if (span.text.size() > 1)
            return span;
    }
    return {};
}

QString secondsText(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s);
}

std::optional<CutOff> timeOf(const QString &text)
{
    // The whole day counts, so the cut is where the next one begins.
    if (const QDate date = QDate::fromString(text, Qt::ISODate); date.isValid() && text.size() == 10) {
        const QDateTime time = date.addDays(1).startOfDay().toUTC();
        return CutOff{time, {secondsText(time) + u'Z', {}}};
    }
    static const QRegularExpression expression(
        u"^(\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,9}))?(Z|z|[+-]\\d\\d:?\\d\\d)$"_s);
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.hasMatch())
        return {};
    // Locks keep more of the fraction than a QDateTime holds.
    QString fraction = match.captured(2);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    const QString second = match.captured(1).replace(10, 1, u"T"_s) + match.captured(3).toUpper();
    QDateTime time = QDateTime::fromString(second, Qt::ISODate).toUTC();
    if (!time.isValid())
        return {};
    const QString written = secondsText(time) + (fraction.isEmpty() ? QString() : u'.' + fraction) + u'Z';
    time = time.addMSecs(fraction.leftJustified(3, u'0').first(3).toLongLong());
    return CutOff{time, {written, {}}};
}

} // namespace

Result<CutOff> CutOff::parse(const QString &text, const QDateTime &now)
{
    if (const auto cutOff = timeOf(text))
        return *cutOff;
    if (const auto span = spanOf(text))
        return CutOff{now.addSecs(-span->seconds), {{}, span->text}};
    return std::unexpected(Error(ErrorKind::BadInput,
        QCoreApplication::translate("resolve", "“%1” is neither a date nor a span of time").arg(text))
            .hint(QCoreApplication::translate("resolve", "Write it like 2026-01-31 or 7 days")));
}

QUrl CutOffs::keyOf(const QUrl &index)
{
    return index.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveUserInfo);
}

std::optional<QDateTime> CutOffs::of(
    const names::PackageName &package, const metadata::IndexLocation &index) const
{
    const std::optional<CutOff> *cutOff = &everywhere;
    if (!indexes.empty()) {
        if (const auto own = indexes.find(keyOf(index.url)); own != indexes.end())
            cutOff = &own->second;
    }
    if (const auto own = packages.find(package); own != packages.end())
        cutOff = &own->second;
    return *cutOff ? std::optional((*cutOff)->time) : std::nullopt;
}

} // namespace sconce::resolve
