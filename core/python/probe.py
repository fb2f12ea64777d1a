# SPDX-License-Identifier: Apache-2.0
"""Prints what an interpreter knows of itself as one line of JSON, the last line of its output.

Run with -I -S -B: no variables, no site-packages (a .pth file there could run anything), nothing written. Without the
module site nobody looks for pyvenv.cfg before Python 3.11, so that is done here. Works from Python 3.4 on, so that an old
one can say how old it is.
"""
import json
import os
import platform
import re
import sys
import sysconfig


def version_text(info):
    """PEP 508, "Environment Markers": the form of implementation_version."""
    text = "{0.major}.{0.minor}.{0.micro}".format(info)
    if info.releaselevel != "final":
        text += info.releaselevel[0] + str(info.serial)
    return text


def full_version():
    text = platform.python_version()
    # Builds from a repository say "3.13.0+", which is no version.
    return text[:-1] if text.endswith("+") else text


def environment_folder():
    """The virtual environment of this interpreter, and the folder its pyvenv.cfg names as home."""
    scripts = os.path.dirname(os.path.abspath(sys.executable))
    for folder in (scripts, os.path.dirname(scripts)):
        try:
            with open(os.path.join(folder, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
                for line in file:
                    key, equals, value = line.partition("=")
                    if equals and key.strip().lower() == "home":
                        return folder, value.strip()
                return folder, None
        except OSError:
            pass
    return None, None


def base_executable(environment, home):
    executable = getattr(sys, "_base_executable", None) or sys.executable
    if environment is None or os.path.dirname(executable) != os.path.dirname(sys.executable):
        return executable
    suffix = ".exe" if os.name == "nt" else ""
    minor = "python{0}.{1}".format(*sys.version_info)
    for name in (os.path.basename(sys.executable), minor + suffix, "python3" + suffix, "python" + suffix):
        path = os.path.join(home or "", name)
        if home and os.path.isfile(path):
            return path
    return os.path.realpath(sys.executable)


def layout():
    """Folders of a virtual environment, relative to it: what the scheme "venv" says, or its forerunners."""
    names = sysconfig.get_scheme_names()
    scheme = "venv" if "venv" in names else "nt" if os.name == "nt" else "posix_prefix"
    bases = {"base": "", "platbase": "", "installed_base": "", "installed_platbase": ""}
    paths = sysconfig.get_paths(scheme, vars=bases)
    short = {name: paths[name].replace("\\", "/").strip("/") for name in ("purelib", "platlib", "scripts", "data")}
    short["include"] = "include/site/python{0}.{1}".format(*sys.version_info)
    return short


def elf_loader(path):
    """The loader that a program names in its header (PT_INTERP), or nothing."""
    import struct

    with open(path, "rb") as file:
        head = file.read(64)
        if head[:4] != b"\x7fELF":
            return None
        order = "<" if head[5] == 1 else ">"
        wide = head[4] == 2
        table, = struct.unpack_from(order + ("Q" if wide else "I"), head, 32 if wide else 28)
        size, count = struct.unpack_from(order + "HH", head, 54 if wide else 42)
        for index in range(count):
            file.seek(table + index * size)
            entry = file.read(size)
            kind, = struct.unpack_from(order + "I", entry, 0)
            if kind == 3:
                start, = struct.unpack_from(order + ("Q" if wide else "I"), entry, 8 if wide else 4)
                length, = struct.unpack_from(order + ("Q" if wide else "I"), entry, 32 if wide else 16)
                file.seek(start)
                return file.read(length).rstrip(b"\0").decode()
    return None


def glibc_version():
    try:
        text = os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, ValueError, OSError):
        return None
    match = re.match(r"glibc (\d+)\.(\d+)", text or "")
    return [int(match.group(1)), int(match.group(2))] if match else None


def musl_version():
    """The loader prints its version when it is run; reading it is enough, since the number stands in it as text."""
    try:
        loader = elf_loader(os.path.realpath(sys.executable))
        if not loader or "musl" not in loader:
            return None
        with open(loader, "rb") as file:
            match = re.search(rb"\x00(\d+)\.(\d+)\.\d+(?:-git[0-9a-z.-]*)?\x00", file.read())
        return [int(match.group(1)), int(match.group(2))] if match else [1, 1]
    except (OSError, ValueError):
        return None


def linux_architecture():
    machine = sysconfig.get_platform().split("-", 1)[-1].replace("-", "_")
    if sys.maxsize > 2**32:
        return machine
    # A 32-bit interpreter on a 64-bit kernel.
    return {"x86_64": "i686", "aarch64": "armv7l", "armv8l": "armv7l"}.get(machine, machine)


def target():
    if sys.platform.startswith("linux"):
        libc = glibc_version()
        if libc:
            return {"system": "manylinux", "version": libc, "architecture": linux_architecture()}
        libc = musl_version()
        if libc:
            return {"system": "musllinux", "version": libc, "architecture": linux_architecture()}
    if sys.platform == "darwin":
        release, _, machine = platform.mac_ver()
        parts = [int(part) for part in release.split(".")[:2]] + [0]
        # An interpreter built for an old system is told 10.16 by all systems from 11 on.
        version = [11, 0] if parts[:2] == [10, 16] else parts[:2]
        return {"system": "macos", "version": version, "architecture": machine}
    if sys.platform == "win32":
        name = sysconfig.get_platform()
        return {"system": "windows", "version": [0, 0], "architecture": "x86" if name == "win32" else name[4:].replace("-", "_")}
    return {"system": "other", "version": [0, 0], "architecture": platform.machine()}


def main():
    environment, home = environment_folder()
    implementation = getattr(sys, sys.implementation.name + "_version_info", sys.version_info)
    answer = {
        "executable": os.path.abspath(sys.executable),
        "prefix": environment or sys.prefix,
        "basePrefix": sys.base_prefix,
        "baseExecutable": base_executable(environment, home),
        "implementation": sys.implementation.name,
        "implementationVersion": [implementation[0], implementation[1]],
        "version": [sys.version_info[0], sys.version_info[1]],
        "isFreeThreaded": "t" in getattr(sys, "abiflags", "") or "free-threading" in sys.version,
        "layout": layout(),
        "platform": target(),
        "markers": {
            "implementation_name": sys.implementation.name,
            "implementation_version": version_text(sys.implementation.version),
            "os_name": os.name,
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "platform_release": platform.release(),
            "platform_system": platform.system(),
            "platform_version": platform.version(),
            "python_full_version": full_version(),
            "python_version": "{0}.{1}".format(*sys.version_info),
            "sys_platform": sys.platform,
        },
    }
    print("\n" + json.dumps(answer))


main()
