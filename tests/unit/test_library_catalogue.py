"""A change reads what it must know of the library, and no more of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.library import LibraryError, catalogue
from tui.library.catalogue import Catalogue
from tui.library.changes import Change
from tui.library.drawers import Drawer, read_drawer
from tui.library.errors import RefusedError
from tui.library.writer import LibraryWriter
from tui.records import Leader, Participant, Summit, Topic


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files whose records are read, as they are."""
    found: list[str] = []

    def reading(file: Path) -> Drawer:
        found.append(file.name)
        return read_drawer(file)

    monkeypatch.setattr(catalogue, "read_drawer", reading)
    return found


def rome(writer: LibraryWriter) -> Summit:
    found = writer.find("rome-2025")
    assert isinstance(found, Summit)
    return found


def test_a_change_that_names_nothing_new_reads_one_file(tiny_library: Path, read: list[str]) -> None:
    writer = LibraryWriter(tiny_library)
    writer.write([Change(rome(writer), replace(rome(writer), venue="Quirinale"))], "moved")
    assert rome(writer).venue == "Quirinale"
    assert read == ["meetings.json"]


def test_a_new_link_is_looked_up_where_it_leads(tiny_library: Path, read: list[str]) -> None:
    writer = LibraryWriter(tiny_library)
    before = rome(writer)
    linked = replace(before, participants=(*before.participants, Participant(leader="nobody")))
    with pytest.raises(RefusedError, match="there is no leader 'nobody'"):
        writer.write([Change(before, linked)], "linked")
    linked = replace(before, participants=(*before.participants, Participant(leader="energy")))
    with pytest.raises(RefusedError, match="'energy' is a topic, not a leader"):
        writer.write([Change(before, linked)], "linked")


def test_a_new_name_is_compared_with_all(tiny_library: Path) -> None:
    writer = LibraryWriter(tiny_library)
    topic, other = writer.find("energy"), writer.find("defence")
    assert isinstance(topic, Topic)
    assert isinstance(other, Topic)
    with pytest.raises(RefusedError, match="also names defence"):
        writer.write([Change(topic, replace(topic, name=other.name))], "renamed")


def test_a_record_is_found_whatever_its_id_is_written_like(tiny_library: Path, read: list[str]) -> None:
    file = tiny_library / "meetings.json"
    text = file.read_text(encoding="utf-8")
    for written in ('"id": "rome\\u002d2025"', '"\\u0069d": "rome-2025"', f'"id":{" " * 99}"rome-2025"'):
        file.write_text(text.replace('"id": "rome-2025"', written), encoding="utf-8")
        found = Catalogue(tiny_library)
        found.refresh()
        card = found.card("rome-2025")
        assert card is not None
        assert card.file == file


def test_an_id_in_another_place_is_not_a_record(tiny_library: Path, read: list[str]) -> None:
    held = Catalogue(tiny_library)
    held.refresh()
    assert held.card("Rome") is None
    assert read == []


def test_a_new_record_with_an_id_that_is_taken_is_refused(tiny_library: Path) -> None:
    with pytest.raises(LibraryError, match="is there already"):
        LibraryWriter(tiny_library).write([Change(None, Leader(id="rome-2025", name="New"))], "added")


def test_a_file_that_changed_is_read_again(tiny_library: Path) -> None:
    held = Catalogue(tiny_library)
    held.refresh()
    assert held.owner("topic", "Energy") == "energy"
    for file in tiny_library.glob("*.json"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"name": "Energy"', '"name": "Power and light"'), encoding="utf-8")
    held.refresh()
    assert held.owner("topic", "Energy") == ""
    assert held.owner("topic", "Power and light") == "energy"


def test_after_some_records_were_looked_for_all_files_are_read_once(tiny_library: Path, read: list[str]) -> None:
    held = Catalogue(tiny_library)
    held.refresh()
    for number in range(9):
        assert held.card(f"nobody-{number}") is None
    assert sorted(read) == sorted(file.name for file in tiny_library.glob("*.json"))
