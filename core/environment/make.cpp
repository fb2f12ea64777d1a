// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "environment/activation.h"
#include "environment/virtual_environment.h"
#include "files/files.h"

namespace sconce::environment {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("environment", text);
}

Result<> checkText(const QString &text, const char *sentence)
{
    const bool isOdd = std::ranges::any_of(
        text, [](QChar character) { return character.category() == QChar::Other_Control; });
    if (isOdd)
        return std::unexpected(Error(ErrorKind::BadInput, tr(sentence).arg(text.simplified())));
    return {};
}

Result<> checkWishes(const QString &folder, const python::Interpreter &base, const MakeOptions &options)
{
    if (options.seedPackages)
        return std::unexpected(
            Error(ErrorKind::BadInput, tr("pip and setuptools are not put into a new environment"))
                .hint(tr("Install pip into it like any other package")));
    SCONCE_TRY(checkText(folder,
        QT_TRANSLATE_NOOP(
            "environment", "The path “%1” holds control characters, which scripts cannot name")));
    SCONCE_TRY(checkText(
        options.prompt, QT_TRANSLATE_NOOP("environment", "The prompt “%1” holds control characters")));
    if (folder.contains(u':'))
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The path “%1” holds a colon, which PATH takes for the end of a folder").arg(folder))
                .hint(tr("Choose another folder")));
    if (!QFileInfo::exists(base.baseExecutable))
        return std::unexpected(Error(
            ErrorKind::NotFound, tr("The interpreter “%1” is not there any more").arg(base.baseExecutable)));
    return {};
}

enum class Found { Nothing, EmptyFolder, Environment, OtherFolder };

/// What is at `folder`; an error for what can be no environment's place.
Result<Found> lookAt(const QString &folder)
{
    const QFileInfo entry(folder);
    if (entry.isDir()) {
        if (isEnvironment(folder))
            return Found::Environment;
        return QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)
            ? Found::EmptyFolder
            : Found::OtherFolder;
    }
    if (entry.isSymLink() && !entry.exists())
        return std::unexpected(Error(ErrorKind::BadInput, tr("“%1” is a link to nothing").arg(folder))
                .hint(tr("Remove the link")));
    if (entry.exists())
        return std::unexpected(Error(
            ErrorKind::BadInput, tr("“%1” is a file, where an environment would be a folder").arg(folder)));
    return Found::Nothing;
}

Result<> checkExisting(const QString &folder, Found found, MakeOptions::Existing existing)
{
    if (found == Found::Environment && existing == MakeOptions::Existing::Refuse)
        return std::unexpected(
            Error(ErrorKind::BadInput, tr("There is an environment at “%1” already").arg(folder))
                .hint(tr("Allow to replace it (--clear)")));
    if (found == Found::OtherFolder && existing == MakeOptions::Existing::Refuse)
        return std::unexpected(Error(ErrorKind::BadInput, tr("The folder “%1” is not empty").arg(folder))
                .hint(tr("Choose another folder")));
    if (found == Found::OtherFolder && existing == MakeOptions::Existing::Clear)
        return std::unexpected(Error(
            ErrorKind::BadInput, tr("The folder “%1” is no environment, so it is not replaced").arg(folder))
                .hint(tr("Choose another folder, or remove it first")));
    return {};
}

/// Names of the links to bin/python.
QStringList executableNames(const python::Interpreter &base)
{
    const QString major = QString::number(base.abi.major);
    const QString minor = major + u'.' + QString::number(base.abi.minor);
    QStringList names{u"python"_s + major, u"python"_s + minor};
    if (base.abi.isFreeThreaded)
        names.append(u"python"_s + minor + u't');
    if (base.abi.implementation == u"pypy"_s)
        names.append({u"pypy"_s, u"pypy"_s + major, u"pypy"_s + minor});
    return names;
}

QByteArray configText(const python::Interpreter &base, const QString &prompt)
{
    QString text =
        u"home = %1\nimplementation = %2\nsconce = %3\nversion_info = %4\ninclude-system-site-packages = false\n"_s
            .arg(QFileInfo(base.baseExecutable).path(), base.environment.platformPythonImplementation,
                QStringLiteral(SCONCE_VERSION), base.environment.pythonFullVersion);
    if (!prompt.isEmpty())
        text += u"prompt = %1\n"_s.arg(prompt);
    return text.toUtf8();
}

/// Puts an environment's files below `root`, which is a folder: its final one or one that takes its place
/// later.
class Builder {
public:
    Builder(QString root, bool isFresh)
        : m_root(std::move(root))
        , m_isFresh(isFresh)
    {}

