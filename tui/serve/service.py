"""What a session needs of its server, and of the connection that it is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.index import Index
    from tui.serve.answers import Answers
    from tui.serve.log import Journal, Refusals


@dataclass(frozen=True)
class Service:
    """What a session needs of its server."""

    index: Callable[[], Index]
    answers: Answers
    journal: Journal
    idle: float
    spawn: Callable[[Any], asyncio.Task[None]]


@dataclass(frozen=True)
class Visit:
    """The connection that a session is on: where it comes from, and whom the session tells what becomes of it."""

    source: str
    began: Callable[[], None]
    """Called once the client has said what it wants."""
    ended: Callable[[], None]
    """Called once, when it is over."""
    closed: Callable[[], None]
    """Called once the client has closed it too."""
    refusals: Refusals
