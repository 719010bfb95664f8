"""A library small enough to know by heart, as a real file: two meetings, two leaders, a disagreement."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from tui.records import (
    AgendaItem,
    Agreement,
    Claim,
    Evidence,
    Leader,
    Participant,
    Record,
    Source,
    Step,
    Summit,
    Topic,
)

REPORT = Evidence(source="report-2025")
READOUT = Evidence(source="readout-2025", by="the Italian government")
HISTORY = Evidence(source="history-2008")

SMALL: dict[str, list[Record]] = {
    "summits": [
        Summit(
            id="italy-turkiye-2008",
            name="1st Italy–Türkiye Intergovernmental Summit",
            series="Italy–Türkiye Intergovernmental Summit",
            edition=1,
            start="2008-11-12",
            city="İzmir",
            country="TR",
            parties=("IT", "TR"),
            participants=(
                Participant(leader="recep-tayyip-erdogan", office="Prime Minister", country="TR", evidence=(HISTORY,)),
            ),
            evidence=(HISTORY,),
        ),
        Summit(
            id="italy-turkiye-2025",
            name="4th Italy–Türkiye Intergovernmental Summit",
            series="Italy–Türkiye Intergovernmental Summit",
            edition=4,
            start="2025-04-29",
            city="Rome",
            country="IT",
            parties=("IT", "TR"),
            participants=(
                Participant(leader="recep-tayyip-erdogan", office="President", country="TR", evidence=(REPORT,)),
                Participant(leader="giorgia-meloni", country="IT", role="chair", evidence=(REPORT,)),
            ),
            agenda=(AgendaItem(topic="migration", evidence=(REPORT,)),),
            claims=(
                Claim(field="agreements", value="9", evidence=(REPORT,)),
                Claim(field="agreements", value="11", evidence=(READOUT,)),
            ),
            evidence=(REPORT,),
        ),
    ],
    "leaders": [
        Leader(id="recep-tayyip-erdogan", name="Recep Tayyip Erdoğan", country="TR", evidence=(REPORT,)),
        Leader(id="giorgia-meloni", name="Giorgia Meloni", country="IT", evidence=(REPORT,)),
    ],
    "topics": [Topic(id="migration", name="Migration", sector="migration")],
    "agreements": [
        Agreement(
            id="space-2025",
            title="Peaceful space activities",
            summit="italy-turkiye-2025",
            sector="space",
            instrument="memorandum_of_understanding",
            parties=("IT", "TR"),
            history=(
                Step(status="expected", date="2025-04-28", evidence=(REPORT,)),
                Step(status="signed", date="2025-04-29", evidence=(READOUT,)),
            ),
            evidence=(READOUT,),
        )
    ],
    "sources": [
        Source(
            id="report-2025", url="https://news.example/rome", title="Erdogan in Rome", publisher="News", kind="news"
        ),
        Source(id="readout-2025", url="https://government.example/readout", title="Readout", kind="official"),
        Source(id="history-2008", url="https://history.example/izmir", title="The first summit", kind="reference"),
    ],
}


def write_library(file: Path, tables: dict[str, list[Record]] = SMALL) -> Path:
    """Write a library as TinyDB does, and return the file."""
    body = {
        table: {str(number): msgspec.to_builtins(record) for number, record in enumerate(records, 1)}
        for table, records in tables.items()
    }
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file
