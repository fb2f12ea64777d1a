// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/small_environment.h"
#include "kit/wheel_writer.h"
#include "wheel/install.h"

/// Small wheels and the changes that are made with them, for checks of what happens to an environment.
namespace sconce::small {

using namespace Qt::StringLiterals;

/// Wheels unpacked once for all rows.
inline wheel::UnpackedWheel unpacked(const kit::Wheel &made)
{
    static QTemporaryDir cache(kit::quickFolder());
    static int count = 0;
    const QString folder = cache.filePath(QString::number(count++));
    kit::spill(folder + u'/' + made.fileName(), made.bytes());
    return wheel::unpackChecked(folder + u'/' + made.fileName(),
        metadata::WheelName::parse(made.fileName()).value(), folder + u"/unpacked"_s, JobContext::unwatched())
        .value();
}

struct Wish {
    std::vector<wheel::UnpackedWheel> add;
    QStringList remove;
    files::LinkMode first = files::LinkMode::Clone;
    wheel::Company company{};
};

/// Begins, removes, adds and commits.
inline Result<> changed(const kit::SmallEnvironment &environment, const Wish &wish,
    const JobContext &context = JobContext::unwatched())
{
    wheel::Transaction transaction =
        SCONCE_TRY(wheel::Transaction::begin(environment.interpreter(), context, wish.first));
    const auto installed = SCONCE_TRY(environment::installedIn(environment.interpreter(), context));
    for (const environment::Installed &one : installed) {
        if (wish.remove.contains(one.name.text()))
            SCONCE_TRY(transaction.remove(one, context));
    }
    for (const wheel::UnpackedWheel &one : wish.add)
        SCONCE_TRY(transaction.add({.wheel = one, .directUrl = std::nullopt, .isRequested = true}, context));
    return transaction.commit(context, wish.company);
}

inline kit::Wheel oldVersion()
{
    kit::Wheel made;
    made.name = "own";
    made.entryPoints = "[console_scripts]\nown = own:main\nown-old = own:main\n";
    made.file("own.py", "V = 1\n")
        .file("own_gone.py")
        .file("own_data/a/b.txt", "1")
        .file("shared/own.txt", "1");
    made.file("own-1.0.data/data/share/own/v.txt", "1.0\n")
        .file("own-1.0.data/scripts/own-script", "#!python\nprint(1)\n", 0100755);
    return made;
}

/// The module becomes a package, a folder a file, a script goes.
inline kit::Wheel newVersion()
{
    kit::Wheel made;
    made.name = "own";
    made.version = "2.0";
    made.entryPoints = "[console_scripts]\nown = own:main\n";
    made.file("own/__init__.py", "V = 2\n")
        .file("own/part.py", "P = 2\n")
        .file("own_data", "a file now")
        .file("shared/own.txt", "2");
    made.file("own-2.0.data/data/share/own/v.txt", "2.0\n")
        .file("own-2.0.data/headers/own.h", "#define OWN\n");
    return made;
}

inline kit::Wheel neighbour()
{
    kit::Wheel made;
    made.name = "neighbour";
    made.file("shared/neighbour.txt", "n").file("neighbour.py", "N = 1\n");
    return made;
}

inline const wheel::UnpackedWheel &oldWheel()
{
    static const wheel::UnpackedWheel made = unpacked(oldVersion());
    return made;
}

inline const wheel::UnpackedWheel &newWheel()
{
    static const wheel::UnpackedWheel made = unpacked(newVersion());
    return made;
}

inline const wheel::UnpackedWheel &neighbourWheel()
{
    static const wheel::UnpackedWheel made = unpacked(neighbour());
    return made;
}

} // namespace sconce::small
