// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>

namespace sconce::environment {

/// Something wrong with the files that make a folder an environment.
struct OwnFault {
    enum class Kind {
        /// No pyvenv.cfg: its Python would take the installation behind it for its own, so it must not be
        /// started to install anything.
        NoConfig,
        /// The installation that pyvenv.cfg names is gone.
        HomeGone,
        /// There is no bin/python, or it leads to nothing.
        NoInterpreter,
        /// bin/activate names another folder: the environment was moved or copied.
        Moved,
    };
    Kind kind = Kind::NoConfig;
    /// Relative to the environment.
    QString path;
    /// What stands there: the home, the target of the link, the other folder.
    QString names;
    bool operator==(const OwnFault &) const = default;
};

/// Looks at files only; no Python is started.
std::vector<OwnFault> ownFaults(const QString &folder);

/// Whether the folder is an environment, or was one before it lost its pyvenv.cfg. An installation of Python
/// is neither.
bool isOrWasEnvironment(const QString &folder);

/// "3.12": the Python that the environment was made with, by pyvenv.cfg or by its only library folder; empty
/// when neither tells.
QString pythonMadeWith(const QString &folder);

} // namespace sconce::environment
