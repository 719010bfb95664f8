"""No field of a record is forgotten: what it says is on a page of the record, and found; or here is why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from tests.libraries import write_file
from tui.exchange.evidence_page import evidence_page
from tui.exchange.record_page import record_page
from tui.exchange.text import plain
from tui.index import Index
from tui.records import TABLES, Part, kind_of

NOT_SHOWN = {
    "agreements.amount.unit": "it stands with the value, beside the words of the source",
    "leaders.offices.country": "the title says it, or the country of the leader",
    "sources.sha256": "machines compare it",
    "summits.agenda.role": "one of a few words, shown where it says more than that a topic was discussed",
    "summits.figures.unit_in_source": "`unit` says it in the one form that figures are compared by",
    "summits.participants.role": "one of a few words, shown where it says more than that somebody took part",
}

NOT_FOUND = {
    "agreements.amount.unit": "who looks for a currency would find every agreement",
    "agreements.claims.field": "it names a field",
    "agreements.claims.note": "it speaks of the source",
    "agreements.claims.value": "what an agreement is said to be is asked by its fields",
    "agreements.history.note": "it speaks of the step",
    "agreements.history.place": "the meeting has it",
    "agreements.history.status": "`status:` asks for it",
    "agreements.history.status_in_source": "`status:` asks for it",
    "agreements.level": "one of three words",
    "agreements.statements.kind": "one of a few words",
    "agreements.statements.note": "it speaks of the source",
    "agreements.summit": "`summit:` asks for it",
    "leaders.offices.country": "that of the leader is found",
    "leaders.wikidata": "machines compare it",
    "summits.agenda.role": "one of a few words",
    "summits.claims.field": "it names a field",
    "summits.claims.note": "it speaks of the source",
    "summits.figures.note": "it speaks of the source",
    "summits.figures.qualifier": "it hedges a number",
    "summits.figures.unit": "who looks for a currency would find every meeting",
    "summits.figures.unit_in_source": "who looks for a currency would find every meeting",
    "summits.participants.capacity": "it says how somebody took part",
    "summits.participants.note": "it speaks of the source",
    "summits.participants.role": "one of a few words",
    "summits.statements.kind": "one of a few words",
    "summits.statements.note": "it speaks of the source",
    "summits.status": "`status:` asks for it",
}
"""Beside these no evidence is searched: its words are those of the fact. Sources are in no list."""


def texts(shape: type[Part], before: str) -> Iterator[str]:
    """Yield the path of each field that holds free text: `summits.statements.text`."""
    for name, declared in get_type_hints(shape, include_extras=True).items():
        kind = held(declared)
        if kind is str:
            yield f"{before}.{name}"
        elif isinstance(kind, type) and issubclass(kind, Part):
            yield from texts(kind, f"{before}.{name}")


def held(declared: Any) -> Any:
    """Return what a field holds, or each of its list: `str` for `tuple[str, ...]`, `Amount` for `Amount | None`."""
    if get_origin(declared) is Annotated:  # an id or a date
        return declared
    inside = [part for part in get_args(declared) if part not in (type(None), Ellipsis)]
    return held(inside[0]) if inside else declared


def made(shape: type[Part], path: str, word: str, **given: Any) -> Any:
    """Return a part that says the word in one field, and in the others no more than it must."""
    name, _, further = path.partition(".")
    hints = get_type_hints(shape, include_extras=True)
    for field in msgspec.structs.fields(shape):
        if field.name == name:
            value = made(held(hints[name]), further, word) if further else word
            given[name] = (value,) if get_origin(hints[name]) is tuple else value
        elif field.required and field.name not in given:
            given[field.name] = 1.0 if field.type is float else "other"
    return shape(**given)


FIELDS = [path for table, shape in TABLES.items() for path in texts(shape, table)]

SEARCHED = [field for field in FIELDS if ".evidence." not in field and not field.startswith("sources.")]


def word_of(field: str) -> str:
    """Return the word that only one field of one record says."""
    return f"zanzotto{FIELDS.index(field):03}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Return the index of a library with a record for each field."""
    folder = tmp_path_factory.mktemp("fields")
    tables: dict[str, list[Any]] = {}
    for field in FIELDS:
        table, _, path = field.partition(".")
        tables.setdefault(table, []).append(made(TABLES[table], path, word_of(field), id=id_of(field)))
    with Index.open(write_file(folder / "library.json", tables), folder / "cache") as opened:
        yield opened


def id_of(field: str) -> str:
    return field.replace(".", "-").replace("_", "-")


@pytest.mark.parametrize("field", [field for field in FIELDS if field not in NOT_SHOWN])
def test_what_a_field_says_is_on_a_page_of_its_record(field: str, index: Index) -> None:
    record = index.record(id_of(field))
    assert record is not None
    shown = [plain(page(record, index), 200) for page in (record_page, evidence_page)]
    assert any(word_of(field) in text for text in shown), f"show it in tui/exchange/{kind_of(record)}_page.py"


@pytest.mark.parametrize("field", [field for field in SEARCHED if field not in NOT_FOUND])
def test_what_a_field_says_is_found(field: str, index: Index) -> None:
    lists = index.view(f"={word_of(field)}").lists
    found = [row.id for listing in lists.values() for row in listing.rows(0, 9)]
    assert id_of(field) in found, "let it be found in tui/index/documents.py"


def test_no_reason_is_given_for_what_is_shown_or_found(index: Index) -> None:
    assert set(NOT_SHOWN) | set(NOT_FOUND) <= set(FIELDS)
    for field in NOT_SHOWN:
        record = index.record(id_of(field))
        assert record is not None
        assert word_of(field) not in plain(record_page(record, index), 200)
    for field in NOT_FOUND:
        assert not any(listing.total for listing in index.view(f"={word_of(field)}").lists.values()), field
