# SPDX-License-Identifier: Apache-2.0
"""A stand-in for torchvision in Sconce's sample."""
import torch

from .version import __version__

__all__ = ["blank"]


def blank(width, height):
    """A black picture."""
    return torch.zeros(height, width)
