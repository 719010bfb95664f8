"""Terminals of all kinds, locales and wishes: what is shown can be read, and nothing is sent that it cannot show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import Server, served
from tests.terminal.openssh import CLIENT, Guest
from tests.terminal.screens import ENTER, walk
from tests.terminal.terminals import PtyTerminal, Visit

_COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
_BOXES = set("│─╭╮╰╯▌")
_NEWER = set("❯⏎╭╮╰╯…≠●○◆✓▸▁▂▃▅▆▇’“”–−⋮╌━")
"""What the fonts of a console lack."""

KINDS: dict[str, dict[str, str]] = {
    "xterm-256color": {"TERM": "xterm-256color"},
    "screen": {"TERM": "screen"},
    "tmux-256color": {"TERM": "tmux-256color"},
    "linux": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "no colour": {"TERM": "xterm-256color", "NO_COLOR": "1"},
    "locale C": {"TERM": "xterm-256color", "LC_ALL": "C", "LANG": "C"},
    "latin-5": {"TERM": "xterm", "LC_ALL": "", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "iso-8859-9"},
}
SENT = "LANG LC_ALL LC_CTYPE NO_COLOR COLORTERM"
"""What a client sends of its environment, as Debian's does and a user may add."""


class Listening(PtyTerminal):
    """A terminal of which it is known what was sent to it."""

    @property
    def sent(self) -> bytes:
        self._read()
        return self._written


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    with served(write_tiny_library(folder / "tiny"), folder) as running:
        yield running


def suits(kind: str, visit: Visit, screens: dict[str, str]) -> None:
    """Hold what was shown and sent to what a kind of terminal can draw."""
    terminal = visit.terminal
    assert isinstance(terminal, Listening)
    shown = set("".join(screens.values()))
    if kind == "locale C":
        assert terminal.sent.isascii()
        assert "Turkiye-Greece" in screens["lists"]
    if kind in {"locale C", "latin-5"}:
        assert not _BOXES & shown
    if kind == "linux":
        assert not _NEWER & shown
    if kind == "no colour":
        codes = {code for found in _COLOURS.findall(terminal.sent) for code in found[2:-1].split(b";")}
        assert not [code for code in codes if code[:1] in {b"3", b"9"} and len(code) == 2 and code not in {b"39"}]
        assert b"38" not in codes


@pytest.mark.parametrize("kind", KINDS)
def test_every_screen_can_be_read(kind: str, tiny_library: Path, tmp_path: Path) -> None:
    with Visit(Listening, 80, 24, tmp_path, [str(tiny_library)], settings=KINDS[kind]) as visit:
        visit.sees("1 Summits", "q quit")
        suits(kind, visit, walk(visit))
        visit.type("q")
        assert visit.ends() == 0
        assert visit.terminal.restored()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if CLIENT and kind != "latin-5"])
def test_every_screen_can_be_read_over_ssh(kind: str, server: Server) -> None:
    said = {"LANG": "C.UTF-8", "LC_ALL": "", **KINDS[kind]}
    words = ("-o", f"SendEnv={SENT}", "-t", f"{kind.replace(' ', '-')}@127.0.0.1")
    with Guest(Listening, server, 80, 24, *words, settings=said) as guest:
        guest.sees("1 Summits", "q quit")
        suits(kind, guest, walk(guest))
        guest.type("q")
        assert guest.ends() == 0
        assert guest.terminal.restored()


@pytest.mark.parametrize("locales", [("it_IT.UTF-8", "tr_TR.UTF-8")] if CLIENT else [])
def test_the_locale_that_a_client_sends_chooses_the_language_of_its_session(
    locales: tuple[str, str], server: Server
) -> None:
    words = ("-o", f"SendEnv={SENT}", "-t")
    italian, turkish = ({"LANG": locale, "LC_ALL": ""} for locale in locales)
    with (
        Guest(PtyTerminal, server, 80, 24, *words, "anna@127.0.0.1", settings=italian) as one,
        Guest(PtyTerminal, server, 80, 24, *words, "ayse@127.0.0.1", settings=turkish) as other,
    ):
        one.sees("1 Vertici 3", "aiuto")
        other.sees("1 Zirveler 3", "yardım")
        one.type("b")
        other.type("b")
        one.sees("In sintesi")
        other.sees("Kısaca")


def test_the_config_file_chooses_the_language_and_the_theme(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "summit-explorer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('language = "it"\ntheme = "plain"\n[keys]\nquit = ["Q"]\n', encoding="utf-8")
    with Visit(PtyTerminal, 80, 24, tmp_path) as visit:
        screen = visit.sees("1 Vertici", "aiuto")
        assert not _BOXES & set(screen)
        visit.type("q")
        visit.type("/zzx")
        visit.sees("zzx")  # so that the usual key has not ended it
        visit.type(ENTER + "Q")
        assert visit.ends() == 0


def test_the_locale_chooses_the_language(tmp_path: Path) -> None:
    with Visit(PtyTerminal, 80, 24, tmp_path, settings={"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "1"}) as visit:
        visit.sees("1 Zirveler", "yardım", "q çık")
        visit.type("q")
        assert visit.ends() == 0


def test_a_mistake_in_the_config_file_is_told_in_words(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "summit-explorer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('thme = "plain"\n', encoding="utf-8")
    with Visit(PtyTerminal, 80, 24, tmp_path) as visit:
        assert visit.ends() == 2
        visit.sees("config.toml", "line 1", "did you mean “theme”?")
