"""Libraries for tests, written by hand: a tiny one to know by heart, and records of hostile text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tui.library import serialise
from tui.records import (
    AgendaItem,
    Agreement,
    Claim,
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

Content = Mapping[str, Sequence[Record]]
"""By table name, the records of a file."""

REPORT = Evidence(source="rome-report-2025", by="a government source", quote="deals are expected")
ROME = Evidence(source="rome-statement-2025")
ANKARA = Evidence(source="ankara-release-2025", by="the Presidency of Türkiye")
MEMOIR = Evidence(source="izmir-memoir-2008")
SERIES = "Italy–Türkiye Intergovernmental Summit"

SUMMITS = (
    Summit(
        id="izmir-2008",
        name="1st Italy–Türkiye Intergovernmental Summit",
        series=SERIES,
        edition=1,
        start="2008-11",
        city="İzmir",
        country="TR",
        parties=("IT", "TR"),
        participants=(
            Participant(leader="recep-tayyip-erdogan", office="Prime Minister", country="TR", role="chair"),
            Participant(leader="silvio-berlusconi", office="President of the Council", country="IT", role="chair"),
        ),
        agenda=(AgendaItem(topic="energy"), AgendaItem(topic="defence")),
        evidence=(MEMOIR,),
    ),
    Summit(
        id="athens-2023",
        name="Council of Türkiye and Greece",
        series="Türkiye–Greece High-Level Council",
        edition=5,
        start="2023-12-07",
        city="Athens",
        country="GR",
        parties=("GR", "TR"),
        participants=(
            Participant(leader="recep-tayyip-erdogan", office="President", country="TR"),
            Participant(leader="kyriakos-mitsotakis", office="Prime Minister", country="GR", role="chair"),
        ),
        agenda=(AgendaItem(topic="migration"), AgendaItem(topic="tourism")),
        evidence=(ANKARA,),
    ),
    Summit(
        id="rome-2025",
        name="4th Italy–Türkiye Intergovernmental Summit",
        series=SERIES,
        edition=4,
        start="2025-04-29",
        end="2025-04-30",
        city="Rome",
        venue="Villa Doria Pamphilj",
        country="IT",
        parties=("IT", "TR"),
        participants=(
            Participant(
                leader="giorgia-meloni", office="President of the Council", country="IT", role="chair", evidence=(ROME,)
            ),
            Participant(leader="recep-tayyip-erdogan", office="President", country="TR", evidence=(ROME, ANKARA)),
            Participant(name="an adviser", country="EU", role="observer", evidence=(REPORT,)),
        ),
        agenda=(
            AgendaItem(topic="migration", role="priority", note="the harbour talks", evidence=(REPORT,)),
            AgendaItem(topic="energy", evidence=(ROME,)),
            AgendaItem(topic="space", evidence=(ROME,)),
        ),
        figures=(
            Figure(label="Bilateral trade", value=32.2, unit="USD bn", year=2024, qualifier="over", evidence=(REPORT,)),
        ),
        statements=(Statement(kind="session", text="The two chairs met in private first.", evidence=(ROME,)),),
        claims=(
            Claim(field="agreements", value="9", evidence=(ROME,)),
            Claim(field="agreements", value="11", evidence=(ANKARA, REPORT)),
        ),
        evidence=(ROME,),
    ),
)

LEADERS = (
    Leader(
        id="recep-tayyip-erdogan",
        name="Recep Tayyip Erdoğan",
        aliases=("Tayyip Erdogan",),
        country="TR",
        offices=(
            Office(title="Prime Minister", country="TR", start="2003", end="2014"),
            Office(title="President", country="TR", start="2014"),
        ),
        wikidata="Q39259",
        evidence=(ANKARA,),
    ),
    Leader(id="giorgia-meloni", name="Giorgia Meloni", country="IT"),
    Leader(id="silvio-berlusconi", name="Silvio Berlusconi", country="IT"),
    Leader(id="kyriakos-mitsotakis", name="Kyriakos Mitsotakis", aliases=("Κυριάκος Μητσοτάκης",), country="GR"),
)

TOPICS = (
    Topic(id="migration", name="Migration", aliases=("irregular arrivals",), sector="migration"),
    Topic(id="energy", name="Energy", aliases=("gas and power",), sector="energy"),
    Topic(id="defence", name="Defence industry", aliases=("defense industry",), sector="defence"),
    Topic(id="space", name="Space", sector="space", summary="Satellites, launches and the peaceful use of space."),
    Topic(id="tourism", name="Tourism and visas", sector="tourism"),
)

AGREEMENTS = (
    Agreement(
        id="space-2025",
        title="Peaceful space activities",
        summit="rome-2025",
        sector="space",
        instrument="memorandum_of_understanding",
        instrument_in_source="mutabakat zaptı",
        level="agency",
        parties=("IT", "TR"),
        signatories=(Signatory(leader="giorgia-meloni", country="IT"), Signatory(name="Şule Çağlar", country="TR")),
        topics=("space",),
        history=(
            Step(status="expected", date="2025-04-28", status_in_source="to be signed", evidence=(REPORT,)),
            Step(status="signed", date="2025-04-29", place="Rome", evidence=(ROME,)),
        ),
        evidence=(ROME,),
    ),
    Agreement(
        id="trade-statement-2025",
        title="Joint statement on trade",
        summit="rome-2025",
        sector="trade",
        instrument="joint_statement",
        parties=("IT", "TR"),
        history=(Step(status="adopted", date="2025-04-29"),),
        claims=(
            Claim(field="status", value="adopted", evidence=(ROME,)),
            Claim(field="status", value="signed", evidence=(ANKARA,)),
        ),
        evidence=(ROME,),
    ),
    Agreement(
        id="unnamed-deals-2025",
        title="Unnamed energy and defence deals",
        summit="rome-2025",
        sector="energy",
        topics=("energy", "defence"),
        history=(Step(status="expected", date="2025-04", evidence=(REPORT,)),),
    ),
    Agreement(
        id="visas-2023",
        title="Ten-island visa arrangement",
        summit="athens-2023",
        sector="tourism",
        instrument="arrangement",
        parties=("GR", "TR"),
        topics=("tourism",),
        history=(
            Step(status="announced", date="2023-12-07"),
            Step(status="in_force", date="2024-04"),
        ),
        evidence=(ANKARA,),
    ),
    Agreement(
        id="gas-letter-2008",
        title="Letter of intent on a gas line",
        summit="izmir-2008",
        sector="energy",
        instrument="letter_of_intent",
        topics=("energy",),
        evidence=(MEMOIR,),
    ),
)

SOURCES = (
    Source(
        id="rome-report-2025",
        url="https://news.example/rome",
        title="Rome awaits Erdoğan",
        publisher="Example News",
        published="2025-04-28",
        language="en",
        kind="news",
    ),
    Source(
        id="rome-statement-2025",
        url="https://governo.example/dichiarazione",
        title="Dichiarazione congiunta",
        published="2025-04-29",
        language="it",
        kind="official",
    ),
    Source(
        id="ankara-release-2025",
        url="https://ankara.example/açıklama",
        title="Açıklama: görüşmeler",
        published="2025-04-30",
        language="tr",
        kind="official",
    ),
    Source(id="izmir-memoir-2008", url="http://archive.example/izmir", published="2008", kind="reference"),
)

MEETINGS: Content = {"summits": SUMMITS, "agreements": AGREEMENTS}
SHARED: Content = {"leaders": LEADERS, "topics": TOPICS, "sources": SOURCES}

HOSTILE: dict[str, str] = {
    "closing-markup": "[/] a closing tag of nothing [/red] and an [unclosed",
    "bracketed-word": "Protocol [annex] of [b]sorts[/b]",
    "controls": "bell \x07 escape \x1b[31m red \x1b]0;title\x07 null \x00 back\bspace \x9b31m delete \x7f",
    "line-breaks": "one\r\ntwo\rthree\u2028four\u2029five\x85six",
    "direction": "قمة أنقرة · פסגת רומא · \u202eedirrevo\u202c · \u2067isolated\u2069",
    "wide": "首脳会談 정상회담 👩\u200d👩\u200d👧\u200d👦 🇹🇷🇮🇹 ｆｕｌｌ",
    "combining": "I\u0307zmir Erdog\u0306an e\u0301\u0302\u0303\u0304 Z\u0351\u036b\u0343\u036a\u0302 नमस्ते",
    "long-line": "harbour " * 1_250,
    "long-word": "ğ" * 5_000,
    "quotes": '"unbalanced \'quotes" \\ and \\u001b as text; DROP TABLE summits; -- * ? : ( ^ %',
}
"""By name, text that a library may hold and that no part of the program may trip over."""


def write_file(file: Path, content: Content) -> Path:
    """Write a library file as `open_database` would, and return it."""
    tables = {
        table: {str(number): msgspec.to_builtins(record) for number, record in enumerate(records, 1)}
        for table, records in content.items()
    }
    file.write_bytes(serialise(tables))
    return file


def write_tiny_library(folder: Path) -> Path:
    """Write the tiny library as a folder of two files with links between them, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / "meetings.json", MEETINGS)
    write_file(folder / "shared.json", SHARED)
    return folder


