# SPDX-License-Identifier: Apache-2.0
# computer: intel-arc-beside-integrated
__version__ = "2.9.1+xpu"
xpu = Gpus()
GPUS = [("Intel(R) Arc(TM) B580 Graphics", None)]
