"""What the README and the pages beside it tell people to type is taken by the program, and does what is said."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest

from tui.cli.run import run
from tui.cli.serve import serve
from tui.cli.summit import summit
from tui.index.query import LONGEST
from tui.library import check
from tui.serve import limits, packets, pasting, wire
from tui.serve.guests import cleaned, words_of

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

STANDS_FOR = {"ID": "it-tr-2025-rome", "OTHER": "hydrogen", "KEPT": "energy", "COMMAND": "search"}
"""What is meant by the words that a reader replaces."""

ANSWERED = ("search", "show", "brief", "export", "check", "set", "link", "merge", "undo", "completion", "config")
"""Commands that need no terminal; `new` is one where it is told all."""


def typed(page: Path, program: str) -> Iterator[str]:
    """Yield the command lines of a page that begin with a program, in blocks and in sentences, without comments."""
    text = page.read_text(encoding="utf-8")
    for line in re.findall(rf"^ {{4}}({program} .*|{program})$", text, re.MULTILINE):
        yield re.split(r" +#", line)[0].rstrip()
    said = re.findall(rf"`({program} [^`]*)`", re.sub(r"^ {4}.*$", "", text, flags=re.MULTILINE))
    yield from (line for line in said if len(line.split()) > 2 or "-" in line)  # others only name a command


def words(line: str) -> list[str]:
    """Return the words after the program's name, as a shell takes them apart, up to where the output goes."""
    found = shlex.split(line.partition(" > ")[0])[1:]
    return [STANDS_FOR.get(word, word) for word in found]


LOCAL = [line for page in PAGES for line in typed(page, "summit") if "…" not in line]
ASKED = [line for page in PAGES for line in typed(page, "ssh") if " host" in line and "…" not in line]


@pytest.fixture
def own(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped library, which is the one that commands read and change."""
    library = tmp_path / "own"
    shutil.copytree(shipped, library)
    for name, value in (("SUMMIT_LIBRARY", library), ("SUMMIT_CACHE", tmp_path / "cache"), ("HOME", tmp_path)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("SUMMIT_CONFIG", str(tmp_path / "config.toml"))
    return library


def test_there_are_commands_to_look_at() -> None:
    assert len(LOCAL) > 25
    assert len(ASKED) > 8


@pytest.mark.parametrize("line", LOCAL)
def test_a_command_line_is_one_that_the_program_takes(line: str) -> None:
    with summit.make_context("summit", words(line)) as context:
        name, command, rest = summit.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        with suppress(click.exceptions.Exit):  # `--help` has been shown
            command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("line", [line for line in LOCAL if words(line)[:1] and words(line)[0] in ANSWERED])
def test_a_command_line_does_what_is_said(
    line: str, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "summits").symlink_to(own)
    (tmp_path / "trips").symlink_to(own)
    if words(line)[0] == "undo":
        assert run(summit, ["set", "it-tr-2025-rome", "city=Roma"]) == 0
    changes = words(line)[0] in ("merge", "undo")
    assert run(summit, [*words(line), *(["--yes"] if changes else [])]) == 0
    assert capsys.readouterr().out
    assert not list(check(own))


def test_what_is_added_at_once_is_added(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for line in LOCAL if words(line)[:1] == ["new"] and "=" in line]
    assert lines
    for line in lines:
        assert run(summit, words(line)) == 0
        assert "added" in capsys.readouterr().out
    assert not list(check(own))


@pytest.mark.parametrize("line", ASKED)
def test_what_is_asked_of_a_host_is_answered_or_opens_the_explorer(line: str) -> None:
    before, _, asked = line.partition(" > ")[0].partition(" host")
    command = cleaned(" ".join(shlex.split(asked)))
    for word, meant in STANDS_FOR.items():
        command = re.sub(rf"\b{word}\b", meant, command)
    assert not command or " -t" in before + asked or words_of(command)


def test_the_mapping_that_is_shown_brings_the_table_in_that_is_shown(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/importing.md").read_text(encoding="utf-8")
    table = re.search(r"^( {4}number,.*\n(?: {4}.*\n)+)", page, re.MULTILINE)
    mapping = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert table
    assert mapping
    (tmp_path / "visits.csv").write_text(textwrap.dedent(table[1]), encoding="utf-8")
    (tmp_path / "visits.toml").write_text(mapping[1], encoding="utf-8")
    words = ["import", str(tmp_path / "visits.csv"), "--mapping", str(tmp_path / "visits.toml"), "--into"]
    assert run(summit, [*words, str(tmp_path / "trips"), "--new"]) == 0
    assert "2 new summits" in capsys.readouterr().out
    assert run(summit, [*words, str(tmp_path / "trips")]) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert not list(check(tmp_path / "trips"))


def test_every_option_of_the_server_is_described() -> None:
    text = (ROOT / "docs/serving.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| (?:`.*`, )?`(--[a-z-]+)|, `(--[a-z-]+)", text, re.MULTILINE))
    options = {name for option in serve.params if isinstance(option, click.Option) for name in option.opts}
    assert {name for pair in described for name in pair if name} <= options
    assert not {name for name in options if name not in text}


def test_what_a_page_names_in_the_tree_is_there() -> None:
    found = [
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"`((?:tui|tests|benchmarks|data|docs)/[^` ]*)`", page.read_text(encoding="utf-8"))
    ]
    assert len(found) > 30
    assert not [(page, name) for page, name in found if not list(ROOT.glob(name.rstrip("/").replace("…", "*")))]


def test_names_of_the_code_are_those_that_there_are() -> None:
    text = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    for name, file in re.findall(r"`([A-Z_a-z]+)`(?: and `[A-Z_a-z]+`)? (?:of|in) `(tui/[a-z_/]+\.py)`", text):
        assert re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8")), (name, file)


def test_the_limits_of_the_server_are_those_that_are_said() -> None:
    text = " ".join((ROOT / "docs/serving.md").read_text(encoding="utf-8").split())
    for said in (
        f"taken as {limits.COLUMNS[0]} to {limits.COLUMNS[1]} columns and {limits.ROWS[0]} to {limits.ROWS[1]} rows",
        f"faster than {limits.CELLS_A_SECOND:,} cells a second (after the first {limits.CELLS_AT_ONCE:,})",
        f"{limits.KEYS_A_SECOND} keys and {limits.BYTES_A_SECOND // 1000} kB a second pass",
        f"Of a paste {pasting.MOST // 1024} kB are taken, of which a query reads {LONGEST:,} characters",
        f"let go as it comes, at {limits.BYTES_A_SECOND / limits.LET_GO / 1e6:.0f} MB a second at most",
        f"read at {wire.INCOMING_A_SECOND // 1000} kB a second, after the first {wire.INCOMING_AT_ONCE // 1000} kB",
        f"less than {wire.SMALLEST_PACKET:,} bytes a packet",
        f"more than a packet may hold ({packets.LONGEST_PACKET // 1000} kB)",
        f"dropped when {limits.WAITING_FRAMES // 1000} kB are under way",
        f"at once whoever has {wire.MOST_UNSENT // 1_000_000} MB waiting",
    ):
        assert said in text, said


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "data/README.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
