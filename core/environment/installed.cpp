// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "environment/virtual_environment.h"
#include "files/files.h"

namespace sconce::environment {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MostSmallFile = 1 << 20;
constexpr qint64 MostMetadata = 64 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("environment", text);
}

Result<Installed> installedAt(const QString &distInfo)
{
    const QString folder = QFileInfo(distInfo).fileName().chopped(u".dist-info"_s.size());
    const qsizetype dash = folder.lastIndexOf(u'-');
    if (dash < 0)
        return std::unexpected(Error(ErrorKind::BadInput, tr("“%1” names no version").arg(distInfo)));
    const auto name = SCONCE_TRY(names::PackageName::parse(QStringView(folder).first(dash)));
    const auto version = SCONCE_TRY(versions::Version::parse(QStringView(folder).sliced(dash + 1)));
    Installed installed{
        .name = name, .version = version, .distInfo = distInfo, .directUrl = std::nullopt, .installer = {}};
    if (const Result<QByteArray> text = files::read(distInfo + u"/INSTALLER"_s, MostSmallFile))
        installed.installer = QString::fromUtf8(*text).trimmed();
    if (const Result<QByteArray> text = files::read(distInfo + u"/direct_url.json"_s, MostSmallFile))
        installed.directUrl = SCONCE_TRY(metadata::DirectUrl::parse(*text));
    for (const QString &file : {u"METADATA"_s, u"RECORD"_s}) {
        if (!files::exists(distInfo + u'/' + file))
            installed.missingFile = file;
    }
    return installed;
}

} // namespace

bool isEnvironment(const QString &folder)
{
    return QFileInfo::exists(folder + u"/pyvenv.cfg"_s);
}

Result<QHash<QString, QString>> readConfig(const QString &folder)
{
    const Result<QString> text = files::readText(folder + u"/pyvenv.cfg"_s, MostSmallFile);
    if (!text && text.error().kind() == ErrorKind::NotFound)
        return std::unexpected(Error(
            ErrorKind::NotFound, tr("“%1” is no virtual environment: it has no pyvenv.cfg").arg(folder)));
    if (!text)
        return std::unexpected(text.error());
    QHash<QString, QString> values;
    for (const QStringView line : QStringView(*text).split(u'\n')) {
        if (const qsizetype sign = line.indexOf(u'='); sign >= 0)
            values.insert(
                line.first(sign).trimmed().toString().toLower(), line.sliced(sign + 1).trimmed().toString());
    }
    return values;
}

Result<std::vector<Installed>> installedIn(const python::Interpreter &interpreter, const JobContext &context)
{
    const QDir prefix(interpreter.prefix);
    QStringList folders{prefix.filePath(interpreter.purelib), prefix.filePath(interpreter.platlib)};
    folders.removeDuplicates();
    std::vector<Installed> all;
    for (const QString &folder : folders) {
        for (const QString &name : QDir(folder).entryList({u"*.dist-info"_s}, QDir::Dirs | QDir::Hidden)) {
            SCONCE_TRY(context.goOn());
            Result<Installed> installed = installedAt(QDir(folder).filePath(name));
            if (installed)
                all.push_back(std::move(*installed));
            else
                context.progress().log(
                    tr("Left out, because it is damaged: %1").arg(installed.error().summary()));
        }
    }
    std::ranges::stable_sort(all, {}, [](const Installed &one) { return std::pair(one.name, one.version); });
    return all;
}

Result<metadata::CoreMetadata> metadataOf(const Installed &installed)
{
    const QString path = installed.distInfo + u"/METADATA"_s;
    const QByteArray text = SCONCE_TRY(files::read(path, MostMetadata));
    Result<metadata::CoreMetadata> parsed = metadata::CoreMetadata::parse(text);
    if (!parsed)
        return std::unexpected(std::move(parsed).error().during(tr("while reading “%1”").arg(path)));
    return parsed;
}

} // namespace sconce::environment