def write_series_library(folder: Path) -> Path:
    """Write the tiny library with two more editions, whose sources give figures of trade that rise and differ."""
    write_tiny_library(folder)
    summits = (
        Summit(
            id="rome-2012",
            name="2nd Italy–Türkiye Intergovernmental Summit",
            series=SERIES,
            edition=2,
            start="2012-05-08",
            city="Rome",
            country="IT",
            agenda=(AgendaItem(topic="energy"),),
            figures=(
                Figure(label="Bilateral trade", value=21.3, unit="USD bn", year=2011, qualifier="exceeded"),
                Figure(label="Bilateral trade", value=19, high=21, unit="USD bn", qualifier="between"),
            ),
            claims=(Claim(field="bilateral trade 2011", value="18.5 bn USD", evidence=(MEMOIR,)),),
            evidence=(MEMOIR,),
        ),
        Summit(
            id="ankara-2022",
            name="3rd Italy–Türkiye Intergovernmental Summit",
            series=SERIES,
            edition=3,
            start="2022-07-05",
            city="Ankara",
            country="TR",
            agenda=(AgendaItem(topic="energy"), AgendaItem(topic="migration")),
            figures=(
                Figure(label="Bilateral trade target", value=25, unit="USD bn", year=2022, evidence=(ANKARA,)),
                Figure(label="Bilateral trade target", value=30, high=40, unit="USD bn", evidence=(REPORT,)),
            ),
            evidence=(ANKARA,),
        ),
    )
    write_file(folder / "series.json", {"summits": summits})
    return folder


