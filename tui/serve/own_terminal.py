"""The terminal that a server was started in: when it is closed, a server that nobody sees any more ends.

The same signal, SIGHUP, tells a server to read its keys and its library again, and that its terminal is gone.
"""

from __future__ import annotations

import os
import signal


class OwnTerminal:
    """Made before SIGHUP is given another meaning."""

    def __init__(self) -> None:
        outlived = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        self._matters = _is_there() and not outlived

    @property
    def is_closed(self) -> bool:
        """Whether it was there at the start and is gone; never for a server that is to outlive it, by `nohup`."""
        return self._matters and not _is_there()


def _is_there() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
