"""What `check` finds: a fault of each kind put into a library that is otherwise right, and named where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.libraries import HOSTILE
from tui.library import LibraryError, Problem, check
from tui.library.errors import UNPRINTABLE

Json = dict[str, Any]
Edit = Callable[[Json], None]


def spoil(library: Path, table: str, record: str, edit: Edit) -> None:
    """Change one record of a library by hand."""
    for file in library.glob("*.json"):
        tables = json.loads(file.read_bytes())
        for body in tables.get(table, {}).values():
            if body["id"] == record:
                edit(body)
                file.write_text(json.dumps(tables))
                return
    raise AssertionError(record)


def found(library: Path) -> list[tuple[str, str, str]]:
    return [(problem.record, problem.field, problem.message) for problem in check(library)]


def put(path: str, value: Any) -> Edit:
    """Return an edit that sets a field: `participants.0.role`."""

    def edit(body: Json) -> None:
        *parents, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place: Any = body
        for step in parents:
            place = place[step]
        place[last] = value

    return edit


def without(*fields: str) -> Edit:
    def edit(body: Json) -> None:
        for field in fields:
            del body[field]

    return edit


def test_the_tiny_library_has_no_problem(tiny_library: Path) -> None:
    assert check(tiny_library) == []


def test_the_shipped_library_has_no_problem(shipped: Path) -> None:
    assert [str(problem) for problem in check(shipped)] == []


def test_no_library_is_an_error_and_no_problem(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        check(tmp_path)


@pytest.mark.parametrize(
    ("table", "record", "edit", "field", "message"),
    [
        # Links
        (
            "summits",
            "rome-2025",
            put("participants.0.leader", "nobody"),
            "participants[0].leader",
            "there is no leader",
        ),
        ("summits", "rome-2025", put("agenda.1.topic", "nothing"), "agenda[1].topic", "there is no topic 'nothing'"),
        (
            "summits",
            "rome-2025",
            put("agenda.1.topic", "giorgia-meloni"),
            "agenda[1].topic",
            "is a leader, not a topic",
        ),
        ("summits", "rome-2025", put("evidence.0.source", "no"), "evidence[0].source", "there is no source 'no'"),
        (
            "summits",
            "rome-2025",
            put("claims.1.evidence.1.source", "no"),
            "claims[1].evidence[1].source",
            "there is no source",
        ),
        (
            "summits",
            "rome-2025",
            put("figures.0.evidence.0.source", "no"),
            "figures[0].evidence[0].source",
            "there is no source",
        ),
        ("agreements", "space-2025", put("summit", "rome-2024"), "summit", "there is no summit 'rome-2024'"),
        ("agreements", "space-2025", put("topics", ["space", "no"]), "topics[1]", "there is no topic 'no'"),
        (
            "agreements",
            "space-2025",
            put("signatories.0.leader", "nobody"),
            "signatories[0].leader",
            "there is no leader",
        ),
        (
            "agreements",
            "space-2025",
            put("history.1.evidence.0.source", "no"),
            "history[1].evidence[0].source",
            "there is no source",
        ),
        ("leaders", "recep-tayyip-erdogan", put("evidence.0.source", "no"), "evidence[0].source", "there is no source"),
        # Evidence
        ("summits", "rome-2025", put("agenda.0.evidence.0.end", 3), "agenda[0].evidence[0]", "one end of the quote"),
        ("summits", "athens-2023", put("evidence.0.start", 9), "evidence[0]", "one end of the quote"),
        ("summits", "rome-2025", put("claims.0.evidence", []), "claims[0].evidence", "needs evidence of its own"),
        ("agreements", "gas-letter-2008", without("evidence"), "evidence", "no evidence for the record"),
        ("agreements", "unnamed-deals-2025", put("amount", {"text": "a lot"}), "amount.evidence", "no evidence here"),
        # Sources
        ("sources", "rome-report-2025", put("url", "news.example/rome"), "url", "is no web address"),
        ("sources", "rome-report-2025", put("url", "ftp://news.example/rome"), "url", "is no web address"),
        ("sources", "rome-report-2025", put("url", "https:///rome"), "url", "is no web address"),
        ("sources", "rome-report-2025", put("url", "https://[news/rome"), "url", "is no web address"),
        ("sources", "rome-report-2025", put("url", "https://news.example/a b"), "url", "is no web address"),
        ("sources", "rome-report-2025", put("url", ""), "url", "is no web address"),
        ("sources", "rome-report-2025", put("language", "English"), "language", "is no language code"),
        # Dates
        ("summits", "rome-2025", put("start", "2025-02-30"), "start", "no day of the calendar"),
        ("summits", "rome-2025", put("end", "2025-13"), "end", "no day of the calendar"),
        ("summits", "rome-2025", put("end", "2025-04-28"), "end", "before it starts on 2025-04-29"),
        ("summits", "rome-2025", put("start", ""), "start", "has an end but no start"),
        (
            "summits",
            "rome-2025",
            put("statements.0.date", "2025-04-31"),
            "statements[0].date",
            "no day of the calendar",
        ),
        ("agreements", "space-2025", put("history.0.date", "0000"), "history[0].date", "no day of the calendar"),
        ("agreements", "space-2025", put("history.0.date", "2025-05"), "history[1].date", "steps go from old to new"),
        ("leaders", "recep-tayyip-erdogan", put("offices.0.end", "2002-12"), "offices[0].end", "before it starts"),
        ("sources", "rome-report-2025", put("published", "2025-06-31"), "published", "no day of the calendar"),
        # Controlled words
        ("summits", "rome-2025", put("status", "took place"), "status", "is not one of scheduled, under_way, held"),
        ("summits", "rome-2025", put("participants.0.role", "host"), "participants[0].role", "is not one of chair"),
        ("summits", "rome-2025", put("agenda.0.role", "main"), "agenda[0].role", "is not one of priority"),
        ("summits", "rome-2025", put("statements.0.kind", "talk"), "statements[0].kind", "is not one of session"),
        ("topics", "space", put("sector", "outer space"), "sector", "is not one of foreign_affairs"),
        ("agreements", "space-2025", put("sector", "outer space"), "sector", "is not one of foreign_affairs"),
        ("agreements", "space-2025", put("instrument", "MoU"), "instrument", "is not one of treaty"),
        ("agreements", "space-2025", put("level", "city"), "level", "is not one of government"),
        ("agreements", "space-2025", put("history.1.status", "Signed"), "history[1].status", "is not one of mentioned"),
        ("sources", "rome-report-2025", put("kind", "blog"), "kind", "is not one of official"),
        # Countries
        ("summits", "rome-2025", put("country", "it"), "country", "neither two capitals"),
        ("summits", "rome-2025", put("participants.1.country", "UK"), "participants[1].country", "write 'GB'"),
        ("summits", "rome-2025", put("parties", ["IT", ""]), "parties[1]", "neither two capitals"),
        ("agreements", "space-2025", put("signatories.0.country", "-"), "signatories[0].country", "neither two"),
        ("leaders", "giorgia-meloni", put("country", "I"), "country", "neither two capitals"),
        # Claims
        (
            "summits",
            "rome-2025",
            put("claims.1.value", "9"),
            "claims[1]",
            "the value '9' of 'agreements' is claimed twice",
        ),
        # Names and texts
        ("topics", "space", put("aliases", ["outer space", "ENERGY"]), "aliases[1]", "also names energy"),
        ("leaders", "giorgia-meloni", put("aliases", ["tayyip  erdogan"]), "aliases[0]", "also names recep-tayyip-"),
        ("sources", "ankara-release-2025", put("url", "https://news.example/rome"), "url", "a page is one witness"),
        ("topics", "space", put("name", " "), "name", "is empty"),
        ("topics", "space", put("name", "Space "), "name", "begins or ends with a blank"),
        ("summits", "rome-2025", put("city", "Ro\x07me"), "city", "the invisible character U+0007 at 2"),
        ("summits", "rome-2025", put("name", "Rome\n2025"), "name", "the invisible character U+000A at 4"),
        ("summits", "rome-2025", put("venue", "Villa \u202eDoria"), "venue", "the invisible character U+202E"),
        ("summits", "rome-2025", put("note", "a\ufffdb"), "note", "the invisible character U+FFFD"),
        # Small slips
        ("summits", "rome-2025", put("participants.2.name", ""), "participants[2]", "names nobody"),
        ("summits", "rome-2025", put("edition", 0), "edition", "is no edition"),
        ("summits", "rome-2025", put("figures.0.high", 30), "figures[0].high", "is below the lower"),
        ("agreements", "space-2025", put("signatories.0", {}), "signatories[0]", "names nobody"),
        ("leaders", "giorgia-meloni", put("wikidata", "39259"), "wikidata", "is no Wikidata number"),
    ],
)
def test_a_fault_is_found_where_it_is(
    tiny_library: Path, table: str, record: str, edit: Edit, field: str, message: str
) -> None:
    spoil(tiny_library, table, record, edit)
    problems = [problem for problem in found(tiny_library) if problem[:2] != (record, field) or message in problem[2]]
    assert [problem[:2] for problem in problems] == [(record, field)]


@pytest.mark.parametrize(
    ("table", "record", "edit"),
    [
        ("summits", "rome-2025", put("end", "2025-04")),
        ("summits", "rome-2025", put("note", "first line\nsecond line")),
        ("summits", "rome-2025", put("name", "قمة روما · 首脳会談 · I\u0307zmir")),
        ("summits", "rome-2025", put("country", "G7")),
        ("summits", "rome-2025", put("parties", ["EU", "NATO", "African Union", "9 Partners"])),
        ("agreements", "space-2025", put("history.0.date", "2025")),
        ("agreements", "space-2025", put("history.0.date", "")),
        ("agreements", "space-2025", without("evidence")),
        ("agreements", "space-2025", put("summit", "")),
        ("sources", "rome-report-2025", put("text", " \x0c as it came\r\n")),
        ("topics", "space", put("aliases", ["space", "Space"])),
    ],
)
def test_what_is_right_is_left_in_peace(tiny_library: Path, table: str, record: str, edit: Edit) -> None:
    spoil(tiny_library, table, record, edit)
    assert found(tiny_library) == []


def test_a_summit_without_evidence_is_named_with_each_bare_fact(tiny_library: Path) -> None:
    spoil(tiny_library, "summits", "izmir-2008", without("evidence"))
    assert [problem[1] for problem in found(tiny_library)] == [
        "agenda[0].evidence",
        "agenda[1].evidence",
        "evidence",
        "participants[0].evidence",
        "participants[1].evidence",
    ]


def test_an_id_that_stands_in_two_files(tiny_library: Path) -> None:
    topic = {"id": "rome-2025", "name": "Rome"}
    (tiny_library / "third.json").write_text(json.dumps({"topics": {"1": topic}}))
    message = "the id is already that of a summit in meetings.json; every id stands once"
    assert check(tiny_library) == [Problem(tiny_library / "third.json", "rome-2025", "id", message)]


def test_a_number_that_stands_twice(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text('{"topics": {"1": {"id": "a", "name": "a"}, "1": {"id": "b", "name": "b"}}}')
    assert [(problem.file, problem.message) for problem in check(file)] == [
        (file, "the key '1' stands twice in one object; the first is lost to every reader")
    ]


def test_every_bad_record_is_named_and_the_rest_is_still_checked(tiny_library: Path) -> None:
    spoil(tiny_library, "topics", "space", put("aliases", "none"))
    spoil(tiny_library, "topics", "energy", without("name"))
    spoil(tiny_library, "leaders", "giorgia-meloni", put("country", "it"))
    problems = found(tiny_library)
    assert ("space", "aliases", 'expected a list, found text: "none"') in problems
    assert ("energy", "name", "the field is missing") in problems
    assert ("giorgia-meloni", "country") in [problem[:2] for problem in problems]


def test_a_bad_file_is_named_and_the_rest_is_still_checked(tiny_library: Path) -> None:
    spoil(tiny_library, "topics", "space", put("sector", "x"))
    (tiny_library / "cut.json").write_text('{"summits": {\n')
    problems = check(tiny_library)
    assert str(problems[0]) == f"{tiny_library}/cut.json: line 1, column 14: the JSON is cut off"
    assert [problem.record for problem in problems] == ["", "space"]


def test_a_problem_is_safe_on_a_terminal(hostile_library: Path) -> None:
    problems = check(hostile_library)
    assert {problem.file.stem for problem in problems} >= {"controls", "line-breaks", "direction"}
    assert {problem.file.stem for problem in problems} <= set(HOSTILE)
    assert not [problem for problem in problems if re.search(UNPRINTABLE, str(problem))]
