"""A library is changed in one place: compared with what was seen, checked, written whole, and undone on demand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.libraries import write_file, write_tiny_library
from tests.rights import as_ordinary_user
from tui.library import LibraryError, check, open_database, read_file
from tui.library.changes import Change, OvertakenError
from tui.library.curating import delete, merge, renamed
from tui.library.errors import ReadOnlyError, RefusedError
from tui.library.files import backup_of
from tui.library.replacing import Replacement
from tui.library.writer import LibraryWriter
from tui.records import Agreement, Evidence, Leader, Source, Step, Summit, Topic


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return the folder of the tiny library."""
    return write_tiny_library(tmp_path / "own")


def contents(library: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(library.glob("*.json"))}


def summit(writer: LibraryWriter, record_id: str = "rome-2025") -> Summit:
    found = writer.find(record_id)
    assert isinstance(found, Summit)
    return found


def test_an_edit_changes_its_record_and_no_other_byte(library: Path) -> None:
    before = contents(library)
    writer = LibraryWriter(library)
    rome = summit(writer)
    noted = writer.write([Change(rome, replace(rome, city="Roma"))], "edited Rome: city")
    assert noted is not None
    after = contents(library)
    changed = after["meetings.json"].replace(b'"city": "Roma"', b'"city": "Rome"')
    assert changed.replace(b'"value": 32.2', b'"value": 32.2') == before["meetings.json"]
    assert after["shared.json"] == before["shared.json"]
    assert backup_of(library / "meetings.json").read_bytes() == before["meetings.json"]
    assert writer.write([Change(summit(writer), summit(writer))], "nothing") is None


def test_undo_and_redo_across_restarts(library: Path) -> None:
    before = contents(library)
    for city in ("Roma", "Rom"):
        writer = LibraryWriter(library)
        rome = summit(writer)
        writer.write([Change(rome, replace(rome, city=city))], f"edited Rome: {city}")
    undone = LibraryWriter(library).undo()
    assert undone is not None
    assert undone.deed.said == "edited Rome: Rom"
    assert summit(LibraryWriter(library)).city == "Roma"
    LibraryWriter(library).undo()
    assert contents(library) == before
    assert LibraryWriter(library).undo() is None
    LibraryWriter(library).redo()
    assert summit(LibraryWriter(library)).city == "Roma"
    writer = LibraryWriter(library)
    rome = summit(writer)
    writer.write([Change(rome, replace(rome, city="Rooma"))], "edited Rome: Rooma")
    assert writer.redo() is None, "a new change ends what could be redone"


def test_undo_refuses_what_someone_else_has_changed_since(library: Path) -> None:
    writer = LibraryWriter(library)
    rome = summit(writer)
    writer.write([Change(rome, replace(rome, city="Roma"))], "edited")
    open_database(library / "meetings.json").table("summits").update({"city": "Milan"}, doc_ids=[3])
    before = contents(library)
    with pytest.raises(OvertakenError) as caught:
        writer.undo()
    assert isinstance(caught.value.current, Summit)
    assert caught.value.current.city == "Milan"
    assert contents(library) == before
    waiting = writer.next_undo()
    assert waiting is not None
    assert waiting.state == "done"


def test_undo_of_a_change_that_was_not_the_one_shown_is_refused(library: Path) -> None:
    writer = LibraryWriter(library)
    rome = summit(writer)
    first = writer.write([Change(rome, replace(rome, city="Roma"))], "first")
    writer.write([Change(None, Topic(id="sea", name="The sea"))], "second")
    assert first is not None
    with pytest.raises(LibraryError, match="another change has been made"):
        writer.undo(first.number)
    assert summit(writer).city == "Roma"


