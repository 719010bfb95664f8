"""What is proposed is what its reader can type: on this machine, as a guest of a host, or without a terminal."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli.summit import main
from tui.cli.typed import instead_of_exploring, typed
from tui.serve.guests import ALLOWED, GUEST, words_of

Printed = Callable[..., tuple[int, str]]


@pytest.fixture
def printed(
    tiny_library: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Printed:
    """Runs `summit` as a host does for a guest, and returns its exit code and all that it has written."""
    monkeypatch.setenv(GUEST, "1")
    monkeypatch.setenv("SUMMIT_LIBRARY", str(tiny_library))
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SUMMIT_CONFIG", "")

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        out, error = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out + error

    return run


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        (("show", "nobody-of-this-name"), "`ssh HOST search WORD` prints ids"),
        (("export", "--to", "csv", "--id", "nobody"), "`ssh HOST search WORD` prints ids"),
        (("brief", "nobody"), "`ssh HOST search WORD` prints ids"),
        (("brief", "recep-tayyip-erdogan"), "; ssh HOST show recep-tayyip-erdogan prints the leader"),
        (("search",), "Try 'ssh HOST search --help'"),
        (("export", "energy"), "Usage: ssh HOST export [OPTIONS]"),
        (("search", "--limit", "few", "energy"), "Try 'ssh HOST search --help'"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_guest_is_proposed_what_a_guest_can_type(printed: Printed, words: tuple[str, ...], proposed: str) -> None:
    code, said = printed(*words)
    assert code == 2
    assert proposed in said
    assert not re.search(r"\bsummit (search|show|brief|check|export)\b", said)


@pytest.mark.parametrize("command", ALLOWED)
@pytest.mark.parametrize("spoken", ["en", "it", "tr"])
def test_the_help_for_a_guest_names_nothing_that_is_refused(
    printed: Printed, monkeypatch: pytest.MonkeyPatch, command: str, spoken: str
) -> None:
    monkeypatch.setenv("LC_ALL", f"{spoken}.UTF-8")
    code, said = printed(command, "--help")
    assert code == 0
    assert set(re.findall(r"--[a-z][a-z-]*", said)) <= ALLOWED[command]
    examples = [line.strip() for line in said.splitlines() if line.startswith("  ssh HOST ")]
    assert examples
    for example in examples:
        # What stands behind a pipe or an arrow is for the shell of whoever types it.
        sent = shlex.split(example.partition(" | ")[0].partition(" > ")[0])[2:]
        assert words_of(" ".join(sent))
    assert "summit " + command not in said


def test_a_guest_is_not_told_to_mend_the_library_of_a_host(printed: Printed, tiny_library: Path) -> None:
    (tiny_library / "broken.json").write_text("{", encoding="utf-8")
    assert printed("search", "energy") == (2, "summit: the library of this host cannot be read now\n")
    (tiny_library / "broken.json").unlink()
    code, answer = printed("search", "energy")
    assert code == 0
    (tiny_library / "broken.json").write_text("{", encoding="utf-8")
    assert printed("search", "energy") == (0, answer)


def test_on_the_machine_itself_commands_are_as_they_are(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(GUEST)
    assert "`summit search WORD` prints ids" in printed("show", "nobody")[1]
    assert "--output" in printed("export", "--help")[1]
    assert typed("search", "leader:erdogan izmir") == "summit search 'leader:erdogan izmir'"


@pytest.mark.parametrize(
    ("words", "environment", "command"),
    [
        (("energy", "rome"), {}, "summit search 'energy rome'"),
        ((), {}, "summit search erdogan"),
        (("energy", "rome"), {"SSH_TTY": "/dev/pts/1"}, "summit search 'energy rome'"),
        (("energy", "rome"), {"SSH_TTY": ""}, "ssh -t HOST summit 'energy rome'"),
        ((), {"SSH_TTY": ""}, "ssh -t HOST summit"),
        (("energy rome",), {"SSH_TTY": "", "SSH_ORIGINAL_COMMAND": "energy rome"}, "ssh -t HOST 'energy rome'"),
        (("",), {"SSH_TTY": ""}, "ssh -t HOST"),
    ],
    ids=["here", "here, nothing", "in a session", "without -t", "without -t, nothing", "forced", "forced, nothing"],
)
def test_who_has_no_terminal_is_told_how_to_have_one(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], environment: dict[str, str], command: str
) -> None:
    if environment:
        monkeypatch.setenv("SSH_CONNECTION", "::1 1 ::1 22")
    for name, value in environment.items():
        if value:
            monkeypatch.setenv(name, value)
    assert instead_of_exploring(words) == command


def test_the_library_that_was_named_is_in_what_is_to_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert instead_of_exploring(("rome",), Path("my summits")) == "summit search --library 'my summits' rome"
    monkeypatch.setenv("SSH_CONNECTION", "::1 1 ::1 22")
    assert instead_of_exploring(("rome",), Path("mine")) == "ssh -t HOST summit mine rome"
