"""How long a search may take, and how it is stopped before its end."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

_STEPS = 2_000
"""After how many steps of SQLite's machine it is asked whether to go on: about every tenth of a millisecond."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """A search was stopped before it had an answer."""


class Patience:
    """Patience with one search: for a time, or until it is ended from another thread."""

    def __init__(self, seconds: float = float("inf")) -> None:
        self._until = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """Whether the search shall stop."""
        return time.monotonic() > self._until

    def end(self) -> None:
        """Let the search stop, from any thread."""
        self._until = -1.0

    def left(self) -> float:
        """Return how many seconds are left; negative when it is over."""
        return self._until - time.monotonic()


@contextmanager
def patient(connection: sqlite3.Connection, patience: Patience | None) -> Iterator[None]:
    """Let what the connection does inside stop when patience is over. Raises Stopped then."""
    if patience is None:
        yield
        return
    connection.set_progress_handler(lambda: patience.over, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            raise Stopped from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