    Result<> build(const QString &folder, const python::Interpreter &base, const QString &prompt) const
    {
        SCONCE_TRY(write(u".gitignore"_s, "*"));
        SCONCE_TRY(write(u"CACHEDIR.TAG"_s, "Signature: 8a477f597d28d172789f06886806bc55"));
        for (const QString &part : {base.scripts, base.purelib, base.platlib})
            SCONCE_TRY(files::makeFolder(QDir(m_root).filePath(part)));
        const QString python = base.scripts + u"/python"_s;
        SCONCE_TRY(link(base.baseExecutable, python));
        for (const QString &name : executableNames(base))
            SCONCE_TRY(link(u"python"_s, base.scripts + u'/' + name));
        // Python itself makes this link where extension modules of 64 bits have a folder of their own.
        if (base.environment.osName == u"posix"_s && base.environment.sysPlatform != u"darwin"_s
            && (base.platform.architecture.contains(u"64"_s) || base.platform.architecture == u"s390x"_s)
            && !files::exists(m_root + u"/lib64"_s))
            SCONCE_TRY(link(u"lib"_s, u"lib64"_s));
        const QString shown = prompt.isEmpty() ? QFileInfo(folder).fileName() : prompt;
        for (const ActivationScript &script : SCONCE_TRY(activationScripts(folder, shown, base.purelib)))
            SCONCE_TRY(write(base.scripts + u'/' + script.name, script.text));
        // Last, since with this file the folder is an environment.
        return write(u"pyvenv.cfg"_s, configText(base, prompt));
    }

private:
    Result<> write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_root + u'/' + name;
        return m_isFresh ? files::writeNew(path, text) : files::writeWhole(path, text, 0666);
    }

    Result<> link(const QString &target, const QString &name) const
    {
        const QString path = m_root + u'/' + name;
        if (!m_isFresh)
            SCONCE_TRY(files::remove(path));
        return files::makeLink(target, path);
    }

    QString m_root;
    bool m_isFresh;
};

/// Puts the finished folder in the place of what was found, which is gone afterwards.
Result<> place(files::TemporaryFolder &made, const QString &folder, Found found)
{
    if (found != Found::Environment) {
        SCONCE_TRY(files::rename(made.path(), folder)); // an empty folder may be renamed over
        made.keep();
        return {};
    }
    if (files::exchange(made.path(), folder))
        return {};
    // No exchange on this file system: for a moment there is no environment.
    const QString aside = made.path() + u"-old"_s;
    SCONCE_TRY(files::rename(folder, aside));
    if (Result<> moved = files::rename(made.path(), folder); !moved) {
        SCONCE_TRY(files::rename(aside, folder));
        return moved;
    }
    made.keep();
    return files::remove(aside);
}

} // namespace

bool isOwnFile(const QString &path)
{
    static const QRegularExpression interpreter(
        u"^(bin|scripts)/(python|pypy|graalpy)[0-9.]*t?w?(\\.exe)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QStringList files = [] {
        QStringList names{u"pyvenv.cfg"_s, u".gitignore"_s, u"cachedir.tag"_s, u".lock"_s, u"lib64"_s};
        for (const QString &name : activationNames())
            names.append({u"bin/"_s + name, u"scripts/"_s + name});
        return names;
    }();
    return interpreter.match(path).hasMatch() || files.contains(path.toLower());
}

Result<> make(const QString &folder, const python::Interpreter &base, const MakeOptions &options,
    const JobContext &context)
{
    const QString shown = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    SCONCE_TRY(checkWishes(shown, base, options));
    const Found found = SCONCE_TRY(lookAt(shown));
    SCONCE_TRY(checkExisting(shown, found, options.existing));
    SCONCE_TRY(context.goOn());
    if (options.existing == MakeOptions::Existing::Keep
        && (found == Found::Environment || found == Found::OtherFolder))
        return Builder(shown, false).build(shown, base, options.prompt);

    // A link to a folder stays a link: the folder is what is replaced.
    const QString target = found == Found::Nothing ? shown : QFileInfo(shown).canonicalFilePath();
    files::TemporaryFolder made =
        SCONCE_TRY(files::TemporaryFolder::make(QFileInfo(target).path(), u".sconce-venv-"_s));
    SCONCE_TRY(Builder(made.path(), true).build(shown, base, options.prompt));
    SCONCE_TRY(files::makeTreeDurable(made.path()));
    SCONCE_TRY(context.goOn());
    // Nobody may be changing the environment that goes.
    std::optional<files::LockFile> lock;
    if (found == Found::Environment)
        lock.emplace(SCONCE_TRY(files::LockFile::acquire(target + u"/.lock"_s, context)));
    SCONCE_TRY(place(made, target, found));
    return files::makeDurable(QFileInfo(target).path());
}

} // namespace sconce::environment
