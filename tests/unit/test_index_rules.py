"""The finer rules of a view, each on a library made for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.libraries import write_file
from tui.index import Index
from tui.records import TABLES, AgendaItem, Agreement, Leader, Participant, Record, Signatory, Step, Summit, Topic

Ask = Callable[..., dict[str, list[str]]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Return a function that asks a query of a library of the given records, on 10 May 2025."""

    def asked(text: str, *records: Record, sort: str = "") -> dict[str, list[str]]:
        content = {table: [r for r in records if isinstance(r, shape)] for table, shape in TABLES.items()}
        file = write_file(tmp_path / "library.json", content)
        with Index.open(file, tmp_path / "cache", clock=lambda: date(2025, 5, 10)) as index:
            lists = index.view(text, {"summit": sort}).lists
            return {kind: [row.id for row in listing.rows(0, 99)] for kind, listing in lists.items()}

    return asked


def scheduled(id_: str, start: str, end: str = "") -> Summit:
    return Summit(id=id_, name="A", status="scheduled", start=start, end=end)


MEETINGS = (
    scheduled("yesterday", "2025-05-09"),
    scheduled("today", "2025-05-10"),
    scheduled("until-today", "2025-05-08", "2025-05-10"),
    scheduled("this-month", "2025-05"),
    scheduled("last-month", "2025-04"),
    scheduled("this-year", "2025"),
    scheduled("undated", ""),
    Summit(id="held", name="A", start="2025-06-01"),
)


def test_a_summit_is_upcoming_until_its_last_day_is_over_as_exactly_as_it_is_known(ask: Ask) -> None:
    coming = {"today", "until-today", "this-month", "this-year", "undated"}
    assert set(ask("is:upcoming", *MEETINGS)["summit"]) == coming
    assert set(ask("status:scheduled", *MEETINGS)["summit"]) == coming
    assert set(ask('status:"outcome unknown"', *MEETINGS)["summit"]) == {"yesterday", "last-month"}
    assert set(ask("status:outcome_unknown", *MEETINGS)["summit"]) == {"yesterday", "last-month"}


def test_a_leader_who_only_signed_brings_the_agreement_and_no_summit(ask: Ask) -> None:
    signer = Leader(id="signer", name="Signer")
    meeting = Summit(id="meeting", name="Meeting")
    signed = Agreement(id="signed", title="Text", summit="meeting", signatories=(Signatory(leader="signer"),))
    view = ask("leader:signer", signer, meeting, signed)
    assert (view["summit"], view["leader"], view["agreement"]) == ([], ["signer"], ["signed"])


def test_who_stayed_away_did_not_attend_and_what_was_kept_off_was_not_on_the_agenda(ask: Ask) -> None:
    meeting = Summit(
        id="meeting",
        name="Meeting",
        participants=(Participant(leader="away", role="absent"), Participant(leader="there")),
        agenda=(AgendaItem(topic="kept-off", role="excluded"), AgendaItem(topic="on")),
    )
    others = (Leader(id="away", name="Away"), Leader(id="there", name="There"))
    topics = (Topic(id="kept-off", name="Kept off"), Topic(id="on", name="On"))
    assert ask("leader:away", meeting, *others, *topics)["summit"] == []
    assert ask("topic:kept-off", meeting, *others, *topics)["summit"] == []
    view = ask("leader:there topic:on", meeting, *others, *topics)
    assert (view["summit"], view["leader"], view["topic"]) == (["meeting"], ["there"], ["on"])
    assert ask("away", meeting, *others, *topics)["summit"] == ["meeting"]


def test_an_agreement_that_names_states_is_theirs_and_another_is_its_summits(ask: Ask) -> None:
    meeting = Summit(id="meeting", name="Seven", parties=("DE", "FR", "TR"))
    theirs = Agreement(id="theirs", title="Text", summit="meeting", parties=("Germany", "FR"))
    firms = Agreement(id="firms", title="Text", summit="meeting", parties=("Leonardo", "Baykar"))
    assert ask("country:germany", meeting, theirs, firms)["agreement"] == ["firms", "theirs"]
    assert ask("country:turkey", meeting, theirs, firms)["agreement"] == ["firms"]


def test_an_agreement_without_a_summit_has_the_years_of_its_steps(ask: Ask) -> None:
    steps = (Step(status="signed", date="2020-01"), Step(status="in_force", date="2023"))
    alone = Agreement(id="alone", title="Text", history=steps)
    lost = Agreement(id="lost", title="Text", summit="nowhere", history=steps[:1])
    meeting = Summit(id="meeting", name="Meeting", start="2020-05-05")
    its = Agreement(id="its", title="Text", summit="meeting", history=steps)
    assert ask("year:2023", alone, lost, meeting, its)["agreement"] == ["alone"]
    assert set(ask("year:2020", alone, lost, meeting, its)["agreement"]) == {"alone", "lost", "its"}


