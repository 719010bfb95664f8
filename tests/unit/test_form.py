"""A record as a form: short, with comments, read back as it was, and told at its line what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.libraries import HOSTILE, hostile_records, write_tiny_library
from tui.exchange.form.drafts import Draft
from tui.exchange.form.editor import EditorError, editor_command
from tui.exchange.form.reading import FormError, Wrong, read_form, with_messages, without_messages
from tui.exchange.form.sitting import Sitting
from tui.exchange.form.starting import starting
from tui.exchange.form.writing import form_of
from tui.library import library_files, read_file
from tui.library.changes import Change
from tui.library.rules import faults
from tui.library.writer import LibraryWriter
from tui.records import Agreement, Record, Summit, Topic


def test_every_shipped_record_is_the_same_after_a_form(shipped: Path) -> None:
    for file in library_files(shipped):
        for _, record in read_file(file):
            assert read_form(form_of(record), type(record)).record == record


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_comes_back_or_is_told_at_its_line(name: str) -> None:
    for records in hostile_records(name).values():
        for record in records:
            outcome = read_or_wrongs(form_of(record), type(record))
            assert outcome == record or (list(faults(record)) and outcome)


def read_or_wrongs(form: str, shape: type[Record]) -> Record | list[Wrong]:
    """Return the record in a form, or what is wrong with it."""
    try:
        return read_form(form, shape).record
    except FormError as error:
        return error.wrongs


def test_norway_stays_norway_and_a_date_a_date() -> None:
    form = "id: oslo-2025\nname: on\ncountry: NO\nstart: 2025-04-29\nedition: 012\nevidence: [yes]\n"
    record = read_form(form, Summit).record
    assert record == Summit(
        id="oslo-2025",
        name="on",
        country="NO",
        start="2025-04-29",
        edition=12,
        evidence=record.evidence,  # type: ignore[union-attr]
    )


@pytest.mark.parametrize(
    ("form", "line", "told"),
    [
        ("nmae: x", 1, "did you mean name?"),
        ("name: a\nname: b", 2, "a second time"),
        ("name: a\nedition: five", 2, "a whole number is expected"),
        ("name: a\nstart: tomorrow", 2, "write 2025, 2025-04 or 2025-04-29"),
        ("name: a\nstart: 2025-02-30\nevidence: [s]", 2, "no day of the calendar"),
        ("name: a\nevidence: [s]\nparticipants:\n  - leader: b\n    rôle: chair", 5, "did you mean role?"),
        ("name: a\nevidence: [s]\nparticipants:\n  - leader: b\n    role: chief", 5, "is not one of chair"),
        ("name: a\n  - b: [", 2, "cannot be read here"),
        ("name: [a, b]", 1, "one value is expected"),
        ("- a\n- b", 1, "each line is `field: value`"),
        ("name: a\nagenda:\n  - topic: Energy Policy\nevidence: [s]", 3, "an id is at most 120"),
        ("city: Rome", 1, "name is missing"),
        ("name: a\nfigures:\n  - just text\nevidence: [s]", 3, "write it as `field: value` lines"),
        ("name: a\nevidence: []", 2, "no evidence"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(form: str, line: int, told: str) -> None:
    with pytest.raises(FormError) as caught:
        read_form(form, Summit)
    assert caught.value.wrongs[0].line == line
    assert told in caught.value.wrongs[0].message
    shown, first = with_messages(form, caught.value.wrongs)
    assert shown.splitlines()[first - 1] == form.splitlines()[line - 1]
    assert shown.splitlines()[first - 2].startswith("#! ")
    assert without_messages(shown).rstrip("\n") == form


def test_the_form_of_a_new_record_names_what_is_asked_for() -> None:
    form = form_of(starting("agreement"), new=True)
    assert "\ntitle:\n" in form
    assert "# history, status: mentioned, proposed" in form
    filled = form.replace("title:", "title: Gas accord").replace("history:\n", "history: [expected]\n", 1)
    filled = filled.replace("evidence:\n", "evidence: [rome-statement-2025]\n")
    record = read_form(filled, Agreement).record
    assert isinstance(record, Agreement)
    assert (record.id, record.status) == ("gas-accord", "expected")


def sat(tmp_path: Path) -> tuple[LibraryWriter, Sitting, list[str]]:
    """Return a writer, a sitting at the topic of energy, and the forms that were seen; each edit is one visit."""
    library = write_tiny_library(tmp_path / "own")
    writer = LibraryWriter(library)
    energy = writer.find("energy")
    assert energy is not None
    return writer, Sitting(writer, energy, energy, Draft(library, "energy", tmp_path / "drafts")), []


def visits(seen: list[str], *edits: Callable[[str], str | None]) -> Callable[[Path, int], None]:
    left = list(edits)

    def edit(file: Path, line: int) -> None:
        seen.append(file.read_text(encoding="utf-8"))
        made = left.pop(0)(seen[-1])
        if made is None:
            raise EditorError("the editor ended with 1, which means to give up")
        file.write_text(made, encoding="utf-8")

    return edit


def test_a_sitting_keeps_what_is_right(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)
    outcome = sitting.run(visits(seen, lambda form: form.replace("name: Energy", "name: Energy supply")))
    assert outcome.said == "edited Energy supply: name"
    assert outcome.record_id == "energy"
    found = writer.find("energy")
    assert isinstance(found, Topic)
    assert found.name == "Energy supply"
    assert not sitting.draft.path.exists()


def test_a_name_or_an_address_in_a_form_stands_for_the_record(tmp_path: Path) -> None:
    library = write_tiny_library(tmp_path / "own")
    writer = LibraryWriter(library)
    start, seen = starting("summit"), []
    named = "participants: [Giorgia Meloni]\nagenda: [Energie]\nevidence: [https://example.org/talks]\n"
    outcome = Sitting(writer, None, start, Draft(library, "new-summit", tmp_path / "drafts")).run(
        visits(
            seen,
            lambda _: f"name: Talks\nstart: 2026\ncountry: Italia\n{named}",
            lambda form: form.replace("Energie", "ENERGY"),
        )
    )
    assert "agenda[0]: there is no topic 'Energie'; nearest: energy" in seen[1]
    talks = writer.find(outcome.record_id)
    assert isinstance(talks, Summit)
    assert (talks.country, talks.participants[0].leader, talks.agenda[0].topic) == ("IT", "giorgia-meloni", "energy")
    assert writer.find(talks.evidence[0].source) is not None


def test_a_sitting_opens_again_with_the_message_and_loses_nothing(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)
    outcome = sitting.run(
        visits(
            seen,
            lambda form: form.replace("sector: energy", "sector: enrgy\nsummary: What I typed."),
            lambda form: form.replace("sector: enrgy", "sector: energy"),
        )
    )
    assert outcome.record_id == "energy"
    assert "#! sector: 'enrgy' (did you mean 'energy'?)" in seen[1]
    assert "summary: What I typed." in seen[1]
    found = writer.find("energy")
    assert isinstance(found, Topic)
    assert found.summary == "What I typed."


def test_what_the_library_refuses_is_told_in_the_form_too(tmp_path: Path) -> None:
    _, sitting, seen = sat(tmp_path)
    sitting.run(visits(seen, lambda form: form.replace("name: Energy", "name: Space"), lambda _: ""))
    assert "#! name: 'Space' also names space\nname: Space" in seen[1]


def test_a_form_that_was_given_up_waits(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)
    outcome = sitting.run(visits(seen, lambda form: form.replace("sector: energy", "sector: enrgy"), lambda form: form))
    assert outcome.failed
    assert str(sitting.draft.path) in outcome.said
    energy = writer.find("energy")
    assert energy is not None
    again = Sitting(writer, energy, energy, sitting.draft)
    again.run(visits(seen, lambda form: form.replace("enrgy", "defence")))
    assert "sector: enrgy" in seen[2]
    assert seen[2].startswith("#! You began this form before")
    found = writer.find("energy")
    assert isinstance(found, Topic)
    assert found.sector == "defence"


@pytest.mark.parametrize("edit", [lambda form: form, lambda _: "", lambda _: None, lambda _: "# only a comment\n"])
def test_giving_up_changes_nothing(tmp_path: Path, edit: Callable[[str], str | None]) -> None:
    writer, sitting, seen = sat(tmp_path)
    assert not sitting.run(visits(seen, edit)).record_id
    assert writer.next_undo() is None
    assert not sitting.draft.path.exists()


def test_a_record_that_someone_else_changed_meanwhile(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)

    def edit_beside_another(form: str) -> str:
        other = LibraryWriter(writer.library)
        held = other.find("energy")
        assert isinstance(held, Topic)
        other.write([Change(held, replace(held, summary="Theirs."))], "theirs")
        return form.replace("name: Energy", "name: Energy supply")

    outcome = sitting.run(visits(seen, edit_beside_another))
    assert outcome.overtaken is not None
    assert isinstance(outcome.overtaken.current, Topic)
    assert outcome.overtaken.current.summary == "Theirs."
    assert sitting.draft.path.exists(), "what was typed waits until one is chosen"


def test_another_id_in_the_form(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)
    sitting.run(visits(seen, lambda form: form.replace("id: energy", "id: energy-supply")))
    found = writer.find("energy")
    assert isinstance(found, Topic)
    assert (found.id, found.former_ids) == ("energy-supply", ("energy",))


def test_the_editor_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "python3 -c 'pass'")
    assert editor_command() == ["python3", "-c", "pass"]
    monkeypatch.setenv("EDITOR", "no-such-editor-at-all")
    with pytest.raises(EditorError, match="there is no editor 'no-such-editor-at-all'"):
        editor_command()
    monkeypatch.setenv("EDITOR", "'unclosed")
    with pytest.raises(EditorError, match="cannot be read"):
        editor_command()


def test_two_sittings_at_one_record_have_a_draft_each(tmp_path: Path) -> None:
    writer, sitting, seen = sat(tmp_path)
    energy = writer.find("energy")
    assert energy is not None
    other = Sitting(writer, energy, energy, Draft(writer.library, "energy", tmp_path / "drafts"))

    def edit_beside(form: str) -> str:
        outcome = other.run(visits(seen, lambda form: form + "summary: The second one's.\n"))
        assert outcome.record_id == "energy"
        return form.replace("name: Energy", "name: Energy supply")

    outcome = sitting.run(visits(seen, edit_beside))
    assert outcome.overtaken is not None, "the first is shown both"
    assert sitting.draft.path != other.draft.path
    assert "name: Energy supply" in sitting.draft.text