def test_two_people_who_edit_different_records_lose_nothing(library: Path) -> None:
    anna, bora = LibraryWriter(library), LibraryWriter(library)
    rome, athens = summit(anna), summit(bora, "athens-2023")
    anna.write([Change(rome, replace(rome, city="Roma"))], "anna")
    bora.write([Change(athens, replace(athens, city="Athina"))], "bora")
    assert (summit(anna).city, summit(anna, "athens-2023").city) == ("Roma", "Athina")


def test_the_second_of_two_on_one_record_is_shown_both(library: Path) -> None:
    anna, bora = LibraryWriter(library), LibraryWriter(library)
    rome = summit(anna)
    anna.write([Change(rome, replace(rome, city="Roma"))], "anna")
    with pytest.raises(OvertakenError) as caught:
        bora.write([Change(rome, replace(rome, venue="Palazzo Chigi"))], "bora")
    assert caught.value.current == summit(anna)
    assert caught.value.change.before == rome
    assert summit(anna).venue == rome.venue


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Topic(id="fish", name="Fish", sector="fishing"), "sector: 'fishing'"),
        (Topic(id="fish", name="Energy"), "'Energy' also names energy"),
        (Topic(id="fish", name=" Fish"), "begins or ends with a blank"),
        (Topic(id="Fish", name="Fish"), "id: "),
        (Source(id="fish", url="https://news.example/rome"), "is also the address of rome-report-2025"),
        (Leader(id="fish", name="Fish", evidence=(Evidence(source="nowhere"),)), "there is no source 'nowhere'"),
        (Leader(id="fish", name="Fish", evidence=(Evidence(source="energy"),)), "is a topic, not a source"),
        (Topic(id="fish", name="Fish", former_ids=("energy",)), "'energy' is the id of another record"),
    ],
)
def test_what_breaks_a_rule_is_refused_in_words(library: Path, record: Topic | Source | Leader, told: str) -> None:
    before = contents(library)
    with pytest.raises(RefusedError) as caught:
        LibraryWriter(library).write([Change(None, record)], "added")
    assert told in str(caught.value)
    assert contents(library) == before
    assert LibraryWriter(library).next_undo() is None


def test_what_was_wrong_before_is_no_reason_to_refuse(library: Path) -> None:
    write_file(library / "odd.json", {"topics": [Topic(id="odd", name="Odd", sector="oddities")]})
    writer = LibraryWriter(library)
    odd = writer.find("odd")
    assert isinstance(odd, Topic)
    writer.write([Change(odd, replace(odd, summary="A summary."))], "edited")
    with pytest.raises(RefusedError):
        writer.write([Change(writer.find("odd"), replace(odd, sector="oddity"))], "edited")


def test_a_new_record_goes_where_its_like_are(library: Path) -> None:
    writer = LibraryWriter(library)
    evidence = (Evidence(source="rome-statement-2025"),)
    fifth = Summit(id="ankara-2026", name="5th", series="Italy–Türkiye Intergovernmental Summit", evidence=evidence)
    other = Summit(id="doha-2026", name="Doha", series="Türkiye–Qatar Committee", evidence=evidence)
    deal = Agreement(id="deal", title="Deal", summit="doha-2026", history=(Step(status="signed"),), evidence=evidence)
    for record in (fifth, other, deal, Topic(id="sea", name="The sea")):
        writer.write([Change(None, record)], "added")
    placed = {name: [found.id for _, found in read_file(library / name)] for name in contents(library)}
    assert "ankara-2026" in placed["meetings.json"]
    assert placed["turkiye-qatar-committee.json"] == ["doha-2026", "deal"]
    assert "sea" in placed["shared.json"]
    assert check(library) == []


