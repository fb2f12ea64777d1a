# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-old-beside-new
__version__ = "2.9.1+cu128"
version.cuda = "12.8"
CODE = "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()
GPUS = [("NVIDIA GeForce RTX 4090", (8, 9)), ("NVIDIA GeForce GTX 1080", (6, 1))]


def reach(device):
    if device == "cuda:1":
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors might be reported later")
