// SPDX-License-Identifier: Apache-2.0
#include "library.h"

#include <QFileInfo>

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString pathOf(const QString &name)
{
    // There may be no QCoreApplication yet: the window makes its own.
    const QString folder = QFileInfo(QFileInfo(u"/proc/self/exe"_s).symLinkTarget()).path();
    for (const QString &place : {folder, folder + u"/../lib/sconce"_s}) {
        if (const QString path = place + u"/lib"_s + name + u".so"_s; QFileInfo::exists(path))
            return path;
    }
    return name;
}

} // namespace

Library::Library(const QString &name)
    : m_library(pathOf(name))
{}

} // namespace sconce::app