def test_a_merge_lets_every_link_follow_and_can_be_undone(library: Path) -> None:
    before = contents(library)
    writer = LibraryWriter(library)
    kept, other = writer.find("energy"), writer.find("defence")
    assert kept is not None
    assert other is not None
    merger = merge(kept, other, writer.catalogue.linked_with("defence"))
    writer.write(merger.changes, "merged")
    assert check(library) == []
    merged = writer.find("defence")
    assert isinstance(merged, Topic)
    assert merged.id == "energy"
    assert merged.former_ids == ("defence",)
    assert set(merged.aliases) >= {"gas and power", "Defence industry", "defense industry"}
    assert [name for name, _, _ in merger.dropped] == ["sector"]
    deals = writer.find("unnamed-deals-2025")
    assert isinstance(deals, Agreement)
    assert deals.topics == ("energy",)
    writer.undo()
    assert contents(library) == before


def test_a_record_that_others_link_to_is_not_removed(library: Path) -> None:
    writer = LibraryWriter(library)
    energy = writer.find("energy")
    assert energy is not None
    with pytest.raises(RefusedError, match="is still linked from"):
        writer.write([Change(energy, None)], "removed")
    space = writer.find("space")
    writer.write(delete(energy, writer.catalogue.linked_with("energy"), space), "removed")
    assert writer.find("energy") is None
    assert check(library) == []


def test_another_id_lets_every_link_follow(library: Path) -> None:
    writer = LibraryWriter(library)
    energy = writer.find("energy")
    assert energy is not None
    writer.write(renamed(energy, "energy-supply", writer.catalogue.linked_with("energy")), "renamed")
    assert check(library) == []
    found = writer.find("energy")
    assert found is not None
    assert found.id == "energy-supply"


def test_the_shipped_library_is_read_only(shipped: Path) -> None:
    with pytest.raises(ReadOnlyError, match="summit init"):
        LibraryWriter(shipped)


def test_a_library_without_the_right_to_write_is_refused_at_once(library: Path) -> None:
    for folder in (library, *library.parents[:4]):
        folder.chmod(0o755)
    with as_ordinary_user(), pytest.raises(ReadOnlyError, match="you may not write"):
        LibraryWriter(library)


def test_a_change_of_several_files_cut_short_is_finished_by_the_next_writer(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = LibraryWriter(library)
    kept, other = writer.find("energy"), writer.find("defence")
    assert kept is not None
    assert other is not None
    put, cut = Replacement.put, [1]

    def put_one_only(self: Replacement, *, keep_backup: bool) -> object:
        if not cut[0]:
            raise KeyboardInterrupt
        cut[0] -= 1
        return put(self, keep_backup=keep_backup)

    monkeypatch.setattr(Replacement, "put", put_one_only)
    with pytest.raises(KeyboardInterrupt):
        writer.write(merge(kept, other, writer.catalogue.linked_with("defence")).changes, "merged")
    monkeypatch.setattr(Replacement, "put", put)
    assert all("there is no" not in problem.message for problem in check(library)), "no link ever leads nowhere"
    after = LibraryWriter(library)
    after.write([Change(None, Topic(id="sea", name="The sea"))], "added")
    assert check(library) == []
    assert after.catalogue.card("defence") is None
    after.undo()
    after.undo()
    assert after.find("defence") == other


def test_a_file_of_the_folder_that_is_damaged_is_named(library: Path) -> None:
    (library / "shared.json").write_text('{"topics": {')
    writer = LibraryWriter(library)
    with pytest.raises(LibraryError) as caught:
        writer.write([Change(None, Topic(id="sea", name="The sea"))], "added")
    assert caught.value.path == library / "shared.json"
    assert "cut off" in str(caught.value)


def test_a_library_of_one_file(tmp_path: Path) -> None:
    file = write_file(tmp_path / "one.json", {})
    file.write_bytes(b"{}\n")
    writer = LibraryWriter(file)
    writer.write([Change(None, Topic(id="sea", name="The sea"))], "added")
    assert json.loads(file.read_bytes()) == {"topics": {"1": {"id": "sea", "name": "The sea"}}}
    LibraryWriter(file).undo()
    assert json.loads(file.read_bytes()) == {"topics": {}}
    assert (tmp_path / ".one.json.history").is_dir()
