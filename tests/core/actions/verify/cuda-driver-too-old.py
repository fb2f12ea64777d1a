# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-laptop-beside-intel
__version__ = "2.9.1+cu130"
version.cuda = "13.0"
CODE = "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()
import sys
sys.stderr.write("UserWarning: CUDA initialization: The NVIDIA driver on your system is too old (found version 12040).\n")
