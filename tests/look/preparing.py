"""What has happened to a library before a scene is drawn, or happens while it is."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from tui.exchange.form import editor
from tui.explorer.app import ExplorerApp
from tui.explorer.following import FollowingScreen
from tui.language import Told
from tui.library import writable, writer
from tui.library.changes import Change
from tui.library.history import Deed, Turn
from tui.library.writer import LibraryWriter
from tui.records import Summit


@contextmanager
def prepared(before: str, library: Path) -> Iterator[Path]:
    """Yield the library of a scene: a copy where something happens to it."""
    if not before:
        yield library
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        own = Path(folder) / "summits"
        shutil.copytree(library, own)
        stack.enter_context(patch.object(writer, "new_deed", _deed))
        stack.enter_context(patch.dict("os.environ", {"SUMMIT_STATE": folder, "HOME": "/home/reader"}))
        # What others change is not taken up at once, for when that is would depend on how busy the machine is.
        stack.enter_context(patch.object(FollowingScreen, "_begin", lambda _: None))
        stack.enter_context(_BEFORE[before](own))
        yield own


def _deed(told: Told, turns: tuple[Turn, ...]) -> Deed:
    when = "2025-05-10T09:30:00+00:00"
    return Deed(told.english, "elena", when, turns, told.message, dict(told.gaps), dict(told.words))


@contextmanager
def _changed(library: Path) -> Iterator[None]:
    """A record was changed the day before."""
    _change_venue(library)
    yield


@contextmanager
def _overtaken(library: Path) -> Iterator[None]:
    """While the city is edited, someone else changes the venue of the same meeting."""

    def edit(file: Path, line: int = 0) -> None:
        _change_venue(library)
        form = file.read_text(encoding="utf-8")
        file.write_text(form.replace("city: Rome", "city: Roma"), encoding="utf-8")

    suspended = patch.object(ExplorerApp, "suspend", lambda _: contextlib.nullcontext())
    with patch.object(editor, "edit", edit), patch.dict("os.environ", {"EDITOR": "true"}), suspended:
        yield


@contextmanager
def _shipped(library: Path) -> Iterator[None]:
    """The library is the one that came with the program."""
    with patch.object(writable, "shipped_library", lambda: library):
        yield


def _change_venue(library: Path) -> None:
    writing = LibraryWriter(library)
    rome = writing.find("rome-2025")
    assert isinstance(rome, Summit)
    changed = replace(rome, venue="Palazzo Chigi", note="Moved on the eve of the meeting.")
    writing.write([Change(rome, changed)], "edited 4th Intergovernmental Summit: venue, note")


_BEFORE: dict[str, Callable[[Path], contextlib.AbstractContextManager[None]]] = {
    "changed": _changed,
    "overtaken": _overtaken,
    "shipped": _shipped,
}
