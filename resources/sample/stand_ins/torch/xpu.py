# SPDX-License-Identifier: Apache-2.0
"""Intel GPUs of this computer, for the build that is made for them."""
import glob
import os

from . import version


def _displays():
    found = []
    for folder in sorted(glob.glob("/sys/bus/pci/devices/*")):
        try:
            with open(folder + "/class", encoding="utf-8") as kind, open(folder + "/vendor", encoding="utf-8") as vendor:
                if int(kind.read(), 16) & 0xFF0000 == 0x030000 and int(vendor.read(), 16) == 0x8086:
                    found.append(folder)
        except OSError:
            continue
    return found


def device_count():
    if version.xpu is None:
        return 0
    asked = os.environ.get("TORCH_STANDIN_GPUS", "")
    return int(asked) if asked.isdigit() else len(_displays())


def is_available():
    return device_count() > 0


def get_device_name(device=0):
    return "Intel GPU"
