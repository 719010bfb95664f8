"""The config file: what it sets, what is wrong with it and where, and that it is printed as it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from tui.cli.config import written
from tui.cli.run import run
from tui.cli.summit import summit
from tui.explorer.keymap import configurable, keymap
from tui.language import LANGUAGES
from tui.personal.config_file import ConfigError, read
from tui.personal.config_text import config_text
from tui.personal.settings import LAYOUTS, SETTINGS, Settings

FULL = """\
library = "~/summits \\"one\\""
theme = "light"
language = "tr"
layout = "one"
light = "on"
restore = false
remember = false

[sort]
summits = "oldest"
agreements = "status"

[keys]
timeline = "T"
down = ["j", "ctrl+n"]
clear = []
"""


PLAIN = [field.name for field in fields(Settings)][:7]
"""The settings that are no tables."""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "own" / "config.toml"
    path.parent.mkdir()
    monkeypatch.setenv("SUMMIT_CONFIG", str(path))
    return path


def problems(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read(file)
    assert str(file) in str(caught.value)
    return list(caught.value.problems)


def test_a_file_that_is_not_there_sets_nothing(file: Path) -> None:
    assert read(file) == Settings()


def test_everything_can_be_set(file: Path) -> None:
    file.write_text(FULL, encoding="utf-8")
    found = read(file)
    assert found.library == '~/summits "one"'
    assert [getattr(found, name) for name in PLAIN[1:]] == ["light", "tr", "one", "on", False, False]
    assert found.sort == {"summit": "oldest", "agreement": "status"}
    assert found.keys == {"timeline": ("T",), "down": ("j", "ctrl+n"), "clear": ()}
    assert found.key_lines == {"timeline": 14, "down": 15, "clear": 16}


@pytest.mark.parametrize("text", ["", FULL])
def test_what_is_printed_reads_back_as_the_same(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    before = read(file)
    commands = {name: (written(command.keys), command.help) for name, command in configurable().items()}
    file.write_text(config_text(before, commands, "a head\nof two lines"), encoding="utf-8")
    assert replace(read(file), key_lines={}) == replace(before, key_lines={})


def test_all_that_is_printed_holds_when_the_comments_are_opened(file: Path) -> None:
    commands = {name: (written(command.keys), command.help) for name, command in configurable().items()}
    lines = config_text(Settings(), commands, "head").splitlines()
    opened = [line[1:] if line.startswith("#") and line[1:2] != " " else line for line in lines]
    file.write_text("\n".join(opened), encoding="utf-8")
    found = read(file)
    assert [getattr(found, name) for name in PLAIN] == [getattr(Settings(), name) for name in PLAIN]
    assert set(found.sort) == {"summit", "leader", "topic", "agreement"}
    made, said = keymap(found.keys, found.key_lines)
    assert said == []
    assert made == keymap({}, {})[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('tehme = "dark"', ["line 1: unknown setting “tehme”; did you mean “theme”?"]),
        ('\ntheme = "drak"', ["line 2: theme has no “drak”; did you mean “dark”?"]),
        ("restore = 1", ["line 1: restore is true or false"]),
        ("theme = 3", ["line 1: theme is a text in quotes"]),
        ("sort = 3", ["line 1: sort is a table: [sort], then a line for each"]),
        (
            '[sort]\nsummit = "newest"\nleaders = "nmae"',
            [
                "line 2: [sort] has no “summit”; did you mean “summits”?",
                "line 3: leaders cannot be sorted by “nmae”; did you mean “name”?",
            ],
        ),
        ("[keys]\ndown = 3", ["line 2: the keys of “down” are a text in quotes or a list of them"]),
        ('layout = "zzzz"', ["line 1: layout has no “zzzz”; there is auto, one, two, three"]),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_nearest_name(file: Path, text: str, said: list[str]) -> None:
    assert problems(file, text) == said


def test_what_is_no_toml_or_no_text_is_told_with_its_place(file: Path) -> None:
    assert "line 2" in problems(file, 'theme = "dark"\nlayout = \n')[0]
    file.write_bytes(b'theme = "dark"\n# \xff\n')
    with pytest.raises(ConfigError, match="line 2: it is not UTF-8"):
        read(file)


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read(file)


def test_the_command_says_where_the_file_lies(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(summit, ["config", "--path"]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert run(summit, ["config"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"# Settings of Summit Explorer: {file}\n# There is no such file yet")
    for setting in SETTINGS:
        assert f"\n#{setting.name} = " in out


def test_the_command_writes_the_file_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(summit, ["config", "--init"]) == 0
    assert read(file) == Settings()
    assert "no such file" not in file.read_text(encoding="utf-8")
    file.write_text('theme = "light"\n', encoding="utf-8")
    assert run(summit, ["config", "--init"]) == 2
    assert file.read_text(encoding="utf-8") == 'theme = "light"\n'
    capsys.readouterr()
    assert run(summit, ["config"]) == 0
    out = capsys.readouterr().out
    assert '\ntheme = "light"\n' in out
    assert "no such file" not in out


def test_a_mistake_ends_every_command_that_reads_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\ntimelin = "T"\nsort = "t"\n', encoding="utf-8")
    assert run(summit, ["config"]) == 2
    err = capsys.readouterr().err
    assert "line 2: [keys] has no command “timelin”; did you mean “timeline”?" in err
    assert "line 3: “t” is the key of both sort and timeline; give one of them another" in err
    assert "SUMMIT_CONFIG= summit" in err
    file.write_text('librery = "x"\n', encoding="utf-8")
    assert run(summit, ["search", "energy"]) == 2
    assert "did you mean “library”?" in capsys.readouterr().err


def test_the_library_of_the_file_is_read_where_none_is_named(
    file: Path, tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SUMMIT_LIBRARY", raising=False)
    file.write_text(f"library = '{tiny_library}'\n", encoding="utf-8")
    assert run(summit, ["search", "erdogan"]) == 0
    assert "Summits 3" in capsys.readouterr().out


def test_the_choices_have_a_meaning_each() -> None:
    choices = {setting.name: setting.choices for setting in SETTINGS}
    assert choices["layout"][1:] == LAYOUTS
    assert choices["language"][1:] == LANGUAGES
    assert [setting.name for setting in SETTINGS] == PLAIN
