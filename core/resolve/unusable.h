// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sconce::resolve {

/// Why versions that exist cannot be used.
struct Unusable {
    enum class Kind : quint8 {
        NotFound, ///< no index has the package
        NoIndex, ///< there is no index to ask
        NoBuild, ///< only sources, and building is off
        NoBinary, ///< only wheels, and they are not to be used
        TooNew, ///< uploaded after the cut-off
        Yanked, ///< detail: the reason given, perhaps empty
        BadFormat, ///< a source archive of a form that is not supported
        Platform, ///< wheels for other platforms only
        Abi, ///< wheels for other ABIs only
        Python, ///< wheels for other Pythons only
        Environment, ///< no wheel for an environment that needs one; detail: its marker
        Impossible, ///< needs a version that cannot be; detail: "a <1, >2"
        Metadata, ///< detail: what is wrong with its metadata
    };
    Kind kind = Kind::NotFound;
    QString detail;
    bool operator==(const Unusable &) const = default;
};

} // namespace sconce::resolve
