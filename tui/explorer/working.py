"""Work that a screen has done in a thread, and that speaks the language of the screen."""

from __future__ import annotations

from contextvars import copy_context
from functools import partial
from typing import Any

from textual.worker import Worker

from tui.explorer.mixins import ScreenMixin


class Working(ScreenMixin):
    """A screen whose threads know what it knows; Textual's begin without its context, and so in English."""

    def run_worker(
        self,
        work: Any,
        name: str | None = "",
        group: str = "default",
        description: str = "",
        exit_on_error: bool = True,
        start: bool = True,
        exclusive: bool = False,
        thread: bool = False,
    ) -> Worker[Any]:
        """Run work as Textual does; in a thread, within a copy of the context here."""
        spoken = partial(copy_context().run, work) if thread else work
        return super().run_worker(spoken, name, group, description, exit_on_error, start, exclusive, thread)
