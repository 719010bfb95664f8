"""Single invented records: a meeting, an agreement, a person, a topic or a source of a given number."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from benchmarks.people import KNOWN, person, plain, slug
from benchmarks.subjects import (
    COUNTRY_NAMES,
    GROUPS,
    INSTRUMENTS,
    LIVES,
    PLACES,
    PUBLISHERS,
    sentence,
    topic_name,
    topic_sector,
)
from tui.records import (
    AgendaItem,
    Agreement,
    Claim,
    Detail,
    Evidence,
    Leader,
    Office,
    Participant,
    Signatory,
    Source,
    Statement,
    Step,
    Summit,
    Topic,
)

FIRST_YEAR, LAST_YEAR = 1990, 2026
TODAY = "2026-11-01"
"""Meetings after it are still to come."""
OFFICES = ("President", "Prime Minister", "Minister of Foreign Affairs", "Chancellor", "Head of Government")


class Block(NamedTuple):
    """How many records of each sort come with a meeting."""

    agreements: int
    sources: int
    leaders: int

    @property
    def records(self) -> int:
        """The records of a block, the meeting itself with them."""
        return 1 + self.agreements + self.sources + self.leaders


class _Setting(NamedTuple):
    """What the records of a block agree on."""

    id: str
    date: str
    city: str
    host: str
    guest: str


def _setting(place: int) -> _Setting:
    random = Random(place * 31 + 7)
    where = random.choice(PLACES)
    guest = random.choice([code for code in COUNTRY_NAMES if code != where.country])
    year, month, day = random.randint(FIRST_YEAR, LAST_YEAR), random.randint(1, 12), random.randint(1, 28)
    return _Setting(
        f"{slug(where.city)}-{year}-{place}", f"{year}-{month:02}-{day:02}", where.city, where.country, guest
    )


def topic(number: int) -> Topic:
    """Return the topic of a number."""
    name = topic_name(number)
    sector = topic_sector(number)
    return Topic(
        id=f"{slug(name)}-{number}",
        name=name,
        aliases=(f"{name} agenda",) if number % 3 == 0 else (),
        sector=sector,
        summary=f"Talks on {name[0].lower()}{name[1:]} between governments.",
    )


def _topic_id(number: int) -> str:
    return f"{slug(topic_name(number))}-{number}"


def leader(number: int, place: int, random: Random) -> Leader:
    """Return the leader of a number, with sources of the block at `place`."""
    found = person(number)
    start = random.randint(FIRST_YEAR, LAST_YEAR - 4)
    ascii_name = plain(found.name)
    return Leader(
        id=found.slug,
        name=found.name,
        aliases=(ascii_name,) if number % 4 == 0 and ascii_name != found.name else (),
        country=found.country,
        offices=(
            Office(
                title=random.choice(OFFICES),
                country=found.country,
                start=str(start),
                end=str(start + random.randint(1, 4)) if random.random() < 0.8 else "",
            ),
        ),
        evidence=(Evidence(source=_source_id(place, 0)),),
        note=f"Worked on {topic_name(random.randrange(60)).lower()} before." if random.random() < 0.4 else "",
    )


def _someone(leaders: int, random: Random) -> int:
    """Return the number of a person: a few are everywhere, most hardly anywhere."""
    if random.random() < 0.3:
        return random.randrange(min(leaders, len(KNOWN)))
    return min(int(leaders * random.random() ** 3), leaders - 1)


def _topics(topics: int, count: int, random: Random) -> list[int]:
    chosen = {int(topics * random.random() ** 2) for _ in range(count)}
    return sorted(chosen)


def _source_id(place: int, turn: int) -> str:
    return f"source-{place}-{turn}"


def _evidence(place: int, block: Block, random: Random, quote: str = "") -> Evidence:
    return Evidence(source=_source_id(place, random.randrange(block.sources)), quote=quote)


def summit(place: int, leaders: int, topics: int, block: Block, random: Random) -> Summit:
    """Return the meeting of a block."""
    setting = _setting(place)
    year = int(setting.date[:4])
    edition = year - FIRST_YEAR + 1
    series = f"{COUNTRY_NAMES[setting.host]}–{COUNTRY_NAMES[setting.guest]} Intergovernmental Summit"
    if random.random() < 0.2:
        series = random.choice(GROUPS)
    agenda = _topics(topics, random.randint(2, 7), random)
    people = list(dict.fromkeys(_someone(leaders, random) for _ in range(random.randint(2, 6))))
    return Summit(
        id=setting.id,
        name=f"{_ordinal(edition)} {series} in {setting.city}",
        series=series,
        edition=edition,
        start=setting.date,
        status=_status(setting.date, random),
        city=setting.city,
        country=setting.host,
        parties=(setting.host, setting.guest),
        participants=tuple(_participant(number, turn, random) for turn, number in enumerate(people)),
        agenda=tuple(AgendaItem(topic=_topic_id(number), role=_agenda_role(random)) for number in agenda),
        statements=tuple(
            Statement(
                kind=random.choice(("outcome", "commitment", "context")),
                text=sentence(random, topic_name(number)),
                evidence=(_evidence(place, block, random),),
            )
            for number in agenda[: random.randint(1, 4)]
        ),
        claims=_disputed_date(place, setting.date, random) if place % 40 == 3 and block.sources > 1 else (),
        evidence=(Evidence(source=_source_id(place, 0)),),
    )


def _participant(number: int, turn: int, random: Random) -> Participant:
    found = person(number)
    role = "chair" if turn < 2 else random.choice(("participant", "participant", "delegate", "guest", "observer"))
    return Participant(leader=found.slug, office=random.choice(OFFICES), country=found.country, role=role)


def _agenda_role(random: Random) -> str:
    return random.choices(("discussed", "priority", "expected", "excluded"), (16, 3, 2, 1))[0]


def _status(date: str, random: Random) -> str:
    if date > TODAY:
        return "scheduled"
    return random.choices(("held", "postponed", "cancelled"), (48, 1, 1))[0]


def _disputed_date(place: int, date: str, random: Random) -> tuple[Claim, ...]:
    other = f"{date[:8]}{(int(date[8:]) % 28) + 1:02}"
    dates = (date, other)
    return tuple(
        Claim(field="date", value=value, evidence=(Evidence(source=_source_id(place, turn)),))
        for turn, value in enumerate(dates)
    )


def agreement(place: int, turn: int, leaders: int, topics: int, block: Block, random: Random) -> Agreement:
    """Return an agreement of the meeting of a block."""
    setting = _setting(place)
    about = _topics(topics, random.randint(1, 3), random)
    label, instrument = random.choice(INSTRUMENTS)
    subject = topic_name(about[0])
    parties = (setting.host, setting.guest)
    said = sentence(random, subject)
    return Agreement(
        id=f"{setting.id}-{turn + 1}",
        title=f"{label} on {subject[0].lower()}{subject[1:]} between {' and '.join(COUNTRY_NAMES[p] for p in parties)}",
        summit=setting.id,
        sector=topic_sector(about[0]),
        instrument=instrument,
        parties=parties,
        signatories=tuple(
            Signatory(leader=found.slug, country=found.country)
            for found in (person(_someone(leaders, random)) for _ in range(random.randint(0, 2)))
        ),
        topics=tuple(_topic_id(number) for number in about),
        history=_history(place, setting.date, block, random),
        details=(Detail(label="registered as", value=f"No. {place * block.agreements + turn}"),) if turn == 0 else (),
        evidence=(_evidence(place, block, random, quote=said),),
        note=sentence(random, topic_name(about[-1])) if random.random() < 0.8 else "",
    )


def _history(place: int, date: str, block: Block, random: Random) -> tuple[Step, ...]:
    life = random.choices(LIVES, range(len(LIVES), 0, -1))[0]
    if date > TODAY:
        life = ("expected",)
    year, rest = int(date[:4]), date[4:]
    return tuple(
        Step(
            status=status,
            date=f"{min(year + later, LAST_YEAR)}{rest}",
            evidence=(_evidence(place, block, random),),
        )
        for later, status in enumerate(life)
    )


def source(place: int, turn: int, random: Random) -> Source:
    """Return a source of a block."""
    setting = _setting(place)
    publisher = random.choice(PUBLISHERS)
    subject = topic_name(random.randrange(60))
    return Source(
        id=_source_id(place, turn),
        url=f"https://{slug(publisher)}.example/{setting.date[:4]}/{slug(setting.city)}-{place}-{turn}",
        title=f"{setting.city}: {sentence(random, subject)}",
        publisher=publisher,
        published=setting.date,
        language=random.choice(("en", "tr", "it", "fr", "de", "el", "pl", "es", "pt")),
        kind=random.choice(("news", "news", "official", "analysis")),
        note=sentence(random, topic_name(random.randrange(60))) if random.random() < 0.6 else "",
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
