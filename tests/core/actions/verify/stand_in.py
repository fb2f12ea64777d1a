# SPDX-License-Identifier: Apache-2.0
"""A torch for checks of the check: as few lines as have the names that are asked for. A case adds its own lines below."""
import types

__version__ = "2.9.0"
version = types.SimpleNamespace(cuda=None, hip=None)
GPUS = []  # (name, capability)
CODE = []


class Gpus:
    is_available = staticmethod(lambda: bool(GPUS))
    device_count = staticmethod(lambda: len(GPUS))
    get_device_name = staticmethod(lambda index: GPUS[index][0])
    get_device_capability = staticmethod(lambda index: GPUS[index][1])
    get_arch_list = staticmethod(lambda: CODE)


cuda = Gpus()


class Matrix:
    """All cells are equal, which is enough to multiply."""

    def __init__(self, rows, columns, value):
        self.rows, self.columns, self.value = rows, columns, value

    def to(self, device):
        reach(device)
        return self

    def __matmul__(self, other):
        return Matrix(self.rows, other.columns, self.value * other.value * self.columns)

    def sum(self):
        return Matrix(1, 1, self.value * self.rows * self.columns)

    def item(self):
        return self.value


def reach(device):
    """Raises what a device raises that cannot be used."""


def full(size, value):
    return Matrix(*size, value)


def ones(*size):
    return full(size, 1.0)


# The case:
