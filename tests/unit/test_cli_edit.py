"""`summit new`, `set`, `merge`, `undo` and the like: a library is changed from the shell, or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libraries import write_tiny_library
from tui.cli.run import run
from tui.cli.summit import summit
from tui.library import check
from tui.library.writer import LibraryWriter
from tui.records import Source, Summit, Topic

Told = pytest.CaptureFixture[str]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the tiny library, which the commands use."""
    folder = write_tiny_library(tmp_path / "own")
    monkeypatch.setenv("SUMMIT_LIBRARY", str(folder))
    return folder


def test_set_undo_and_redo(library: Path, capsys: Told) -> None:
    assert run(summit, ["set", "rome-2025", "city=Roma", "venue_aliases+=Villa", "parties=[IT, TR, EU]"]) == 0
    rome = LibraryWriter(library).find("rome-2025")
    assert isinstance(rome, Summit)
    assert (rome.city, rome.venue_aliases, rome.parties) == ("Roma", ("Villa",), ("IT", "TR", "EU"))
    capsys.readouterr()
    assert run(summit, ["undo"]) == 2, "without a terminal it does not ask"
    told = capsys.readouterr()
    assert "− Roma" in told.out
    assert "+ Rome" in told.out
    assert "say --yes" in told.err
    assert run(summit, ["undo", "--yes"]) == 0
    assert run(summit, ["undo", "--yes"]) == 1
    assert run(summit, ["redo", "--yes"]) == 0
    rome = LibraryWriter(library).find("rome-2025")
    assert isinstance(rome, Summit)
    assert rome.city == "Roma"


def test_new_from_fields(library: Path, capsys: Told) -> None:
    assert run(summit, ["new", "topic", "name=Hydrogen", "sector=energy"]) == 0
    assert capsys.readouterr().out == "added topic Hydrogen (hydrogen)\n"
    step = "history=[{status: signed, date: 2025-04-29, evidence: [rome-statement-2025]}]"
    order = ["new", "agreement", "title=Gas: a new line", "summit=rome-2025", "topics=[hydrogen]", step]
    assert run(summit, order) == 0
    assert check(library) == []
    assert LibraryWriter(library).find("gas-a-new-line") is not None


def test_names_and_addresses_stand_for_ids_and_names_of_countries_for_codes(library: Path, capsys: Told) -> None:
    address = "https://example.org/athens"
    people = ["participants=[Kyriakos Mitsotakis, {leader: giorgia meloni, country: Italia}]"]
    order = ["new", "summit", "name=Athens talks", "start=2026-03", "country=Turkey", "parties=[Greece, Italia]"]
    assert run(summit, [*order, *people, "agenda+=Migration", f"evidence={address}"]) == 0
    assert capsys.readouterr().out == "added summit Athens talks (athens-talks-2026)\n"
    writer = LibraryWriter(library)
    talks = writer.find("athens-talks-2026")
    assert isinstance(talks, Summit)
    assert (talks.country, talks.parties) == ("TR", ("GR", "IT"))
    assert [one.leader for one in talks.participants] == ["kyriakos-mitsotakis", "giorgia-meloni"]
    assert talks.participants[1].country == "IT"
    assert [item.topic for item in talks.agenda] == ["migration"]
    assert [one.source for one in talks.evidence] == ["example-org-athens"]
    assert writer.find("example-org-athens") == Source(id="example-org-athens", url=address)
    assert run(summit, ["set", "rome-2025", "evidence+=http://example.org/athens/"]) == 0, "the source is known now"
    assert run(summit, ["link", "athens-talks-2026", "Energy"]) == 0
    assert run(summit, ["undo", "--yes"]) + run(summit, ["undo", "--yes"]) + run(summit, ["undo", "--yes"]) == 0
    assert LibraryWriter(library).find("example-org-athens") is None, "undone with what it was made for"
    assert check(library) == []


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (["set", "rome-2025", "ctiy=Rome"], "'ctiy' is no field of it"),
        (["set", "rome-2025", "city"], "'city' is not field=value"),
        (["set", "rome-2025", "name="], "name cannot be empty"),
        (["set", "rome-2025", "city+=x"], "city holds one value"),
        (["set", "rome-2025", "edition=five"], "a whole number is expected"),
        (["set", "rome-2025", "start=soon"], "write 2025, 2025-04 or 2025-04-29"),
        (["set", "rome-2025", "id=x"], "summit edit changes an id"),
        (["set", "rome-2025", "agenda+=[nowhere"], "cannot be read"),
        (["set", "rome-2025", "agenda+=nowhere"], "there is no topic 'nowhere'"),
        (["set", "rome-2025", "evidence+=example.org"], "a new one begins with http:// or https://"),
        (["set", "rome-2025", "agenda+=Migratoin"], "there is no topic 'Migratoin'; nearest: migration"),
        (["set", "rome-2205", "city=x"], "nearest: rome-2025"),
        (["new", "topic", "name=Energy"], "is there already"),
        (["new", "topic", "sector=energy"], "needs a name"),
        (["edit", "rome-2025"], "an editor needs a terminal"),
        (["delete", "energy"], "still linked from"),
        (["merge", "energy", "rome-2025", "--yes"], "cannot be merged"),
        (["merge", "energy", "energy", "--yes"], "cannot be merged with itself"),
        (["link", "energy", "space"], "have no link of their own"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(library: Path, capsys: Told, order: list[str], told: str) -> None:
    before = {file: file.read_bytes() for file in library.glob("*.json")}
    assert run(summit, order) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error
    assert {file: file.read_bytes() for file in library.glob("*.json")} == before


def test_link_merge_and_delete(library: Path, capsys: Told) -> None:
    assert run(summit, ["link", "tourism", "rome-2025"]) == 0
    assert run(summit, ["merge", "migration", "tourism", "--yes"]) == 0
    told = capsys.readouterr()
    assert "note: sector differs: migration stays, tourism goes" in told.err
    merged = LibraryWriter(library).find("tourism")
    assert isinstance(merged, Topic)
    assert merged.id == "migration"
    capsys.readouterr()
    assert run(summit, ["show", "tourism", "--cache", str(library.parent / "cache")]) == 0
    assert capsys.readouterr().out.startswith("Migration\n")
    capsys.readouterr()
    assert run(summit, ["delete", "space", "--links-to", "energy", "--yes"]) == 0
    told = capsys.readouterr().out
    assert "− Space" in told
    assert "+ general" not in told, "what is removed gets no sector"
    assert check(library) == []


@pytest.mark.parametrize("order", [["set", "rome-2025", "city=x"], ["new", "topic", "name=x"], ["undo"], ["edit", "x"]])
def test_the_shipped_library_is_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: Told, order: list[str]
) -> None:
    monkeypatch.delenv("SUMMIT_LIBRARY", raising=False)
    assert run(summit, order) == 2
    assert "summit init ~/summits --shipped" in capsys.readouterr().err


def test_a_library_of_ones_own_from_the_shipped_one(tmp_path: Path, capsys: Told) -> None:
    own = tmp_path / "mine"
    assert run(summit, ["init", str(own), "--shipped"]) == 0
    assert run(summit, ["set", "it-tr-2025-rome", "city=Roma", "--library", str(own)]) == 0
    assert run(summit, ["init", str(own), "--shipped"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_query_may_begin_with_new(library: Path, capsys: Told) -> None:
    assert run(summit, ["new", "delhi"]) == 2
    assert "the explorer needs a terminal; use: summit search 'new delhi'" in capsys.readouterr().err
