# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-old-beside-new
__version__ = "2.9.1+cu126"
version.cuda = "12.6"
CODE = "sm_60 sm_70 sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()
GPUS = [("NVIDIA GeForce RTX 4090", (8, 9)), ("NVIDIA GeForce GTX 1080", (6, 1))]
