// SPDX-License-Identifier: Apache-2.0
#include "parts/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString code(const QString &text)
{
    if (QGuiApplication::layoutDirection() != Qt::RightToLeft || text.isEmpty())
        return text;
    return QChar(0x2066) + text + QChar(0x2069);
}

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    const bool isBelowHome = path == home || path.startsWith(home + u'/');
    return code(QDir::toNativeSeparators(isBelowHome ? u'~' + path.mid(home.size()) : path));
}

QString percentText(int percent)
{
    //: A share in per cent, as in "45 %"
    return Words::tr("%1 %").arg(QLocale().toString(percent));
}

QString durationText(std::chrono::seconds duration)
{
    using namespace std::chrono;
    if (duration < 10s)
        return Words::tr("a few seconds");
    if (duration < 60s)
        return Words::tr("about %n second(s)", nullptr, int(duration.count() + 5) / 10 * 10);
    if (duration < 60min)
        return Words::tr("about %n minute(s)", nullptr, int(round<minutes>(duration).count()));
    return Words::tr("about %n hour(s)", nullptr, int(round<hours>(duration).count()));
}

QString transferText(qint64 done, qint64 total, std::optional<qint64> bytesPerSecond,
    std::optional<std::chrono::seconds> remaining)
{
    QStringList parts;
    if (total > 0)
        parts << Words::tr("%1 of %2", "bytes of a download").arg(sizeText(done), sizeText(total));
    else if (done > 0)
        parts << sizeText(done);
    if (bytesPerSecond)
        parts << Words::tr("%1/s", "speed of a download").arg(sizeText(*bytesPerSecond));
    if (remaining)
        parts << Words::tr("%1 left", "time").arg(durationText(*remaining));
    return parts.join(u" · "_s);
}

} // namespace sconce::ui
