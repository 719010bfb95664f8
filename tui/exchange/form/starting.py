"""What a new record begins with, and the id that its name gives it."""

from __future__ import annotations

import msgspec

from tui.language import gettext
from tui.library.curating import CannotError
from tui.library.slugs import slug
from tui.records import KINDS, Agreement, Leader, Record, Source, Summit, Topic, title_of
from tui.vocabulary import a_kind

_STARTS: dict[str, Record] = {
    "summit": Summit(id="", name=""),
    "leader": Leader(id="", name=""),
    "topic": Topic(id="", name=""),
    "agreement": Agreement(id="", title=""),
    "source": Source(id="", url=""),
}


def starting(kind: str) -> Record:
    """Return an empty record of a kind."""
    return _STARTS[kind]


def identified(record: Record) -> Record:
    """Return a record with an id made from its name. Raises CannotError where it has none."""
    made = id_for(record)
    if not made:
        field = "url" if isinstance(record, Source) else "title" if isinstance(record, Agreement) else "name"
        raise CannotError(gettext("{kind} needs a {field}", kind=a_kind(KINDS[type(record)]), field=field))
    return msgspec.structs.replace(record, id=made)


def id_for(record: Record) -> str:
    """Return an id from what names a record, with the year of a summit where its name has none."""
    if isinstance(record, Source):
        return slug(record.url.partition("://")[2]) or slug(record.title)
    year = record.start[:4] if isinstance(record, Summit) else ""
    named = title_of(record)
    return slug(f"{named} {year}" if year and year not in named else named)
