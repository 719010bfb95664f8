"""`summit export` as its users meet it: what it writes, where, and with which exit code."""

from __future__ import annotations

import codecs
import csv
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli.export import FORMS
from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.out import FORMATS

Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str], tmp_path: Path, tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return what runs `summit export` with arguments and gives its exit code and both its streams."""
    monkeypatch.setenv("SUMMIT_LIBRARY", str(tiny_library))
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "cache"))

    def answer(*arguments: str) -> Answer:
        code = run(summit, ["export", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return answer


def test_the_command_offers_what_there_is() -> None:
    assert tuple(FORMATS) == FORMS, "FORMS in tui/cli/export.py"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_for_a_query(form: str, ask: Ask) -> None:
    code, out, err = ask("leader:erdogan", "2025", "--to", form)
    assert code == 0
    assert out
    assert "Traceback" not in err


def test_a_word_with_a_minus_is_a_term(ask: Ask) -> None:
    whole, less = ask("--to", "json"), ask("-rome", "--to", "json")
    assert len(json.loads(less[1])["summits"]) < len(json.loads(whole[1])["summits"])


def test_one_record_by_its_id(ask: Ask) -> None:
    code, out, err = ask("--id", "recep-tayyip-erdogan", "--to", "jsonl")
    assert (code, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["type"] for line in lines] == ["leader", "source"]
    code, out, err = ask("--id", "recep-tayip", "--to", "jsonl")
    assert (code, out) == (2, "")
    assert "recep-tayyip-erdogan" in err


def test_what_is_left_out_is_said_on_the_other_stream(ask: Ask) -> None:
    code, out, err = ask("--to", "ics")
    assert code == 0
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    assert "1 summit of which the day is not known" in err
    assert "4 leaders" in err


def test_nothing_found_is_1_and_a_mistake_2(ask: Ask) -> None:
    assert ask("atlantis", "--to", "markdown")[:2] == (1, "")
    for wrong in (["leadr:erdogan", "--to", "csv"], ["--to", "docx"], ["rome"], ["--to", "json", "--bom"]):
        code, out, err = ask(*wrong)
        assert (code, out) == (2, "")
        assert err


def test_a_file_is_replaced_only_by_force(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "out" / "rome.md"
    code, _, err = ask("rome", "--to", "markdown", "--output", str(target))
    assert code == 2
    assert "cannot be written" in err
    target.parent.mkdir()
    assert ask("rome", "--to", "markdown", "--output", str(target))[0] == 0
    first = target.read_bytes()
    code, _, err = ask("athens", "--to", "markdown", "--output", str(target))
    assert code == 2
    assert "--force" in err
    assert target.read_bytes() == first
    assert ask("athens", "--to", "markdown", "--output", str(target), "--force")[0] == 0
    assert target.read_bytes() != first
    assert [path.name for path in target.parent.iterdir()] == ["rome.md"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask


def test_a_table_for_a_spreadsheet(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "agreements.csv"
    asked = ["--to", "csv", "--kind", "agreement", "--bom", "--safe-formulas", "--output", str(target)]
    assert ask(*asked)[0] == 0
    assert target.read_bytes().startswith(codecs.BOM_UTF8 + b"id,title,")
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) > 2


def test_a_reader_that_has_seen_enough_ends_the_export(shipped: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SUMMIT_LIBRARY": str(shipped), "SUMMIT_CACHE": str(tmp_path)}
    command = [sys.executable, "-m", "tui", "export", "--to", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert json.loads(export.stdout.readline())["type"] == "summit"
        export.stdout.close()
        assert export.stderr.read() == b""
    assert export.returncode == 141


def test_bytes_are_utf_8_whatever_the_terminal_is(tiny_library: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SUMMIT_CACHE": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "tui", "export", "--to", "json", "--library", str(tiny_library)]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "Recep Tayyip Erdoğan" in done.stdout.decode("utf-8")