def hostile_records(name: str) -> dict[str, list[Record]]:
    """Return a record of each kind with the text HOSTILE[name] wherever free text may stand."""
    text = HOSTILE[name]
    evidence = (Evidence(source=f"source-{name}", by=text, quote=text, note=text),)
    summit = Summit(
        id=f"summit-{name}",
        name=text,
        series=text,
        start="2024-02-29",
        city=text,
        venue=text,
        country="TR",
        parties=(text,),
        participants=(Participant(leader=f"leader-{name}", name=text, office=text, capacity=text),),
        agenda=(AgendaItem(topic=f"topic-{name}", note=text),),
        figures=(Figure(label=text, value=-0.5, unit=text, qualifier=text),),
        statements=(Statement(kind="outcome", text=text, outcome=text),),
        claims=(Claim(field="city", value=text, evidence=evidence), Claim(field="city", value="?", evidence=evidence)),
        evidence=evidence,
        note=text,
    )
    agreement = Agreement(
        id=f"agreement-{name}",
        title=text,
        summit=summit.id,
        instrument_in_source=text,
        signatories=(Signatory(leader=f"leader-{name}", name=text),),
        topics=(f"topic-{name}",),
        history=(Step(status="expected", date="2024", status_in_source=text, place=text, evidence=evidence),),
        note=text,
    )
    return {
        "summits": [summit],
        "leaders": [Leader(id=f"leader-{name}", name=text, aliases=(text,), country="TR")],
        "topics": [Topic(id=f"topic-{name}", name=text, aliases=(text,), summary=text)],
        "agreements": [agreement],
        "sources": [
            Source(id=f"source-{name}", url=f"https://hostile.example/{name}", title=text, publisher=text, text=text)
        ],
    }


def write_hostile_library(folder: Path) -> Path:
    """Write a library of one file for each hostile text, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in HOSTILE:
        write_file(folder / f"{name}.json", hostile_records(name))
    return folder
