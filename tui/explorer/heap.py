"""Gives free memory back, which the C library keeps within its heap as if it were soon needed again."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Have the C library return the pages that are free within its heap, where it is one that can (glibc)."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
