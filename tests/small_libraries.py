"""Strategies for small libraries and for queries that have a chance of finding something in them."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from tui.records import (
    AgendaItem,
    Agreement,
    Amount,
    Claim,
    Detail,
    Evidence,
    Figure,
    Leader,
    Office,
    Participant,
    Record,
    Signatory,
    Source,
    Statement,
    Step,
    Summit,
    Topic,
)
from tui.vocabulary import SECTORS, STATUSES, SUMMIT_STATUSES

NAMES = (
    "Recep Tayyip Erdoğan", "Giorgia Meloni", "Łukasz O’Brien-Nowak", "Κυριάκος Μητσοτάκης", "Зеленський", "石破 茂",
    "Energy", "Black Sea grain", "Non-proliferation", "Defence industry", "Türkiye’s harbour programme", "migration",
    "Ministers’ organisation", "Italy–Türkiye summit", "a", "L’Aquila 2009",
)  # fmt: skip
CITIES = ("", "Rome", "İzmir", "Ankara", "Villa Doria Pamphilj")
COUNTRIES = ("", "TR", "IT", "EU", "Turkey", "NATO", "Ferrari S.p.A.", "GE", "NE")
DATES = ("", "2008-11-12", "2015", "2024-12", "2025-04-29", "2026-01-03", "2027")
ROLES = ("chair", "participant", "absent", "expected")
AGENDA = ("priority", "discussed", "excluded")
IDS = {
    "summit": ("rome", "izmir-2008", "ankara"),
    "leader": ("erdogan", "meloni-giorgia", "a"),
    "topic": ("energy", "black-sea", "defence"),
    "agreement": ("space-memo", "energy-deal", "visa"),
    "source": ("report", "release"),
}

names = st.sampled_from(NAMES)
texts = st.one_of(st.just(""), names)
places = st.sampled_from(COUNTRIES)
dates = st.sampled_from(DATES)


def ids(kind: str) -> st.SearchStrategy[str]:
    """Ids of a kind, now and then one that no record has."""
    return st.sampled_from((*IDS[kind], *IDS[kind], f"missing-{kind}"))


def former(kind: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Ids that a record had before a merge: mostly none, now and then the one that no record has."""
    return st.sampled_from(((), (), (f"missing-{kind}",)))


def few(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, min_size=0, max_size=3).map(tuple)


evidence = few(st.builds(Evidence, source=ids("source")))
claims = few(st.builds(Claim, field=st.sampled_from(("a", "b")), value=texts, evidence=evidence))
statements = few(st.builds(Statement, kind=st.just("aim"), text=texts, outcome=texts, evidence=evidence))
details = few(st.builds(Detail, label=texts, value=texts))
sectors = st.sampled_from(tuple(SECTORS)[:4])
statuses = st.sampled_from(tuple(STATUSES))


def _summit(id_: str) -> st.SearchStrategy[Summit]:
    summit = st.builds(
        Summit,
        id=st.just(id_),
        name=names,
        series=texts,
        edition=st.sampled_from((None, 1, 2, 3, 11, 22, 104)),
        start=dates,
        end=dates,
        status=st.sampled_from(tuple(SUMMIT_STATUSES)),
        city=st.sampled_from(CITIES),
        country=places,
        parties=few(places),
        invited=few(places),
        participants=few(
            st.builds(
                Participant,
                leader=st.one_of(st.just(""), ids("leader")),
                name=texts,
                office=texts,
                country=places,
                role=st.sampled_from(ROLES),
                evidence=evidence,
            )
        ),
        agenda=few(
            st.builds(AgendaItem, topic=ids("topic"), role=st.sampled_from(AGENDA), note=texts, evidence=evidence)
        ),
        figures=few(st.builds(Figure, label=texts, value=st.just(1.5))),
        statements=statements,
        details=details,
        claims=claims,
        evidence=evidence,
    )
    return summit.map(_in_order)


def _in_order(summit: Summit) -> Summit:
    """Return a summit that does not end before it starts, nor ends where it never starts."""
    first, last = sorted((summit.start, summit.end))
    return replace(summit, start=first, end=last if first else "")


