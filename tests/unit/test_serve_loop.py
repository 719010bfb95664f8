"""The event loop that a server's explorers share with the connections."""

from __future__ import annotations

import asyncio

from textual.app import App

from tui.serve.loop import run


class Passing(App[None]):
    def on_mount(self) -> None:
        self.exit()


def test_tasks_begin_in_the_next_turn_after_an_explorer_has_run() -> None:
    async def begins_at_once() -> bool:
        await Passing().run_async(headless=True)
        begun = asyncio.Event()

        async def begin() -> None:
            begun.set()

        task = asyncio.get_running_loop().create_task(begin())
        at_once = begun.is_set()
        await task
        return at_once

    assert run(begins_at_once()) is False


def test_no_other_way_to_make_tasks_is_taken() -> None:
    async def taken() -> object:
        loop = asyncio.get_running_loop()
        loop.set_task_factory(lambda loop, work, **more: asyncio.Task(work, loop=loop, **more))
        return loop.get_task_factory()

    assert run(taken()) is None
