"""The server's log: a JSON object a line, whatever a client calls itself."""

from __future__ import annotations

import io
import json

from tui.serve.log import Journal, Refusals, SessionLog


def test_a_name_can_neither_forge_a_line_nor_write_to_a_terminal() -> None:
    stream = io.StringIO()
    Journal(stream).note("came in", user='x"}\n{"event":"forged"}\x1b[2J\x9b' + "y" * 10_000, seconds=1.5)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    entry = json.loads(lines[0])
    assert entry["event"] == "came in"
    assert entry["seconds"] == 1.5
    assert entry["time"].endswith("Z")
    assert len(entry["user"]) < 1000
    assert entry["user"].isprintable()


def test_a_fault_is_kept_with_its_traceback() -> None:
    stream = io.StringIO()
    try:
        raise RuntimeError("broken")
    except RuntimeError as error:
        Journal(stream).fault("a1b2", error)
    entry = json.loads(stream.getvalue())
    assert entry["fault"] == "a1b2"
    assert "RuntimeError: broken" in entry["traceback"]


def test_a_fault_is_written_without_control_characters() -> None:
    stream = io.StringIO()
    Journal(stream).fault("a1b2", RuntimeError("first\x1b[2J\n  second\x9b\x7f"))
    assert json.loads(stream.getvalue())["traceback"] == "RuntimeError: first[2J\n  second"
    assert "\x9b" not in stream.getvalue()


def test_a_log_that_cannot_be_written_ends_nothing() -> None:
    stream = io.StringIO()
    stream.close()
    Journal(stream).note("came in")


def test_a_session_that_was_refused_is_neither_opened_nor_closed() -> None:
    stream = io.StringIO()
    Refusals(Journal(stream), "7-1").note("command", "sh -c 'id\x1b[2J'" + "x" * 1_000)
    SessionLog(Journal(stream), "7-1").closed("left", 2, 80)
    (entry,) = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (entry["event"], entry["session"], entry["what"]) == ("refused", "7-1", "command")
    assert entry["name"].startswith("sh -c 'id[2J'xxx")
    assert len(entry["name"]) <= 200


def test_a_session_is_opened_and_closed() -> None:
    stream = io.StringIO()
    told = SessionLog(Journal(stream), "7-1")
    told.opened("explorer", (80, 24))
    told.closed("idle", 0, 9_000)
    opened, closed = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (opened["event"], opened["what"], opened["columns"], opened["rows"]) == ("opened", "explorer", 80, 24)
    assert (closed["event"], closed["what"], closed["code"], closed["bytes"]) == ("closed", "idle", 0, 9_000)
