"""The `summit` command in other languages: nothing that it says is left in English, and data stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import language
from tui.cli.commands import COMMANDS
from tui.cli.export import FORMS
from tui.cli.run import run
from tui.cli.summit import summit
from tui.explorer.keymap import configurable
from tui.index.orders import SORTS
from tui.index.query import FIELDS
from tui.personal.settings import SETTINGS
from tui.records import TABLES
from tui.vocabulary import INSTRUMENTS, ROLES, SECTORS, STATUSES, SUMMIT_STATUSES

Ask = Callable[..., tuple[int, str]]

PEOPLE = "name,born\nAnna Verdi,1970\nAnna Verdi,1970\n,1980\n"
MAPPING = """
[source]
url = "https://example.org/people"
[[leader]]
name = "{name}"
country = "IT"
offices = []
"""

TYPED: list[tuple[str, ...]] = [
    ("--help",),
    ("search", "erdogan"),
    ("search", "status:singed"),
    ("search", "leeder:erdogan"),
    ("search", "erdogan", "--limit", "1"),
    ("show", "rome-2025"),
    ("show", "erdogan"),
    ("show", "romme"),
    ("brief", "rome-2025"),
    ("brief", "erdogan"),
    ("check",),
    ("check", "{bad}"),
    ("check", "{torn}"),
    ("check", "{nowhere}"),
    ("config",),
    ("export", "--to", "markdown"),
    ("export", "--to", "ics"),
    ("export", "--to", "csv", "--kind", "topic", "--output", "{folder}/out.csv"),
    ("export", "--to", "csv", "--kind", "topic", "--output", "{folder}/out.csv"),
    ("export", "--to", "json", "--bom"),
    ("init", "{folder}/mine", "--shipped"),
    ("init", "{folder}/empty"),
    ("init", "{folder}/empty"),
    ("import", "{folder}/people.csv", "--mapping", "{folder}/people.toml", "--into", "{own}", "--dry-run"),
    ("import", "{folder}/people.csv", "--mapping", "{folder}/people.toml", "--into", "{own}"),
    ("import", "{folder}/people.csv", "--into", "{own}"),
    ("import", "{nowhere}", "--into", "{own}"),
    ("import", "{nowhere}", "--into", "{nowhere}"),
    ("new", "topic", "name=Hydrogen", "sector=energy", "--library", "{own}"),
    ("new", "topic", "nam=Hydrogen", "--library", "{own}"),
    ("new", "topic", "--library", "{own}"),
    ("set", "rome-2025", "city=Roma", "--library", "{own}"),
    ("set", "rome-2025", "status=helt", "--library", "{own}"),
    ("set", "rome-2025", "start=2025-13", "--library", "{own}"),
    ("link", "rome-2025", "hydrogen", "--library", "{own}"),
    ("link", "rome-2025", "hydrogen", "--library", "{own}"),
    ("merge", "hydrogen", "energy", "--library", "{own}"),
    ("merge", "hydrogen", "energy", "--yes", "--library", "{own}"),
    ("delete", "hydrogen", "--yes", "--library", "{own}"),
    ("undo", "--yes", "--library", "{own}"),
    ("redo", "--yes", "--library", "{own}"),
    ("redo", "--yes", "--library", "{own}"),
    ("serve", "--authorized-keys", "{nowhere}", "--host-key", "{folder}/key"),
    ("completion", "--help"),
    ("erdogan",),
    *((name, "--help") for name in COMMANDS),
]

SAME = """
ms Summit Explorer summit true false auto dark light contrast terminal plain one two three summits leaders topics
agreements enter space tab escape backspace delete insert home end pageup pagedown shift ctrl left right down
Markdown JSON Lines jsonl CSV iCalendar BibTeX CSL RIS Popolo README Excel UTF SSH csv bibtex library id ics
config toml
bash zsh fish keys ndjson yaml yml theirs colleague
nowhere torn people mine empty Wikidata Excel EndNote Zotero Pandoc LaTeX
"""
"""Names, and words of a config file, which are the same in every language."""

CLICK = "Uso Opzioni predefinito variabile ambiente obbligatorio"
"""Click's own words, which come from the catalogue by another way; the test below looks at them."""


