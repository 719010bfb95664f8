"""What goes out can be read by others: each format by a reader that is not ours, and none with a control character."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pybtex.database
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.richtext import Text

from tests.libraries import HOSTILE, write_file
from tui.exchange.out import FORMATS, Selection, carried, export, notes, of_records, of_view, read_lines
from tui.exchange.out.tabular import table
from tui.exchange.printable import printable
from tui.index import Index
from tui.library import library_files, read_file
from tui.records import Agreement, Source, Step, Summit

HIDDEN = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def whole(shipped: Path, shipped_cache: Path) -> Iterator[Selection]:
    with Index.open(shipped, shipped_cache) as index:
        yield of_view(index.view(""), index)


def library_of(folder: Path, **tables: list[Any]) -> Selection:
    """Return a library of these records alone."""
    folder.mkdir()
    write_file(folder / "one.json", tables)
    index = Index.open(folder, folder.parent / "cache-of-one")
    return of_view(index.view(""), index)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["summit", "leader", "topic", "agreement", "source"])
def test_no_format_lets_a_control_character_out(form: str, kind: str, hostile: Selection) -> None:
    text = export(hostile.only(kind), form)
    assert not {character for character in text if unicodedata.category(character) == "Cc"} - {"\r", "\n"}
    assert not HIDDEN.search(text)
    assert all(line.endswith("\r") for line in text.split("\n")[:-1]) or "\r" not in text


class TestJson:
    @pytest.mark.parametrize("library", ["tiny", "hostile", "whole"])
    def test_lines_hold_every_record_as_it_is(self, library: str, request: pytest.FixtureRequest) -> None:
        chosen: Selection = request.getfixturevalue(library)
        records = {record.id: record for file in library_files(chosen.index.library) for _, record in read_file(file)}
        read = list(read_lines(export(chosen, "jsonl").splitlines()))
        assert len(read) == len(records)
        assert {record.id: record for record in read} == records

    def test_an_object_has_the_tables_of_a_library(self, tiny: Selection) -> None:
        found = json.loads(export(tiny, "json"))
        assert list(found) == ["summits", "leaders", "topics", "agreements", "sources"]
        assert {kind: len(found[f"{kind}s"]) for kind in tiny.index.counts} == tiny.index.counts

    def test_a_view_brings_the_sources_that_it_cites_and_no_others(self, tiny: Selection) -> None:
        chosen = of_view(tiny.index.view("summit:athens-2023"), tiny.index, "summit")
        found = json.loads(export(chosen, "json"))
        assert [summit["id"] for summit in found["summits"]] == ["athens-2023"]
        assert [source["id"] for source in found["sources"]] == ["ankara-release-2025"]
        assert found["leaders"] == []

    @pytest.mark.parametrize(
        "line",
        ['{"type":"summit","id":"x"}', '{"type":"planet","id":"x","name":"y"}', '{"id":"x"}', "[1]", "{", '{"type":1}'],
    )
    def test_a_line_that_is_no_record_is_named(self, line: str) -> None:
        good = '{"type":"topic","id":"x","name":"y"}'
        with pytest.raises(ValueError, match="line 3: "):
            list(read_lines([good, "", line]))


class TestCsv:
    @pytest.mark.parametrize("kind", ["summit", "leader", "topic", "agreement", "source"])
    def test_a_table_has_a_line_for_each_record(self, kind: str, whole: Selection) -> None:
        text = export(whole.only(kind), "csv")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), dialect="excel", strict=True))
        assert [row["id"] for row in rows] == list(whole.ids[kind])
        assert all(None not in row and None not in row.values() for row in rows)

    def test_a_meeting_in_cells(self, tiny: Selection) -> None:
        rows = list(csv.DictReader(io.StringIO(export(tiny.only("summit"), "csv"), newline="")))
        rome = next(row for row in rows if row["id"] == "rome-2025")
        assert rome["chairs"] == "Giorgia Meloni"
        assert rome["leaders"] == "Recep Tayyip Erdoğan"
        assert rome["topics"] == "Migration; Energy; Space"
        assert (rome["start"], rome["end"], rome["disputed"]) == ("2025-04-29", "2025-04-30", "agreements")
        assert rome["sources"].count("https://") == 3

    def test_a_formula_is_text_only_where_that_is_asked_for(self, tmp_path: Path) -> None:
        names = ["=HYPERLINK(1)", "+1", "-1", "@a", " =2", "plain"]
        sources = [Source(id=f"s{n}", url="https://x.example", title=name) for n, name in enumerate(names)]
        chosen = library_of(tmp_path / "formulas", sources=sources).only("source")

        def titles(text: str) -> list[str]:
            return [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))]

        assert titles("".join(table(chosen))) == [name.strip() for name in names]
        guarded = titles("".join(table(chosen, guard_formulas=True)))
        assert guarded == ["'=HYPERLINK(1)", "'+1", "'-1", "'@a", "'=2", "plain"]


class TestCalendar:
    def test_another_reader_finds_the_days(self, whole: Selection) -> None:
        read = icalendar.Calendar.from_ical(export(whole, "ics"))
        events = {str(event["UID"]).partition("@")[0]: event for event in read.walk("VEVENT")}
        dated = {summit.id: summit for summit in whole.summits() if len(summit.start) == 10}
        assert list(events) == list(dated)
        for name, summit in dated.items():
            last = date.fromisoformat(summit.end if len(summit.end) == 10 else summit.start)
            assert events[name].decoded("DTSTART") == date.fromisoformat(summit.start)
            assert events[name].decoded("DTEND") == last + timedelta(days=1)
            assert str(events[name]["SUMMARY"]) == summit.name
            assert not events[name].errors

    def test_a_meeting_without_a_day_is_left_out_and_counted(self, tiny: Selection) -> None:
        assert "izmir-2008" not in export(tiny, "ics")
        assert carried(tiny, "ics") == 2
        assert "left out: 1 summit of which the day is not known" in notes(tiny, "ics")

    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            ("2024-02-29", "", 1),
            ("2024-02-29", "2024-03-01", 2),
            ("2024-02-29", "2024-03", 1),
            ("2024-02-29", "2024-02-28", 1),
            ("2024-12-31", "", 1),
            ("2024-02", "2024-02-29", 0),
            ("2023-02-29", "", 0),
            ("0000-01-01", "", 0),
            ("9999-12-31", "", 0),
            ("", "", 0),
        ],
    )
    def test_odd_dates(self, start: str, end: str, days: int, tmp_path: Path) -> None:
        chosen = library_of(tmp_path / "odd", summits=[Summit(id="odd", name="Odd", start=start, end=end)])
        events = icalendar.Calendar.from_ical(export(chosen, "ics")).walk("VEVENT")
        assert [event.decoded("DTEND") - event.decoded("DTSTART") for event in events] == [timedelta(days=days)][:days]

    def test_lines_are_folded_by_octets_and_text_survives(self, hostile: Selection) -> None:
        text = export(hostile, "ics")
        assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75
        events = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
        for name, said in HOSTILE.items():
            assert str(events[f"summit-{name}@summit-explorer"]["SUMMARY"]) == printable(said).strip()

    def test_the_same_library_gives_the_same_calendar(self, tiny: Selection) -> None:
        assert export(tiny, "ics") == export(tiny, "ics")


NOT_DECODED = {r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciicircum{}": "^", r"\$": "$"}
"""What every TeX prints so, and the reader here leaves as it is or takes for markup."""


def read_tex(text: str) -> list[str]:
    """Return the words that TeX would print."""
    for place, written in enumerate(NOT_DECODED):
        text = text.replace(written, chr(0xE000 + place))
    shown = str(Text.from_latex(text))
    for place, meant in enumerate(NOT_DECODED.values()):
        shown = shown.replace(chr(0xE000 + place), meant)
    return shown.split()


class TestCitations:
    def test_bibtex_is_read_with_every_title_as_it_was(self, hostile: Selection) -> None:
        text = export(hostile, "bibtex")
        entries = pybtex.database.parse_string(text, "bibtex").entries
        assert set(entries) == {f"source-{name}" for name in HOSTILE}
        for name, said in HOSTILE.items():
            assert read_tex(entries[f"source-{name}"].fields["title"]) == printable(said).split()

    def test_bibtex_escapes_what_tex_would_obey(self, tmp_path: Path) -> None:
        title = r"50% of {A & B} cost $3_000 #1 ~ ^ \input{x}"
        chosen = library_of(tmp_path / "tex", sources=[Source(id="s", url="https://x.example/a{b} c", title=title)])
        entry = pybtex.database.parse_string(export(chosen, "bibtex"), "bibtex").entries["s"]
        assert re.sub(r"\\[#$%&_]|\\text\w+\{\}", "", entry.fields["title"][1:-1]).isascii()
        assert not re.search(r"(?<!\\)[#$%&_~^]", entry.fields["title"])
        assert read_tex(entry.fields["title"]) == title.split()
        assert entry.fields["url"] == "https://x.example/a%7Bb%7D%20c"

    def test_a_csl_processor_makes_a_bibliography(self, whole: Selection) -> None:
        items = json.loads(export(whole, "csl"))
        assert [item["id"] for item in items] == list(whole.ids["source"])
        dated = [item for item in items if "issued" in item][:20]
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(dated), formatter.plain)
        for item in dated:
            bibliography.register(Citation([CitationItem(item["id"])]))
        made = [str(line) for line in bibliography.bibliography()]
        assert len(made) == len(dated)
        for item in dated:
            assert any(str(item["issued"]["date-parts"][0][0]) in line for line in made)

    def test_ris_is_read_with_its_fields(self, tiny: Selection) -> None:
        read = {entry["id"]: entry for entry in rispy.loads(export(tiny, "ris"))}
        sources = {source.id: source for source in tiny.sources()}
        assert set(read) == set(sources)
        for name, source in sources.items():
            assert read[name]["urls"] == [source.url]
            assert read[name].get("publisher", "") == source.publisher
            assert read[name].get("year", "") == source.published[:4]

    @pytest.mark.parametrize(
        ("published", "parts", "day"),
        [
            ("2025-04-29", [[2025, 4, 29]], "2025/04/29/"),
            ("2025-04", [[2025, 4]], "2025/04//"),
            ("2025", [[2025]], "2025///"),
            ("2025-13-01", [[2025]], "2025///"),
        ],
    )
    def test_a_date_is_as_exact_as_it_is_known(
        self, published: str, parts: list[list[int]], day: str, tmp_path: Path
    ) -> None:
        source = Source(id="s", url="https://x.example", title="T", published=published)
        chosen = library_of(tmp_path / "dated", sources=[source])
        assert json.loads(export(chosen, "csl"))[0]["issued"]["date-parts"] == parts
        assert f"DA  - {day}\r\n" in export(chosen, "ris")
        assert ("month" in export(chosen, "bibtex")) is (len(parts[0]) > 1)


class TestPopolo:
    """The structure is held to what popoloproject.com's schemas ask for, in our own words."""

    DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")

    @pytest.mark.parametrize("library", ["tiny", "hostile", "whole"])
    def test_every_link_leads_to_an_object_and_every_date_is_one(
        self, library: str, request: pytest.FixtureRequest
    ) -> None:
        found = json.loads(export(request.getfixturevalue(library), "popolo"))
        assert list(found) == ["persons", "organizations", "memberships", "events"]
        ids = {kind: [item["id"] for item in items] for kind, items in found.items()}
        assert all(len(set(given)) == len(given) for given in ids.values())
        for membership in found["memberships"]:
            assert membership["person_id"] in ids["persons"]
            assert membership.get("organization_id", ids["organizations"][0]) in ids["organizations"]
        for item in (*found["memberships"], *found["events"]):
            assert all(self.DATE.fullmatch(item[end]) for end in ("start_date", "end_date") if end in item)
        for event in found["events"]:
            assert all(person["name"] for person in event.get("attendees", ()))

    def test_an_office_is_a_membership(self, tiny: Selection) -> None:
        found = json.loads(export(tiny, "popolo"))
        held = [item for item in found["memberships"] if item["person_id"] == "recep-tayyip-erdogan"]
        assert [(item["role"], item["organization_id"]) for item in held] == [
            ("Prime Minister", "tr"),
            ("President", "tr"),
        ]
        assert (held[0]["start_date"], held[0]["end_date"]) == ("2003", "2014")
        assert {"id": "tr", "name": "Türkiye"}.items() <= found["organizations"][0].items()
        person = found["persons"][0]
        assert person["other_names"] == [{"name": "Tayyip Erdogan"}]
        own = {"scheme": "summit-explorer", "identifier": "recep-tayyip-erdogan"}
        assert person["identifiers"] == [own, {"scheme": "wikidata", "identifier": "Q39259"}]

    def test_a_meeting_brings_those_who_came(self, tiny: Selection) -> None:
        chosen = of_view(tiny.index.view("summit:izmir-2008"), tiny.index, "summit")
        found = json.loads(export(chosen, "popolo"))
        assert {person["id"] for person in found["persons"]} == {"recep-tayyip-erdogan", "silvio-berlusconi"}
        assert found["events"][0]["start_date"] == "2008-11"
        assert {"id": "silvio-berlusconi", "name": "Silvio Berlusconi"} in found["events"][0]["attendees"]


def test_what_is_left_out_is_said(tiny: Selection) -> None:
    assert notes(tiny, "jsonl") == []
    assert notes(tiny.only("summit"), "csv") == []
    assert "--kind" in notes(tiny, "csv")[0]
    assert carried(tiny, "csv") == tiny.count("summit")


def test_an_agreement_with_a_history_in_cells(tmp_path: Path) -> None:
    steps = (Step(status="expected", date="2025-04"), Step(status="signed", date="2025-04-29"))
    chosen = library_of(tmp_path / "deal", agreements=[Agreement(id="deal", title="Deal", history=steps)])
    row = next(csv.DictReader(io.StringIO(export(chosen, "csv"), newline="")))
    assert (row["status"], row["date"]) == ("signed", "2025-04-29")
    assert row["history"] == "expected 2025-04; signed 2025-04-29"


def test_single_records_go_out_too(tiny: Selection) -> None:
    records = tiny.index.records(["rome-2025", "migration"])
    assert of_records(records.values(), tiny.index).ids == {"summit": ["rome-2025"], "topic": ["migration"]}