def test_a_summit_over_new_year_is_in_both_years(ask: Ask) -> None:
    meeting = Summit(id="meeting", name="Meeting", start="2023-12-31", end="2024-01-01")
    assert [ask(f"year:{year}", meeting)["summit"] for year in (2022, 2023, 2024, 2025)] == [
        [], ["meeting"], ["meeting"], [],
    ]  # fmt: skip


def test_what_a_dash_ties_is_found_however_it_is_typed(ask: Ask) -> None:
    records = [
        Topic(id=f"t{at}", name=name) for at, name in enumerate(("Non-proliferation", "Nonproliferation", "Non"))
    ]
    for typed in ("non-proliferation", "nonproliferation", "non-prolif", "nonprolif"):
        assert sorted(ask(typed, *records)["topic"]) == ["t0", "t1"], typed
    assert ask('"non proliferation"', *records)["topic"] == ["t0"]


def test_a_phrase_does_not_run_from_one_text_into_the_next(ask: Ask) -> None:
    meeting = Summit(id="meeting", name="Black", city="Sea", note="Black sea")
    assert ask('"black sea"', meeting)["summit"] == ["meeting"]
    assert ask('"sea black"', meeting)["summit"] == []


def test_the_exact_thing_goes_before_those_that_begin_so(ask: Ask) -> None:
    energy, transition = Topic(id="energy", name="Energy"), Topic(id="energy-transition", name="Energy transition")
    meeting = Summit(id="meeting", name="M", agenda=(AgendaItem(topic="energy-transition"),))
    assert ask("topic:energy", energy, transition, meeting)["summit"] == []
    assert ask("topic:energ", energy, transition, meeting)["summit"] == ["meeting"]
    niger = Summit(id="niger", name="N", country="NE")
    nigeria = Summit(id="nigeria", name="N", country="NG")
    assert ask("country:niger", niger, nigeria)["summit"] == ["niger"]
    assert ask("country:nige", niger, nigeria)["summit"] == ["niger", "nigeria"]
    texts = [
        Agreement(id=status.replace("_", "-"), title="T", history=(Step(status=status),)) for status in ("agreed",)
    ]
    assert ask("status:agreed", *texts)["agreement"] == ["agreed"]
    assert ask('status:"agre"', *texts)["agreement"] == []
    assert ask("status:agre", *texts)["agreement"] == ["agreed"]


def test_an_organisation_that_is_no_country_is_found_by_its_name(ask: Ask) -> None:
    meeting = Summit(id="meeting", name="M", parties=("NATO", "EU"))
    assert ask("nato", meeting)["summit"] == ["meeting"]
    assert ask('"european union"', meeting)["summit"] == ["meeting"]
    assert ask("country:EU", meeting)["summit"] == ["meeting"]


def test_dates_that_are_not_known_come_last_either_way(ask: Ask) -> None:
    dated = [Summit(id=f"s{year or 0}", name="S", start=year) for year in ("2020", "2025", "")]
    assert ask("", *dated)["summit"] == ["s2025", "s2020", "s0"]
    assert ask("", *dated, sort="oldest")["summit"] == ["s2020", "s2025", "s0"]


def test_an_id_that_was_merged_away_leads_to_the_record_it_went_into(ask: Ask) -> None:
    people = (Leader(id="meloni", name="Giorgia Meloni", former_ids=("g-meloni",)), Leader(id="other", name="Other"))
    topics = (Topic(id="energy", name="Energy", former_ids=("power",)),)
    meeting = Summit(
        id="rome",
        name="Rome",
        start="2025-04-29",
        former_ids=("roma",),
        participants=(Participant(leader="meloni"),),
        agenda=(AgendaItem(topic="energy"),),
    )
    deal = Agreement(id="deal", title="Deal", summit="rome", former_ids=("pact",))
    for query in ("leader:g-meloni", "topic:power", "summit:roma", "agreement:pact"):
        found = ask(query, *people, *topics, meeting, deal)
        assert found["summit"] == ["rome"], query
        assert found["leader"] == ["meloni"], query
    assert ask("leader:g-meloni", *people, meeting)["leader"] == ["meloni"]


def test_what_a_field_names_is_in_view_although_nothing_is_linked_with_it(ask: Ask) -> None:
    records = (
        Topic(id="water", name="Water"),
        Topic(id="energy", name="Energy"),
        Leader(id="new", name="Someone New"),
        Summit(id="rome", name="Rome", start="2025-04-29", agenda=(AgendaItem(topic="energy"),)),
    )
    assert ask("topic:water", *records) == {"summit": [], "leader": [], "topic": ["water"], "agreement": []}
    assert ask("topic:water wat", *records)["topic"] == ["water"]
    assert ask("leader:new", *records)["leader"] == ["new"]
    assert ask("topic:water topic:energy", *records)["topic"] == []
    assert ask("topic:water year:2025", *records)["topic"] == []
    assert "water" not in ask("-topic:water", *records)["topic"]