@pytest.fixture
def folder(tmp_path: Path, tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with libraries, good and bad, and a table; the command is kept away from the user's own."""
    for name, value in (("SUMMIT_LIBRARY", tiny_library), ("SUMMIT_CACHE", tmp_path / "cache"), ("HOME", tmp_path)):
        monkeypatch.setenv(name, str(value))
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "NO_COLOR", "LANGUAGE", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SUMMIT_CONFIG", str(tmp_path / "config.toml"))
    for name in ("bad", "torn"):
        (tmp_path / name).mkdir()
    bad = {
        "1": {"id": "x", "name": "X", "sector": "nothing"},
        "2": {"id": "y", "nam": "Y"},
        "3": {"id": "z", "name": 1},
    }
    (tmp_path / "bad" / "topics.json").write_text(json.dumps({"topics": bad}), encoding="utf-8")
    (tmp_path / "torn" / "a.json").write_text('{"topics": {"1": {', encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "people.toml").write_text(MAPPING, encoding="utf-8")
    run(summit, ["import", str(tiny_library), "--into", str(tmp_path / "own"), "--new"])
    return tmp_path


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what runs `summit` and gives its exit code and all that it said."""

    def answer(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        places = {name: str(folder / name) for name in ("bad", "torn", "nowhere", "own")} | {"folder": str(folder)}
        code = run(summit, [word.format(**places) if "{" in word else word for word in words])
        return code, "".join(capsys.readouterr())

    return answer


class _Pseudo:
    """A language that nobody speaks: each letter of a message is another, so that what can be read is English."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{[^}]*\}|`[^`]*`|--[a-z-]+|[A-Za-z]", self._letter, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def _letter(self, found: re.Match[str]) -> str:
        return found[0] if len(found[0]) > 1 else "ж"


def known_words(folder: Path) -> str:
    """Return the words that may be read: those of the data, of paths and formats, and what is typed."""
    files = [file for file in folder.rglob("*") if file.suffix in (".json", ".csv", ".toml")]
    written = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    fields = [name for made in TABLES.values() for name in made.__struct_fields__]
    names = [*COMMANDS, *FORMS, *FIELDS, *fields, *TABLES, *(setting.name for setting in SETTINGS)]
    names += [word for table in (SECTORS, INSTRUMENTS, STATUSES, SUMMIT_STATUSES, ROLES) for word in table]
    names += [*configurable(), *(order for orders in SORTS.values() for order in orders)]
    names += [*language.locale()["months"], *language._countries("it").values(), str(folder), SAME, CLICK]
    return " ".join([*written, *names]).lower()


def test_no_english_is_left_in_what_the_command_says(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", lambda _: _Pseudo())
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    left: dict[str, set[str]] = {}
    for words in TYPED:
        said = ask(*words)[1]
        data = f"{known_words(folder)} {' '.join(words)}"
        said = re.sub(r"`[^`]*`|--?[a-z-]+|[A-Z][A-Z_=.]+\b|\b\w+\.(json|toml|csv|md)\b", " ", said)
        seen = {word for word in re.findall(r"[A-Za-z]{3,}", said) if word.lower() not in data}
        if seen:
            left[" ".join(words)] = seen
    assert left == {}, "\n".join(f"{k}: {sorted(v)}" for k, v in left.items())


@pytest.mark.parametrize(("code", "usage", "wrong"), [("it", "Uso:", "Errore:"), ("tr", "Kullanım:", "Hata:")])
def test_click_says_its_own_words_in_the_language(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, code: str, usage: str, wrong: str
) -> None:
    monkeypatch.setenv("LANG", f"{code}_{code.upper()}.UTF-8")
    for words in (["search", "--nope", "x"], ["show"], ["show", "a", "b"], ["export", "--to", "nothing"]):
        done, said = ask(*words)
        assert done == 2
        assert usage in said
        assert wrong in said
        assert not re.search(r"Usage|\bError\b|Missing|Invalid|unexpected|such\b", said), said
    for name in COMMANDS:
        said = ask(name, "--help")[1]
        assert usage in said
        assert not re.search(r"Options|Show this|default|env var", said), said
        assert max(map(len, said.splitlines())) <= 80, name
    assert max(map(len, ask("--help")[1].splitlines())) <= 80


def test_the_config_file_chooses_the_language_whatever_the_locale_is(
    ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LANGUAGE", "")
    (folder / "config.toml").write_text('language = "tr"\n', encoding="utf-8")
    assert ask("show")[1].startswith("Kullanım:")
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")
    (folder / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    assert ask("show")[1].startswith("Usage:")
    (folder / "config.toml").write_text('language = "xx"\n', encoding="utf-8")
    assert "non ammette «xx»" in ask("search", "erdogan")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("search", "erdogan", "--json"),
        ("show", "rome-2025", "--json"),
        ("check", "{bad}", "--json"),
        *(("export", "--to", form, "--kind", "summit") for form in FORMS if form not in ("markdown", "ics")),
    ],
    ids=" ".join,
)
def test_what_programs_read_is_the_same_in_every_language(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    english = ask(*words)[1]
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    assert ask(*words)[1] == english


def test_a_history_is_told_in_the_language_of_who_reads_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    assert ask("new", "topic", "name=Hydrogen", "--library", "{own}")[1] == "aggiunto il tema Hydrogen (hydrogen)\n"
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    said = ask("undo", "--yes", "--library", "{own}")[1]
    assert "Hydrogen konusu eklendi" in said
    monkeypatch.setenv("LANG", "C")
    said = ask("redo", "--yes", "--library", "{own}")[1]
    assert said.endswith("made again: added topic Hydrogen\n")


def test_a_history_of_an_earlier_version_is_read(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("new", "topic", "name=Hydrogen", "--library", "{own}")
    (file,) = sorted((folder / "own" / ".history").glob("*.done"))[-1:]
    deed = json.loads(file.read_bytes())
    assert deed["said"] == "added topic Hydrogen"
    for name in ("message", "gaps", "words"):
        del deed[name]
    file.write_text(json.dumps(deed), encoding="utf-8")
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    assert "added topic Hydrogen" in ask("undo", "--yes", "--library", "{own}")[1]


def test_english_reads_no_catalogue(ask: Ask) -> None:
    """What asks the index does: sectors are found by their words in each language."""
    language._catalogue.cache_clear()
    for words in TYPED:
        if "--help" in words or words[0] in ("check", "config", "init", "new", "set", "link", "serve"):
            ask(*words)
    assert language._catalogue.cache_info().currsize == 0
