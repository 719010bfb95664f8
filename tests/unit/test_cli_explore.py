"""What a launch reads without click, it reads as click does; and it leaves alone what is not its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui import language
from tui.cli import summit as cli
from tui.cli.commands import COMMANDS
from tui.cli.explore import Explorer, explore, plainly_asked
from tui.cli.mistake import Mistake
from tui.cli.run import run

WORDS = [
    "leader:erdogan", "2015..", "-greece", "-", "", "a b", "ITALY", "library.json", "~/x", "--", "-h", "--help",
    "--version", "--library", "--library=a.json", "--library=", "--cache", "--cache=/tmp", "--theme", "--theme=plain",
    "--theme=pink", "--light", "--light=x", "--no-light", "--fresh", "--json", "--limit", "3", "plain", "dark",
    "search", "new", "topic", "config", "-x=y", "=", "--guest",
]  # fmt: skip


def by_click(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Explorer | None:
    """Return what click's reading of a command line asks of the explorer; None where it asks something else."""
    asked: list[Explorer] = []

    def note(wanted: Explorer) -> int:
        asked.append(wanted)
        return 0

    monkeypatch.setattr(cli, "open_explorer", note)
    try:
        with cli.summit.make_context("summit", list(arguments)) as context:
            name, command, rest = cli.summit.resolve_command(context, [*context._protected_args, *context.args])
            if command is not cli.explore:
                return None
            with command.make_context(name, rest, parent=context) as inner:
                command.invoke(inner)
    except (click.exceptions.Exit, click.ClickException, Mistake):
        return None
    return asked[0]


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SUMMIT_LIBRARY", "SUMMIT_CACHE", "_SUMMIT_COMPLETE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_settings")
class TestReading:
    @settings(deadline=None)
    @given(st.lists(st.sampled_from(WORDS), max_size=6))
    def test_what_is_read_plainly_is_read_as_by_click(self, arguments: list[str]) -> None:
        asked = plainly_asked(arguments)
        with pytest.MonkeyPatch.context() as patch:
            assert asked is None or asked == by_click(arguments, patch)

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--fresh"],
            ["--guest", "--library", "a.json", "--", ""],
            ["leader:erdogan", "topic:migration"],
            ["~/summits", "status:expected", "--light"],
            ["--library", "a.json", "--cache=b", "--theme", "plain", "--no-light", "x", "-y", "--", "search", "--z"],
        ],
        ids=" ".join,
    )
    def test_usual_launches_need_no_click(self, arguments: list[str]) -> None:
        assert plainly_asked(arguments) is not None

    @pytest.mark.parametrize("name", COMMANDS)
    def test_a_subcommand_is_no_word(self, name: str) -> None:
        assert plainly_asked([name]) is None
        assert plainly_asked(["--fresh", name, "x"]) is None
        assert plainly_asked(["x", name]) == Explorer(("x", name))

    def test_a_shell_that_asks_for_completions_is_answered_by_click(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("_SUMMIT_COMPLETE", "bash_complete")
        assert plainly_asked([]) is None

    def test_the_environment_names_what_no_option_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SUMMIT_LIBRARY", "a.json")
        monkeypatch.setenv("SUMMIT_CACHE", "")
        for arguments in ([], ["x"], ["--library", "b.json"]):
            with pytest.MonkeyPatch.context() as patch:
                assert plainly_asked(arguments) == by_click(arguments, patch)
        assert plainly_asked([]) == Explorer(library=Path("a.json"))


def test_a_launch_loads_neither_click_nor_what_other_commands_need() -> None:
    program = "import sys; import tui.__main__, tui.cli.explore, tui.cli.library; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"click", "textual", "tui.cli.summit", "tui.cli.edit", "rapidfuzz", "tinydb"}


def test_a_launch_loads_nothing_of_what_is_done_on_demand() -> None:
    program = "import sys; from tui.explorer.launch import prepare; prepare(); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split())
    assert "tui.explorer.on_demand" in loaded
    names = (
        "viewing",
        "exporting",
        "curating",
        "small_changes",
        "giving",
        "browser",
        "choices",
        "asking",
        "page_screen",
    )
    assert not loaded & {f"tui.explorer.{name}" for name in names}


def test_only_the_command_that_is_named_is_loaded() -> None:
    program = (
        "import sys; from tui.cli.summit import run, summit; run(summit, ['completion', 'fish']); print(*sys.modules)"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"tui.cli.edit", "tui.cli.export", "tui.cli.importing", "tui.cli.serve"}


def test_every_command_has_its_own_name() -> None:
    assert [(name, cli.summit.commands[name].name) for name in cli.summit.commands] == [
        (name, name) for name in COMMANDS
    ]


def test_a_mistake_of_clicks_is_told_as_ours(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def refuse() -> None:
        raise click.ClickException("it is no good")

    assert run(refuse, []) == 2
    assert capsys.readouterr().err == "summit: it is no good\n"


def test_what_a_launch_refuses_is_said_in_the_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "it_IT.UTF-8")
    monkeypatch.setenv("SUMMIT_CONFIG", "")
    english = "the explorer needs a terminal"
    with pytest.raises(Mistake) as told:
        explore(Explorer(("rome",)))
    assert english not in str(told.value)
    assert "summit search rome" in str(told.value)
    language.use(language.ENGLISH)
