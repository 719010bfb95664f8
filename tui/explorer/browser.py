"""Whether a browser of this machine would open where the user is."""

from __future__ import annotations

import os
import sys


def can_browse() -> bool:
    """Return whether the user sits at a desktop; over SSH a browser would open on the wrong machine."""
    if "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
