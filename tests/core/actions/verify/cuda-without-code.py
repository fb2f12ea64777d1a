# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-pascal-new-driver
__version__ = "2.9.1+cu128"
version.cuda = "12.8"
CODE = "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()
GPUS = [("NVIDIA GeForce GTX 1080", (6, 1))]


def reach(device):
    raise RuntimeError("CUDA error: no kernel image is available for execution on the device")
