// SPDX-License-Identifier: Apache-2.0
#include "wheel/audit.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QUrl>

#include "files/files.h"
#include "wheel/listed_files.h"
#include "wheel/unlisted_files.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;
using Kind = Fault::Kind;

namespace {

constexpr qint64 MostRecord = 32LL << 20;
constexpr qint64 MostSmallFile = 1LL << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

class Auditor {
public:
    Auditor(Layout layout, const QStringList &formerPlaces, const JobContext &context)
        : m_layout(std::move(layout))
        , m_files(m_layout, formerPlaces)
        , m_context(context)
    {}

    Result<Audit> run(const python::Interpreter &interpreter)
    {
        m_audit.installed = SCONCE_TRY(environment::installedIn(interpreter, JobContext::unwatched()));
        findNameless();
        for (const environment::Installed &one : m_audit.installed) {
            SCONCE_TRY(m_context.goOn());
            SCONCE_TRY(addDistribution(one));
        }
        m_audit.files = m_files.size();
        SCONCE_TRY(m_files.compare(m_audit.faults, m_context));
        SCONCE_TRY(tellUnlisted(m_layout, m_files, m_claimed, m_audit.faults, m_context));
        settle();
        return std::move(m_audit);
    }

private:
    void tell(Kind kind, const environment::Installed &installed, const QString &distInfo,
        const QString &path, const QString &detail = {})
    {
        m_audit.faults.push_back({kind, installed.name, distInfo, path, detail});
    }

    QString relative(const QString &distInfo) const
    {
        const QFileInfo entry(distInfo);
        return QDir(QFileInfo(m_layout.root).canonicalFilePath())
                   .relativeFilePath(QFileInfo(entry.path()).canonicalFilePath())
            + u'/' + entry.fileName();
    }

    /// Folders that look like distributions and are none.
    void findNameless()
    {
        QSet<QString> named;
        for (const environment::Installed &one : m_audit.installed)
            named.insert(relative(one.distInfo));
        QStringList libraries{m_layout.purelib, m_layout.platlib};
        libraries.removeDuplicates();
        for (const QString &library : libraries) {
            const QDir folder(m_layout.root + u'/' + library);
            for (const QString &name : folder.entryList({u"*.dist-info"_s}, QDir::Dirs | QDir::Hidden)) {
                const QString path = library + u'/' + name;
                if (!named.contains(path))
                    m_audit.faults.push_back({.kind = Kind::Nameless, .distInfo = path, .path = path});
            }
        }
    }

    Result<> addDistribution(const environment::Installed &installed)
    {
        const QString distInfo = relative(installed.distInfo);
        const bool hasRecord = files::exists(installed.distInfo + u"/RECORD"_s);
        const bool hasMetadata = files::exists(installed.distInfo + u"/METADATA"_s);
        if (!hasRecord && !hasMetadata) {
            tell(Kind::Hollow, installed, distInfo, distInfo);
            claimFiles(installed);
            return {};
        }
        checkMetadata(installed, distInfo, hasMetadata);
        if (installed.directUrl && installed.directUrl->isEditable) {
            const QUrl url(installed.directUrl->url);
            if (url.isLocalFile() && !files::exists(url.toLocalFile()))
                tell(Kind::EditableGone, installed, distInfo, distInfo, url.toLocalFile());
        }
        if (!hasRecord) {
            tell(Kind::NoRecord, installed, distInfo, distInfo);
            claimFiles(installed);
            return {};
        }
        return addRecord(installed, distInfo);
    }

    Result<> addRecord(const environment::Installed &installed, const QString &distInfo)
    {
        const Result<QByteArray> text = files::read(installed.distInfo + u"/RECORD"_s, MostRecord);
        const auto rows = text ? metadata::parseRecord(*text) : std::unexpected(text.error());
        if (!rows) {
            tell(Kind::BadRecord, installed, distInfo, distInfo, rows.error().summary());
            claimFiles(installed);
            return {};
        }
        SCONCE_TRY(m_files.add(installed, distInfo, *rows, m_audit.faults, m_context));
        const auto points = files::read(installed.distInfo + u"/entry_points.txt"_s, MostSmallFile);
        m_files.addPrograms(metadata::parseEntryPoints(points.value_or(QByteArray())));
        if (installed.installer.isEmpty() && !m_files.contains(distInfo + u"/INSTALLER"_s))
            tell(Kind::NoInstaller, installed, distInfo, distInfo);
        return {};
    }

    void checkMetadata(const environment::Installed &installed, const QString &distInfo, bool isThere)
    {
        if (!isThere) {
            tell(Kind::NoMetadata, installed, distInfo, distInfo, tr("it is not there"));
            return;
        }
        const auto metadata = environment::metadataOf(installed);
        if (!metadata)
            tell(Kind::NoMetadata, installed, distInfo, distInfo, metadata.error().summary());
        else if (metadata->name != installed.name || metadata->version != installed.version)
            tell(Kind::NoMetadata, installed, distInfo, distInfo,
                tr("it is of %1 %2").arg(metadata->name.text(), metadata->version.text()));
    }

    /// Names that a distribution without RECORD has in all likelihood, so that its files are not told as
    /// nobody's.
    void claimFiles(const environment::Installed &installed)
    {
        const auto claim = [&](QString name) {
            name = name.trimmed().toLower();
            if (name.isEmpty())
                return;
            for (const QString &ending : {QString(), u".py"_s, u".libs"_s, u".pth"_s})
                m_claimed.insert(name + ending);
        };
        claim(QString(installed.name.text()).replace(u'-', u'_'));
        claim(installed.name.text());
        const auto top = files::read(installed.distInfo + u"/top_level.txt"_s, MostSmallFile);
        for (const QByteArray &line : top.value_or(QByteArray()).split('\n'))
            claim(QString::fromUtf8(line));
    }

    void settle()
    {
        // METADATA that is missing or changed is told once.
        QSet<QString> told;
        for (const Fault &fault : m_audit.faults) {
            if (fault.kind == Kind::NoMetadata)
                told.insert(fault.distInfo + u"/METADATA"_s);
        }
        std::erase_if(m_audit.faults, [&](const Fault &fault) {
            return (fault.kind == Kind::Missing || fault.kind == Kind::Changed) && told.contains(fault.path);
        });
        const auto key = [](const Fault &fault) {
            return std::tuple(!fault.package, fault.package ? fault.package->text() : QString(),
                fault.distInfo, fault.path, fault.kind);
        };
        std::ranges::stable_sort(m_audit.faults, {}, key);
    }

    Layout m_layout;
    ListedFiles m_files;
    QSet<QString> m_claimed;
    Audit m_audit;
    const JobContext &m_context;
};

} // namespace

Result<Audit> audit(
    const python::Interpreter &environment, const QStringList &formerPlaces, const JobContext &context)
{
    Layout layout = SCONCE_TRY(Layout::of(environment));
    return Auditor(std::move(layout), formerPlaces, context).run(environment);
}

} // namespace sconce::wheel
