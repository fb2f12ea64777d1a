// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/environment.h"
#include "tags/tags.h"

namespace sconce::tags {

/// A target of `--python-platform`: "linux", "x86_64-unknown-linux-gnu", "x86_64-manylinux_2_28",
/// "aarch64-apple-darwin", "macos", "windows", "x86_64-pc-windows-msvc" and the reference's other names.
/// BadInput with the list of names. `macOs` is the release that macOS names stand for ("14.0", as in
/// MACOSX_DEPLOYMENT_TARGET); 13.0 where it is none.
Result<Platform> platformFromName(QStringView name, QStringView macOs = {});
QStringList platformNames();

/// `environment` with the variables that depend on the platform (os_name, sys_platform, platform_*) as the
/// reference sets them for a platform by name: platform_machine is x86_64 on 64-bit Windows, release and
/// version are empty.
markers::Environment onPlatform(markers::Environment environment, const Platform &platform);
/// `environment` for another Python version; a missing patch number is zero.
markers::Environment withPython(markers::Environment environment, const versions::Version &python);

} // namespace sconce::tags
