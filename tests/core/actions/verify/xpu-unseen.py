# SPDX-License-Identifier: Apache-2.0
# computer: intel-without-access
__version__ = "2.9.1+xpu"
xpu = Gpus()
