// SPDX-License-Identifier: Apache-2.0
#include "wheel/layout.h"

#include <QCoreApplication>
#include <QDir>

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

/// `path`, which may be absolute, relative to `root` with links resolved as far as it exists.
Result<QString> relative(const QString &root, const QString &path)
{
    const QString whole = QDir::cleanPath(QDir(root).filePath(path));
    const QString real = QFileInfo(whole).canonicalFilePath();
    const QString inside = QDir(QFileInfo(root).canonicalFilePath()).relativeFilePath(real);
    const QString result = real.isEmpty() ? QDir(root).relativeFilePath(whole) : inside;
    if (result.startsWith(u".."_s) || QDir::isAbsolutePath(result))
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("wheel", "“%1” of the environment “%2” lies outside it")
                .arg(path, root)));
    return result == u"."_s ? QString() : result;
}

} // namespace

Result<Layout> Layout::of(const python::Interpreter &interpreter)
{
    const QString root = QDir::cleanPath(interpreter.prefix);
    if (!environment::isEnvironment(root))
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate(
                "wheel", "“%1” is no virtual environment, and nothing is installed into other interpreters")
                .arg(root))
                .hint(QCoreApplication::translate("wheel", "Create an environment")));
    Layout layout;
    layout.root = root;
    layout.purelib = SCONCE_TRY(relative(root, interpreter.purelib));
    layout.platlib = SCONCE_TRY(relative(root, interpreter.platlib));
    layout.scripts = SCONCE_TRY(relative(root, interpreter.scripts));
    layout.include = SCONCE_TRY(relative(root, interpreter.include));
    layout.data = SCONCE_TRY(relative(root, interpreter.data));
    return layout;
}

QString Layout::target(
    const Placed &placed, const Contents &contents, const names::PackageName &package) const
{
    QString folder;
    switch (placed.scheme) {
    case Scheme::Library: folder = library(contents); break;
    case Scheme::Purelib: folder = purelib; break;
    case Scheme::Platlib: folder = platlib; break;
    case Scheme::Headers: folder = include + u'/' + package.text(); break;
    case Scheme::Scripts: folder = scripts; break;
    case Scheme::Data: folder = data; break;
    }
    QString path = folder.isEmpty() ? placed.path : folder + u'/' + placed.path;
    // Through the link that environments have, to where the files are.
    if (path.startsWith(u"lib64/"_s) && QFileInfo(root + u"/lib64"_s).isSymLink())
        path = u"lib/"_s + path.sliced(6);
    return path;
}

bool Layout::isInLibrary(QStringView path) const
{
    const auto isIn = [&](const QString &folder) {
        return path.startsWith(folder) && path.sliced(folder.size()).startsWith(u'/');
    };
    return isIn(purelib) || isIn(platlib);
}

} // namespace sconce::wheel