def _agreement(id_: str) -> st.SearchStrategy[Agreement]:
    return st.builds(
        Agreement,
        id=st.just(id_),
        title=names,
        summit=st.one_of(st.just(""), ids("summit")),
        sector=sectors,
        parties=few(places),
        signatories=few(st.builds(Signatory, leader=st.one_of(st.just(""), ids("leader")), name=texts, country=places)),
        topics=few(ids("topic")),
        amount=st.one_of(st.none(), st.builds(Amount, text=texts)),
        history=few(st.builds(Step, status=statuses, date=dates, evidence=evidence)),
        statements=statements,
        details=details,
        claims=claims,
        evidence=evidence,
    )


def _leader(id_: str) -> st.SearchStrategy[Leader]:
    return st.builds(
        Leader,
        id=st.just(id_),
        former_ids=former("leader"),
        name=names,
        aliases=few(names),
        country=places,
        offices=few(st.builds(Office, title=texts)),
    )


def _topic(id_: str) -> st.SearchStrategy[Topic]:
    return st.builds(
        Topic,
        id=st.just(id_),
        former_ids=former("topic"),
        name=names,
        aliases=few(names),
        sector=sectors,
        summary=texts,
    )


def _source(id_: str) -> st.SearchStrategy[Source]:
    return st.builds(Source, id=st.just(id_), url=st.just("https://example.org/x"), title=texts, publisher=texts)


_BUILDERS = {"summit": _summit, "leader": _leader, "topic": _topic, "agreement": _agreement, "source": _source}
_RECORDS = {kind: {id_: build(id_) for id_ in IDS[kind]} for kind, build in _BUILDERS.items()}
"""Made once: to make a strategy costs more than to draw from it."""


_ORDERS = {kind: st.permutations(known) for kind, known in IDS.items()}
_TWO_OR_THREE = st.integers(2, 3)


@st.composite
def libraries(draw: st.DrawFn) -> list[Record]:
    """Libraries of a few records of each kind, with links between them and some to records that are not there."""
    found: list[Record] = []
    for kind, records in _RECORDS.items():
        found += [draw(records[id_]) for id_ in draw(_ORDERS[kind])[: draw(_TWO_OR_THREE)]]
    return found


_words = st.sampled_from(sorted({word for name in (*NAMES, *CITIES) for word in name.split()}))
_values = {
    "country": st.sampled_from(("turkey", "turkish", "IT", "tur", "niger", "nige", '"ital"', "nato", "-", "gürcistan")),
    "year": st.sampled_from(("2015", "2009..2025", "2025..", "..2015", "20x5", "0000..9999")),
    "sector": st.sampled_from((*tuple(SECTORS)[:4], "foreign", '"foreign affairs"', "enrgy", "d")),
    "status": st.sampled_from((*STATUSES, *SUMMIT_STATUSES, "in", "outcome_unknown", "sign", "c", "singed")),
    "kind": st.sampled_from(("summit", "leaders", "t", "agreement", "source")),
    "is": st.sampled_from(("disputed", "expected", "upcoming", "u", "x")),
}


_quoted = st.sampled_from([f'"{name}"' for name in NAMES])
_values |= {field: st.one_of(st.sampled_from(IDS.get(field, ("x",))), _words, _quoted) for field in (*IDS, "series")}
_fields = st.sampled_from(tuple(_values))
_forms = st.sampled_from(("word", "slip", "begun", "phrase", "field", "field", "field", "range"))
_signs = st.sampled_from(("", "", "", "-"))


@st.composite
def _term(draw: st.DrawFn) -> str:
    sign = draw(_signs)
    form = draw(_forms)
    if form == "range":
        return sign + draw(st.sampled_from(("2015..2025", "2025..", "..2010")))
    if form == "field":
        field = draw(_fields)
        return f"{sign}{field}:{draw(_values[field])}"
    if form == "phrase":
        return f"{sign}{draw(st.sampled_from(('', '=')))}{draw(_quoted)}"
    word = draw(st.sampled_from(("", "", "="))) + draw(_words)
    if form == "slip" and len(word) > 2:
        at = draw(st.integers(0, len(word) - 1))
        return sign + word[:at] + draw(st.sampled_from(("", "x", word[at] * 2))) + word[at + 1 :]
    return sign + (word[: draw(st.integers(1, 5))] if form == "begun" else word)


_beside = st.lists(_term(), min_size=1, max_size=4).map(" ".join)
queries = st.one_of(_term(), _beside, st.lists(_beside, min_size=2, max_size=3).map(" OR ".join))
"""Queries that use every field, with values that are there, begun, misspelt or missing, and `OR` and `=`."""
