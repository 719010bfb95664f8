"""Which commands of a client are answered, and with which options."""

from __future__ import annotations

import pytest

from tui.serve.guests import LONGEST_COMMAND, RefusalError, cleaned, words_of


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("leader:erdogan  topic:energy", "leader:erdogan  topic:energy"),
        ("summit leader:erdogan", "leader:erdogan"),
        ("summit", ""),
        ("summit:rome-2025", "summit:rome-2025"),
        ("  search energy ", "search energy"),
        ("a\x1b[31mb\x00c\nd\x9be", "a [31mb c d e"),
        ("x" * 1_000_000, "x" * (LONGEST_COMMAND + 1)),
    ],
    ids=lambda text: text[:20],
)
def test_a_command_is_cleaned(command: str, meant: str) -> None:
    assert cleaned(command) == meant


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("leader:erdogan", []),
        ("searching", []),
        ("bash -c id", []),
        ("serve --port 1", []),
        ("search energy --json", ["search", "energy", "--json"]),
        ("search --limit=3 -greece 'two words'", ["search", "--limit=3", "-greece", "two words"]),
        ("search -- --library", ["search", "--", "--library"]),
        ("show rome-2025 --json", ["show", "rome-2025", "--json"]),
        ("brief rome-2025 --markdown", ["brief", "rome-2025", "--markdown"]),
        ("check --json", ["check", "--json"]),
        ("export energy --to csv --kind=topic", ["export", "energy", "--to", "csv", "--kind=topic"]),
        ("search --json -- -x", ["search", "--json", "--", "-x"]),
    ],
)
def test_a_few_commands_are_answered(command: str, words: list[str]) -> None:
    assert words_of(command) == words


@pytest.mark.parametrize(
    "command",
    [
        "search x --library /etc",
        "search x --cache=/tmp",
        "search x --unknown",
        "show --library=/etc/passwd x",
        "show x --limit 3",
        "brief x --library /etc",
        "check /etc",
        "check -- /etc",
        "check --library /etc",
        "search 'unclosed",
        "export x --to csv --output /tmp/x",
        "export x --to csv --output=/tmp/x --force",
        "export --to json --id -- --output /tmp/x",
        "search --limit -- --library /etc",
        "search " + "x" * LONGEST_COMMAND,
    ],
)
def test_no_option_names_a_file(command: str) -> None:
    with pytest.raises(RefusalError):
        words_of(command)
