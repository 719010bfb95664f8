"""A second visit goes on where the first one ended, and `--fresh` does not."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.libraries import write_tiny_library
from tests.terminal.terminals import PtyTerminal, Visit


class Signalled(PtyTerminal):
    """A terminal whose program can be sent signals."""

    def send(self, signal_number: int) -> None:
        os.kill(self._process.pid, signal_number)


def test_the_second_visit_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    with Visit(PtyTerminal, 120, 36, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        visit.type("/izmir berlusconi\r")
        visit.sees("❯ izmir berlusconi", "2008-11-12", without="2025-04-29")
        visit.type("ma")
        visit.sees("marked as a")
        visit.type("q")
        assert visit.ends() == 0
    (state,) = (tmp_path / ".local" / "state" / "summit-explorer").glob("*.json")
    with Visit(PtyTerminal, 120, 36, tmp_path) as visit:
        visit.sees("❯ izmir berlusconi", "2008-11-12", without="2025-04-29")
        visit.type("'")
        visit.sees("Places to go back to", "Marks", "Recent")
        visit.type("\x1b")
        visit.sees("q quit", without="Places to go")
        visit.type("q")
        assert visit.ends() == 0
    state.write_text("{", encoding="utf-8")
    with Visit(PtyTerminal, 120, 36, tmp_path, ["--fresh"]) as visit:
        visit.sees("1 Summits", "q quit", without="❯ izmir")
        # A first frame is there before the explorer is; its help is not.
        visit.type("?")
        visit.sees("Go to the first line")
        visit.type("\x1b")
        visit.sees("q quit", without="Go to the first line")
        visit.type("q")
        assert visit.ends() == 0
        visit.sees("is set aside as")
    assert [file.read_text(encoding="utf-8") for file in state.parent.glob("*.bad")] == ["{"]


def test_with_state_turned_off_nothing_is_written(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "summit-explorer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("remember = false\n", encoding="utf-8")
    with Visit(PtyTerminal, 80, 24, tmp_path, ["energy"]) as visit:
        visit.sees("❯ energy")
        visit.type("q")
        assert visit.ends() == 0
    assert not (tmp_path / ".local").exists()


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
def test_the_place_is_kept_when_the_line_is_cut_or_the_system_ends_it(tmp_path: Path, ending: signal.Signals) -> None:
    with Visit(Signalled, 120, 36, tmp_path, ["izmir berlusconi"]) as visit:
        visit.sees("❯ izmir berlusconi", "q quit")
        terminal = visit.terminal
        assert isinstance(terminal, Signalled)
        terminal.send(ending)
        code = visit.ends()
        assert code == (0 if ending == signal.SIGTERM else -signal.SIGHUP)
        assert ending == signal.SIGHUP or terminal.restored()
    with Visit(PtyTerminal, 120, 36, tmp_path) as visit:
        visit.sees("❯ izmir berlusconi", "q quit")
        visit.type("q")
        assert visit.ends() == 0


def test_a_guest_leaves_nothing_behind_and_gets_no_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = write_tiny_library(tmp_path / "library")
    monkeypatch.setenv("EDITOR", f"touch {tmp_path / 'edited'}")
    before = {file: file.read_bytes() for file in library.iterdir()}
    with Visit(PtyTerminal, 120, 36, tmp_path, ["--guest", "--library", str(library), "--", "energy"]) as visit:
        visit.sees("❯ energy", "q quit")
        for key in ("E", "A", "u"):
            visit.type(key)
            visit.sees("served read-only")
            visit.type("j")
            visit.sees("q quit", without="served read-only")
        visit.type("ma")
        visit.sees("marked as a")
        visit.type("q")
        assert visit.ends() == 0
    assert {file: file.read_bytes() for file in library.iterdir()} == before
    assert not (tmp_path / "edited").exists()
    assert not (tmp_path / ".local").exists()
    with Visit(PtyTerminal, 120, 36, tmp_path, ["--guest", "--library", str(library)]) as visit:
        visit.sees("1 Summits", "q quit", without="❯ energy")
        visit.type("q")
        assert visit.ends() == 0
