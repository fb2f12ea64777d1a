# SPDX-License-Identifier: Apache-2.0
"""A stand-in for PyTorch in Sconce's sample: a few lines with the same face, so that the sample needs no download.

It computes in plain Python. A build for an accelerator says that it sees a device only where this computer has one.
"""
from . import cuda, version, xpu
from .version import __version__

__all__ = ["Tensor", "cuda", "eye", "full", "ones", "tensor", "version", "xpu", "zeros"]


class Tensor:
    """A matrix of numbers, as rows."""

    def __init__(self, rows, device="cpu"):
        self.rows = rows
        self.device = device

    @property
    def shape(self):
        return (len(self.rows), len(self.rows[0]))

    def to(self, device):
        kind = str(device).partition(":")[0]
        if kind == "cuda" and not cuda.is_available():
            raise RuntimeError("this build of torch sees no GPU")
        if kind == "xpu" and not xpu.is_available():
            raise RuntimeError("this build of torch sees no XPU")
        return Tensor(self.rows, str(device))

    def cuda(self):
        return self.to("cuda")

    def cpu(self):
        return self.to("cpu")

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Tensor([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows], self.device)

    def sum(self):
        return Tensor([[sum(map(sum, self.rows))]], self.device)

    def item(self):
        if self.shape != (1, 1):
            raise ValueError("only a matrix of one number is one number")
        return self.rows[0][0]

    def tolist(self):
        return [list(row) for row in self.rows]


def _pair(size):
    return size if len(size) == 2 else size[0] if isinstance(size[0], (tuple, list)) else (1, size[0])


def full(size, value, device="cpu"):
    rows, columns = size
    return Tensor([[float(value)] * columns for _ in range(rows)]).to(device)


def ones(*size, device="cpu"):
    return full(_pair(size), 1.0, device)


def zeros(*size, device="cpu"):
    return full(_pair(size), 0.0, device)


def eye(count, device="cpu"):
    return Tensor([[float(row == column) for column in range(count)] for row in range(count)]).to(device)


def tensor(rows, device="cpu"):
    return Tensor([[float(value) for value in row] for row in rows]).to(device)
