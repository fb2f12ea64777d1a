# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-laptop-beside-intel
__version__ = "2.9.1+cu128"
version.cuda = "12.8"
CODE = "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()


class Broken(Gpus):
    @staticmethod
    def is_available():
        raise RuntimeError("Unexpected error from cudaGetDeviceCount()")


cuda = Broken()
