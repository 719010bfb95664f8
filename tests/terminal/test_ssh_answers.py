"""Plain answers over SSH: what a visitor learns when the question, the library or the program is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import Server, connected, served
from tui.library import shipped_library
from tui.serve.guests import LONGEST_COMMAND

_FAULTY = """
import tui.serve.answers as answers

inside = '''
import os, sys
from tui.index import Index
from tui.cli.summit import main

def breaks(*_):
    raise RuntimeError("injected")

if sys.argv[1] == "check":
    breaks()
if sys.argv[1] == "brief":
    os.kill(os.getpid(), 9)
Index.record = breaks
main()
'''
real = answers.asyncio.create_subprocess_exec

def instead(python, _, __, *words, **options):
    return real(python, "-c", inside, *words, **options)

answers.asyncio.create_subprocess_exec = instead
from tui.cli.summit import main
main()
"""
"""Its answers fail: `show` by a fault that it catches, `check` by one that it does not; `brief` is killed."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    with served(write_tiny_library(folder / "tiny"), folder) as running:
        yield running


async def answered(server: Server, command: str | bytes, **options: str) -> tuple[int | None, str, str]:
    """Return the exit code of a command, and what it has written on its two streams."""
    async with connected(server) as connection:
        ended = await connection.run(command, encoding="utf-8", **options)  # type: ignore[arg-type]
        return ended.exit_status, str(ended.stdout), str(ended.stderr)


@pytest.mark.parametrize(
    ("command", "told"),
    [("show rome-2025", "RuntimeError: injected"), ("check", "RuntimeError: injected"), ("brief x", "ended with -9")],
)
@pytest.mark.parametrize("terminal", [False, True])
async def test_of_a_fault_the_visitor_gets_a_line_and_the_log_the_rest(
    tmp_path: Path, tiny_library: Path, command: str, told: str, *, terminal: bool
) -> None:
    with served(tiny_library, tmp_path, program=("-c", _FAULTY)) as server:
        code, out, error = await answered(server, command, **({"term_type": "xterm"} if terminal else {}))
        fault = await asyncio.to_thread(server.logged, "fault")
        closed = await asyncio.to_thread(server.logged, "closed", what="fault")
    said, silent = (out, error) if terminal else (error, out)
    assert silent == ""
    number = fault["fault"]
    assert said.rstrip() == f"summit: sorry, this is a fault of ours; it is in the host's log as {number}."
    assert (code, closed["code"]) == (70, 70)
    assert told in fault["traceback"]


async def test_no_answer_names_a_place_of_the_host(tmp_path: Path) -> None:
    library = write_tiny_library(tmp_path / "tiny")
    with served(library, tmp_path) as server:
        broken = library / "broken.json"
        broken.write_text('{"topics": {"1": {"id": "energy", "name": 5}}}', encoding="utf-8")
        code, out, error = await answered(server, "check")
        assert (code, out.count("\n")) == (1, 1)
        assert out.startswith("broken.json: energy: name: ")
        code, listed, _ = await answered(server, "check --json")
        assert code == 1
        assert json.loads(listed)["library"] == "tiny"
        assert [problem["file"] for problem in json.loads(listed)["problems"]] == ["broken.json"]
        said = [out, error, listed]
        broken.write_text("{", encoding="utf-8")
        for command in ("check", "show nobody", "search energy", "export --to json", "export --to ics", "brief nobody"):
            said += (await answered(server, command))[1:]
        for file in library.iterdir():
            file.unlink()
        for command in ("check", "show nobody", "export --to json"):
            code, out, error = await answered(server, command)
            assert (code, out) == (2, "")
            said.append(error)
        assert "the library of this host cannot be read now" in said[-1]
    assert [text for text in said if str(tmp_path) in text or str(Path.home()) in text] == []


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("search " + "x" * 100_000, f"the command is too long; this host takes {LONGEST_COMMAND} characters"),
        ("show " + "x" * 1_000, "no record has the id 'xxx"),
        ("search energy --limit -1", "--limit"),
        ("search energy --limit", "--limit"),
        ("search energy --limit=\x1b[2J", "--limit"),
        ("search energy --json=yes", "--json"),
        ("search", "QUERY"),
        ("search --x\x1b]0;title\x07", "--x is not for guests"),
        ("show", "ID"),
        ("show \x1b[31mx\x00\ny\x9b", "unexpected extra argument"),
        ("show '\x1b[31mx\x00\ny\x9b\u202e'", "no record has the id ' [31mx  y  '"),
        ("export --to \x1b[31mpdf energy", "'[31mpdf' is not one of"),
        ("export --to pdf energy", "pdf"),
        ("search 'energy", "a quotation mark"),
    ],
    ids=lambda text: text[:24].encode("unicode_escape").decode(),
)
async def test_a_question_that_cannot_be_answered_is_refused_in_clear_words(
    server: Server, command: str, told: str
) -> None:
    code, out, error = await answered(server, command)
    assert (code, out) == (2, "")
    assert told in error
    assert len(error) < 1_000
    assert all(line.isprintable() for line in error.splitlines())


async def test_letters_that_are_no_utf_8_are_what_is_said_to_be_wrong(server: Server) -> None:
    for command in (b"search Erdo\xf0an", b"Erdo\xf0an"):
        assert await answered(server, command) == (
            2,
            "",
            "summit: the command is not in UTF-8, which this host reads\n",
        )


async def test_who_takes_the_end_of_an_export_slowly_gets_it_whole(tmp_path: Path) -> None:
    """What is under way when the answer has been made is not lost with a connection that has no session any more."""
    with served(shipped_library(), tmp_path, "--login-grace", "1") as server:
        _, whole, _ = await answered(server, "export --to json")
        async with connected(server) as connection:
            process = await connection.create_process("export --to json", encoding=None, window=32_768)
            begun = await process.stdout.readexactly(len(whole.encode()) - 100_000)
            # Time for the answer to be all under way, and for the host to do what it does then.
            await asyncio.sleep(3)
            rest = await process.stdout.read()
            await process.wait_closed()
    assert (begun + rest).decode() == whole
    assert process.exit_status == 0
