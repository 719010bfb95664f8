"""The event loop of a server, which its explorers share with the connections that they are on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")


class SharedLoop(asyncio.SelectorEventLoop):
    """A loop whose tasks begin in its next turn, whoever else runs in it.

    From Python 3.12 on Textual makes every task of the loop that it runs in begin at once. asyncssh's would then be
    done before it knows of them, and whoever logs in after the first explorer would wait for ever.
    """

    def set_task_factory(self, factory: object) -> None:
        """Leave tasks as they are."""


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine in such a loop of its own, as `asyncio.run` does."""
    with asyncio.Runner(loop_factory=SharedLoop) as runner:
        return runner.run(work)
