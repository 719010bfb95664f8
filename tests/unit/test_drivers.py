"""Keys come from the terminal in the loop that draws: each as what it is, however long the loop was busy."""

from __future__ import annotations

import asyncio
import os
import pty
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.message import Message

from tui.explorer.drivers import QuietDriver


class App:
    """What a driver needs of an app: it takes messages, and leaves."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.left = False

    def post_message(self, message: Message) -> None:
        if isinstance(message, events.Key):
            self.keys.append(message.key)

    async def _post_message(self, message: Message) -> None:
        self.post_message(message)

    def call_later(self, what: object) -> None:
        assert what == self.exit
        self.left = True

    def exit(self) -> None:
        """Never called by the driver itself."""


@pytest.fixture(name="keyboard")
def given_keyboard(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the end of a terminal at which keys are typed; the other is this process's own."""
    typing, own = pty.openpty()
    monkeypatch.setattr(sys, "__stdin__", os.fdopen(own, "r", encoding="utf-8"))
    monkeypatch.setattr(sys, "__stderr__", os.fdopen(os.dup(own), "w", encoding="utf-8"))
    monkeypatch.setenv("ESCDELAY", "25")
    return typing


@asynccontextmanager
async def driven() -> AsyncIterator[App]:
    app = App()
    driver = QuietDriver(app)  # type: ignore[arg-type]
    driver.start_application_mode()
    before = threading.active_count()
    try:
        yield app
    finally:
        driver.stop_application_mode()
        driver.close()
        assert threading.active_count() <= before


async def until(app: App, keys: list[str]) -> None:
    for _ in range(200):
        if app.keys == keys:
            return
        await asyncio.sleep(0.01)
    assert app.keys == keys


async def test_keys_come_in_their_order(keyboard: int) -> None:
    async with driven() as app:
        os.write(keyboard, "jé\x1b[A\x1b[B".encode())
        await until(app, ["j", "é", "up", "down"])
        os.write(keyboard, "ı".encode()[:1])
        await asyncio.sleep(0.02)
        os.write(keyboard, "ı".encode()[1:])
        await until(app, ["j", "é", "up", "down", "ı"])


async def test_an_escape_alone_is_esc_after_a_moment(keyboard: int) -> None:
    async with driven() as app:
        os.write(keyboard, b"\x1b")
        await until(app, ["escape"])
        os.write(keyboard, b"\x1b")
        await until(app, ["escape", "escape"])


async def test_a_key_long_after_an_escape_is_no_part_of_it_though_the_loop_was_busy(keyboard: int) -> None:
    async with driven() as app:
        os.write(keyboard, b"\x1b")
        await asyncio.sleep(0.005)
        time.sleep(0.3)
        os.write(keyboard, b"[")
        await until(app, ["escape", "left_square_bracket"])


async def test_the_app_leaves_when_the_terminal_has_gone(keyboard: int) -> None:
    async with driven() as app:
        os.close(keyboard)
        for _ in range(200):
            if app.left:
                break
            await asyncio.sleep(0.01)
        assert app.left
