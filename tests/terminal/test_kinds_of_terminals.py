"""Terminals of all kinds, locales and wishes: what is shown can be read, and nothing is sent that it cannot show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.terminals import PtyTerminal, Visit

_COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
_BOXES = set("│─╭╮╰╯▌")

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


class Listening(PtyTerminal):
    """A terminal of which it is known what was sent to it."""

    @property
    def sent(self) -> bytes:
        self._read()
        return self._written


@pytest.mark.parametrize("kind", KINDS)
def test_a_visit_can_be_read(kind: str, tmp_path: Path) -> None:
    with Visit(Listening, 80, 24, tmp_path, settings=KINDS[kind]) as visit:
        visit.sees("1 Summits", "q quit", "2025-12-05 India")
        visit.type("/izmir berlusconi\r")
        visit.sees("2008-11-12", without="2025-12-05")
        visit.type("\r")
        screen = visit.sees("12 November 2008", "Silvio Berlusconi")
        assert "\\u" not in screen
        assert "Traceback" not in screen
        terminal = visit.terminal
        assert isinstance(terminal, Listening)
        sent = terminal.sent
        if kind == "locale C":
            assert sent.isascii()
            assert "Izmir" in screen
        if kind == "latin-5":
            assert "?" not in screen.replace("? help", "")
        if kind in {"locale C", "latin-5"}:
            assert not _BOXES & set(screen)
        if kind == "linux":
            assert not set("❯⏎╭…≠") & set(screen)
        if kind == "no colour":
            codes = {code for found in _COLOURS.findall(sent) for code in found[2:-1].split(b";")}
            assert not [code for code in codes if code[:1] in {b"3", b"9"} and len(code) == 2 and code not in {b"39"}]
            assert b"38" not in codes
        visit.type("q")
        assert visit.ends() == 0
        assert terminal.restored()


def test_the_config_file_chooses_the_language_and_the_theme(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "summit-explorer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('language = "it"\ntheme = "plain"\n[keys]\nquit = ["Q"]\n', encoding="utf-8")
    with Visit(PtyTerminal, 80, 24, tmp_path) as visit:
        screen = visit.sees("1 Vertici", "aiuto")
        assert not _BOXES & set(screen)
        visit.type("q")
        visit.type("Q")
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
