// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "wheel/contents.h"

namespace sconce::wheel {

/// Where things are in one environment. Paths relative to `root` unless said; links on the way to the library
/// folders (lib64) are resolved, so that one file has one path.
struct Layout {
    /// Absolute, as the interpreter names it: what scripts start with.
    QString root;
    QString purelib;
    QString platlib;
    QString scripts;
    QString include;
    QString data;

    /// BadInput when it is no virtual environment: nothing is installed into an interpreter that others use.
    static Result<Layout> of(const python::Interpreter &interpreter);

    /// Where a part of a wheel goes.
    QString target(const Placed &placed, const Contents &contents, const names::PackageName &package) const;
    /// The library folder that holds the wheel's .dist-info.
    const QString &library(const Contents &contents) const { return contents.isPure ? purelib : platlib; }
    /// Absolute.
    QString python() const { return root + u'/' + scripts + QStringLiteral("/python"); }
    bool isInLibrary(QStringView path) const;
};

} // namespace sconce::wheel
