"""What a query means, said a second time in plain Python over records in memory: the oracle for the index.

It shares the folding of words and the reading of the query with the program, and nothing else: no SQL, no
document of the index, no list of links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from tests.shipped_names import shipped_names
from tui.index import countries
from tui.index.folding import begun, compounds, latin, words
from tui.index.query import Query, Term, parse, years
from tui.index.spelling import one_spelling
from tui.records import Agreement, Leader, Record, Source, Summit, Topic, disputed_fields, kind_of
from tui.vocabulary import INSTRUMENTS, PENDING, SECTORS, STATUSES, SUMMIT_STATUSES, Word, english

MONTHS = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
PANES = ("summit", "leader", "topic", "agreement")


@dataclass(frozen=True)
class Seen:
    """Ids in view by kind, and at how many summits in view each leader or topic was."""

    ids: dict[str, set[str]]
    counts: dict[str, int]


class NaiveLibrary:
    """A library of `records`, asked on an ISO day."""

    def __init__(self, records: Iterable[Record], today: str) -> None:
        self.also: tuple[tuple[str, str], ...] = ()
        self._texts: dict[str, list[str]] = {}
        self.all = {record.id: record for record in records}
        self.today = today
        self.summits = [record for record in self.all.values() if isinstance(record, Summit)]
        self.agreements = [record for record in self.all.values() if isinstance(record, Agreement)]

    def view(self, text: str, also: Iterable[tuple[str, str]] = ()) -> Seen:
        """Return what is in view for a query; `also` has for its folded words others that may stand in their place."""
        self.also = tuple(also)
        parts = [(query, *self.part(query)) for query in parse(text).branches]
        ids = {kind: {x for _, found, _ in parts for x in found[kind]} for kind in PANES}
        counts = {}
        for kind, at in (("leader", self.attended), ("topic", self.discussed)):
            met = {s.id for query, _, summits in parts if kind in self.shown(query) for s in summits}
            counts |= {x: sum(x in at(s) for s in self.summits if s.id in met) for x in ids[kind]}
        return Seen(ids, counts)

    def attended(self, summit: Summit) -> set[str]:
        return {p.leader for p in summit.participants if p.role != "absent"}

    def discussed(self, summit: Summit) -> set[str]:
        return {i.topic for i in summit.agenda if i.role != "excluded"}

    def part(self, query: Query) -> tuple[dict[str, set[str]], list[Summit]]:
        """Return the ids in view for a query without `OR`, and the summits that its fields leave."""
        acting = [term for term in query.fields if term.field != "kind"]
        summits, agreements = list(self.summits), list(self.agreements)
        for term in acting:
            chosen_summits, chosen_agreements = self.chosen(term)
            summits = [s for s in summits if (s.id in chosen_summits) != term.negated]
            agreements = [a for a in agreements if (a.id in chosen_agreements) != term.negated]
        linked = {
            "leader": {x for s in summits for x in self.attended(s)}
            | {by.leader for a in agreements for by in a.signatories},
            "topic": {x for s in summits for x in self.discussed(s)} | {x for a in agreements for x in a.topics},
            "summit": {s.id for s in summits},
            "agreement": {a.id for a in agreements},
        }
        if len(acting) == 1 and acting[0].field in ("leader", "topic") and not acting[0].negated:
            linked[acting[0].field] |= self.named(acting[0], acting[0].field)
        ids: dict[str, set[str]] = {kind: set() for kind in PANES}
        for record in self.all.values():
            kind = kind_of(record)
            if kind in self.shown(query) and (not acting or record.id in linked[kind]):
                if isinstance(record, Topic) and not self.in_sectors(record, acting):
                    continue
                if self.matches(record, query):
                    ids[kind].add(record.id)
        return ids, summits

    def shown(self, query: Query) -> set[str]:
        terms = [term for term in query.fields if term.field == "kind"]
        wanted = {pane for term in terms if not term.negated for pane in _panes(term)}
        hidden = {pane for term in terms if term.negated for pane in _panes(term)}
        return (wanted if any(not term.negated for term in terms) else set(PANES)) - hidden

    def in_sectors(self, topic: Topic, terms: list[Term]) -> bool:
        return all(
            (topic.sector in _controlled(term, SECTORS)) != term.negated for term in terms if term.field == "sector"
        )

    def matches(self, record: Record, query: Query) -> bool:
        free = [term for term in query.free if words(term.value)]
        typed = [term for term in free if not term.negated and not term.exact and (term.open or not term.phrase)]
        last = typed[-1] if typed else None

        def stands(term: Term) -> bool:
            return any(
                _says(text, meant, term is last) for meant in self.meant(term) for text in self.said(record, meant)
            )

        def called(other: str) -> bool:
            return any(_says(text, other, False) for text in self.texts(record))

        groups = list(shipped_names().grouped([term for term in free if not term.negated]))
        wanted = [
            group for group in groups if len(group.terms) > 1 or group.terms[0] is last or not _is_small(group.terms[0])
        ] or groups
        return not any(stands(term) for term in free if term.negated) and all(
            all(stands(term) for term in group.terms) or any(called(" ".join(other)) for other in group.others)
            for group in wanted
        )

    def said(self, record: Record, value: str) -> list[str]:
        """What a word may stand in: few letters do not begin the names of countries in other languages."""
        letters = "".join(words(value))
        short = letters.isascii() and len(letters) < 3
        return self.texts(record) + ([] if short else [n for c in self.nations(record) for n in _country_names(c)])

    def meant(self, term: Term) -> list[str]:
        if term.negated or term.exact or term.phrase:
            return [term.value]
        forms = [""]
        for typed in words(term.value):
            may = [typed, *(other for word, other in self.also if word == typed)]
            forms = [f"{form} {word}".strip() for form in forms for word in may]
        return [term.value, *forms[1:41]]

    def chosen(self, term: Term) -> tuple[set[str], set[str]]:
        choose: dict[str, Callable[[Term], tuple[set[str], set[str]]]] = {
            "summit": self.by_summit,
            "leader": self.by_leader,
            "topic": self.by_topic,
            "agreement": self.by_agreement,
            "country": self.by_country,
            "series": self.by_series,
            "year": self.by_year,
            "sector": self.by_sector,
            "status": self.by_status,
            "source": self.by_source,
            "is": self.by_mark,
        }
        return choose[term.field](term)

    def named(self, term: Term, kind: str) -> set[str]:
        value = term.value.strip()
        if value in self.all and kind_of(self.all[value]) == kind:
            return {value}
        former = {id_ for id_, record in self.all.items() if value in record.former_ids and kind_of(record) == kind}
        if former:
            return former
        wanted = words(value)
        if not wanted:
            return set()
        found = set()
        for record in self.all.values():
            if kind_of(record) == kind:
                has = [word for said in self.names(record) for word in _forms(said)]
                whole = wanted if term.phrase else wanted[:-1]
                starts = begun(wanted[-1])
                if all(word in has for word in whole) and (term.phrase or any(word.startswith(starts) for word in has)):
                    found.add(record.id)
        return found

    def of(self, summits: set[str]) -> set[str]:
        return {a.id for a in self.agreements if a.summit in summits}

    def having(self, agreements: set[str]) -> set[str]:
        return {a.summit for a in self.agreements if a.id in agreements}

    def by_summit(self, term: Term) -> tuple[set[str], set[str]]:
        summits = self.named(term, "summit")
        return summits, self.of(summits)

    def by_leader(self, term: Term) -> tuple[set[str], set[str]]:
        people = self.named(term, "leader")
        summits = {s.id for s in self.summits if any(p.leader in people and p.role != "absent" for p in s.participants)}
        return summits, self.of(summits) | {
            a.id for a in self.agreements if any(by.leader in people for by in a.signatories)
        }

    def by_topic(self, term: Term) -> tuple[set[str], set[str]]:
        topics = self.named(term, "topic")
        return (
            {s.id for s in self.summits if any(i.topic in topics and i.role != "excluded" for i in s.agenda)},
            {a.id for a in self.agreements if topics & set(a.topics)},
        )

    def by_agreement(self, term: Term) -> tuple[set[str], set[str]]:
        agreements = self.named(term, "agreement")
        return self.having(agreements), agreements

    def by_country(self, term: Term) -> tuple[set[str], set[str]]:
        codes = _countries(term)
        summits = {
            s.id
            for s in self.summits
            if codes & {countries.code(c) for c in (s.country, *s.parties, *(p.country for p in s.participants)) if c}
        }
        agreements = set()
        for agreement in self.agreements:
            given = (*agreement.parties, *(by.country for by in agreement.signatories))
            states = {countries.code(country) for country in given} - {""}
            if states & codes or (not states and agreement.summit in summits):
                agreements.add(agreement.id)
        return summits, agreements

    def by_series(self, term: Term) -> tuple[set[str], set[str]]:
        wanted = words(term.value)
        summits = set()
        for summit in self.summits:
            has = words(summit.series)
            whole = wanted if term.phrase else wanted[:-1]
            if wanted and has and all(word in has for word in whole):
                starts = begun(wanted[-1])
                if term.phrase or any(word.startswith(starts) for word in has):
                    summits.add(summit.id)
        return summits, self.of(summits)

    def by_year(self, term: Term) -> tuple[set[str], set[str]]:
        ends = years(term.value.strip())
        if ends is None:
            return set(), set()
        summits = {
            s.id
            for s in self.summits
            if s.start and int(s.start[:4]) <= ends[1] and int((s.end or s.start)[:4]) >= ends[0]
        }
        alone = {
            a.id
            for a in self.agreements
            if not isinstance(self.all.get(a.summit), Summit)
            and any(step.date and ends[0] <= int(step.date[:4]) <= ends[1] for step in a.history)
        }
        return summits, self.of(summits) | alone

    def by_sector(self, term: Term) -> tuple[set[str], set[str]]:
        sectors = _controlled(term, SECTORS)
        agreements = {a.id for a in self.agreements if a.sector in sectors}
        topics = {t.id for t in self.all.values() if isinstance(t, Topic) and t.sector in sectors}
        dealt = {s.id for s in self.summits if any(i.topic in topics and i.role != "excluded" for i in s.agenda)}
        return self.having(agreements) | dealt, agreements

    def by_status(self, term: Term) -> tuple[set[str], set[str]]:
        theirs = _controlled(term, STATUSES)
        labels = {word: shown.label for word, shown in SUMMIT_STATUSES.items()}
        meetings = _called(term, labels | {"outcome_unknown": "outcome unknown"})
        agreements = {a.id for a in self.agreements if a.status in theirs}
        summits = {s.id for s in self.summits if self.status(s) in meetings}
        return self.having(agreements) | summits, agreements | self.of(summits)

    def by_source(self, term: Term) -> tuple[set[str], set[str]]:
        sources = self.named(term, "source")
        citing = {record.id for record in self.all.values() if any(f"source='{x}'" in repr(record) for x in sources)}
        return citing & {s.id for s in self.summits}, citing & {a.id for a in self.agreements}

    def by_mark(self, term: Term) -> tuple[set[str], set[str]]:
        marks = _called(term, {mark: mark for mark in ("disputed", "expected", "upcoming")})
        summits: set[str] = set()
        agreements: set[str] = set()
        if "disputed" in marks:
            summits |= {s.id for s in self.summits if disputed_fields(s.claims)}
            agreements |= {a.id for a in self.agreements if disputed_fields(a.claims)}
        if "expected" in marks:
            pending = {a.id for a in self.agreements if a.status in PENDING}
            summits, agreements = summits | self.having(pending), agreements | pending
        if "upcoming" in marks:
            coming = {s.id for s in self.summits if self.status(s) == "scheduled"}
            summits, agreements = summits | coming, agreements | self.of(coming)
        return summits, agreements

    def status(self, summit: Summit) -> str:
        last = summit.end or summit.start
        if summit.status == "scheduled" and last and last < self.today[: len(last)]:
            return "outcome_unknown"
        return summit.status

    def names(self, record: Record) -> list[str]:
        if isinstance(record, Summit):
            edition = "" if record.edition is None else _ordinal(record.edition)
            dates = [said for day in (record.start, record.end) for said in _said(day)]
            return [record.name, record.series, edition, record.city, _untied(record.id), *dates]
        if isinstance(record, Leader | Topic):
            return [record.name, *record.aliases, _untied(record.id)]
        if isinstance(record, Agreement):
            return [record.title, _untied(record.id)]
        return [record.title, record.publisher, _untied(record.id), _untied(record.url)]

    def texts(self, record: Record) -> list[str]:
        if record.id not in self._texts:
            self._texts[record.id] = self.own_texts(record)
        return self._texts[record.id]

    def own_texts(self, record: Record) -> list[str]:
        own = self.names(record)
        if isinstance(record, Summit):
            for person in record.participants:
                own += [*self.called(person.leader), person.name, person.office]
            for item in record.agenda:
                own += [*self.called(item.topic), item.note]
            own += [record.venue, *record.venue_aliases, record.kind, record.note]
            own += [text for said in record.statements for text in (said.text, said.outcome)]
            own += [f"{detail.label} {detail.value}" for detail in record.details]
            own += [*(figure.label for figure in record.figures), *(claim.value for claim in record.claims)]
            return own + _english(self.nations(record))
        if isinstance(record, Leader):
            demonyms = countries.demonyms(countries.code(record.country))
            own += [*(office.title for office in record.offices), record.note, *demonyms]
            return own + _english(self.nations(record))
        if isinstance(record, Topic):
            return [*own, english(SECTORS, record.sector), record.summary]
        if isinstance(record, Agreement):
            return own + self.agreement_texts(record)
        assert isinstance(record, Source)
        return []

    def agreement_texts(self, record: Agreement) -> list[str]:
        own = [english(INSTRUMENTS, record.instrument), record.instrument_in_source, record.note]
        own += [english(SECTORS, record.sector), record.sector_in_source]
        for by in record.signatories:
            own += [*self.called(by.leader), by.name]
        own += [name for topic in record.topics for name in self.called(topic)]
        own += [record.amount.text] if record.amount else []
        own += [f"{detail.label} {detail.value}" for detail in record.details]
        own += [text for said in record.statements for text in (said.text, said.outcome)]
        own += [said for step in record.history for said in _said(step.date)]
        summit = self.all.get(record.summit)
        own += [summit.city] if isinstance(summit, Summit) else []
        return own + _english(self.nations(record))

    def nations(self, record: Record) -> list[str]:
        if isinstance(record, Summit):
            return [record.country, *record.parties, *record.invited, *(p.country for p in record.participants)]
        if isinstance(record, Agreement):
            return [*record.parties, *(by.country for by in record.signatories)]
        return [record.country] if isinstance(record, Leader) else []

    def called(self, id: str) -> list[str]:  # noqa: A002
        record = self.all.get(id)
        return [record.name, *record.aliases] if isinstance(record, Leader | Topic) else [id]


@cache
def _says(text: str, value: str, prefix: bool) -> bool:
    wanted = words(value)
    forms = [words(text), *([form.word] for form in compounds(text))]
    tied = one_spelling("".join(wanted))
    asked = [wanted]
    if len(wanted) > 1 and tied in {form.word for form in compounds(value)}:
        asked.append([tied])
    asked.append(latin(value))
    return any(_stands(form, phrase, prefix) for form in forms for phrase in asked)


def _stands(text: list[str], phrase: list[str], prefix: bool) -> bool:
    starts = begun(phrase[-1])
    for at in range(len(text) - len(phrase) + 1):
        part = text[at : at + len(phrase)]
        if part[:-1] == phrase[:-1] and (part[-1].startswith(starts) if prefix else part[-1] == phrase[-1]):
            return True
    return False


def _forms(text: str) -> list[str]:
    return [*words(text), *(form.word for form in compounds(text))]


def _panes(term: Term) -> set[str]:
    return _called(term, {pane: f"{pane}s" for pane in PANES})


def _controlled(term: Term, known: dict[str, Word]) -> set[str]:
    return _called(term, {word: shown.label for word, shown in known.items()})


def _called(term: Term, labels: dict[str, str]) -> set[str]:
    wanted = words(term.value)
    if not wanted:
        return set()
    exact = {word for word, shown in labels.items() if wanted in (words(word), words(shown))}
    if exact or term.phrase:
        return exact
    return {word for word, shown in labels.items() if any(_at_start(words(text), wanted) for text in (word, shown))}


def _at_start(text: list[str], wanted: list[str]) -> bool:
    return len(text) >= len(wanted) and _stands(text[: len(wanted)], wanted, True)


def _countries(term: Term) -> set[str]:
    exact = countries.code(term.value)
    if exact or term.phrase or not words(term.value):
        return {exact} - {""}
    return _countries_begun(term.value)


@cache
def _countries_begun(value: str) -> set[str]:
    wanted = words(value)
    return {code for code in countries.known() if any(_at_start(name, wanted) for name in _country_words(code))}


@cache
def _country_words(code: str) -> list[list[str]]:
    return [words(name) for name in (code, *countries.names(code), *countries.demonyms(code))]


def _is_small(term: Term) -> bool:
    """Tell whether a word only holds others together, and need not stand anywhere unless it is insisted on."""
    small = ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"]
    return words(term.value) in [[word] for word in small] and not term.exact and not term.phrase


def _untied(address: str) -> str:
    """Return an id or a web address by its single words: its dashes tie none together."""
    return address.replace("-", " ")


def _english(nations: list[str]) -> list[str]:
    return [said for country in nations for said in (country, countries.name(countries.code(country) or country))]


def _country_names(country: str) -> list[str]:
    return [*countries.names(countries.code(country) or country), country] if country else []


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _said(when: str) -> list[str]:
    year, _, rest = when.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return [when]
    return [when, f"{int(day)} {MONTHS[int(month) - 1]} {year}" if day else f"{MONTHS[int(month) - 1]} {year}"]
