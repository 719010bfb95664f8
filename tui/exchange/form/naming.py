"""What people write for a record or a country: a name or an address, where the library keeps an id or a code."""

from __future__ import annotations

from tui.exchange.form.starting import identified
from tui.index import countries
from tui.index.hints import nearest
from tui.language import gettext
from tui.library.catalogue import Catalogue
from tui.library.changes import Change
from tui.library.rules import has_address
from tui.library.slugs import slug
from tui.records import Record, Source

_LINKS = {"leader": "leader", "topic": "topic", "topics": "topic", "summit": "summit", "source": "source"}
"""By field the kind of record that it leads to."""

_COUNTRIES = frozenset({"country", "parties", "invited"})


class UnknownNameError(ValueError):
    """A name that leads to no record; the message says which comes nearest."""


class Naming:
    """Finds what is meant in one library. An address that no source has makes a new one, which `added` holds."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.added: dict[str, Record] = {}

    @property
    def changes(self) -> tuple[Change, ...]:
        """What adds the new sources."""
        return tuple(Change(None, source) for source in self.added.values())

    def meant(self, field: str, text: str) -> str:
        """Return the id or the code that a field holds for a text; the text itself for a field that holds neither.

        Raises UnknownNameError for a field that leads to a record, where none is meant.
        """
        if field in _COUNTRIES:
            return countries.code(text) or text
        if field not in _LINKS or not text.strip():
            return text
        return self._id(_LINKS[field], text.strip())

    def _id(self, kind: str, text: str) -> str:
        if self._catalogue.card(text) is not None:
            return text
        owner = self._catalogue.owner(kind, text) or self._alike(kind, slug(text)) or self._catalogue.now(text)
        if owner != text:
            return owner
        if kind == "source" and has_address(text):
            return self._source_at(text)
        near = nearest(slug(text), self._catalogue.ids(kind))
        if kind == "source" and not near:
            said = gettext("no source has “{words}”; a new one begins with http:// or https://", words=text)
            raise UnknownNameError(said)
        told = gettext("there is no {kind} {target}", kind=gettext(kind), target=repr(text))
        raise UnknownNameError(gettext("{problem}; nearest: {name}", problem=told, name=near) if near else told)

    def _alike(self, kind: str, record_id: str) -> str:
        """Return an id that a name gives, where a record of the kind has it."""
        card = self._catalogue.card(record_id) if record_id else None
        return record_id if card is not None and card.kind == kind else ""

    def _source_at(self, address: str) -> str:
        """Return the id of a new source, or of the one whose address differs in no more than `https` or a slash."""
        source = identified(Source(id="", url=address))
        if not self._alike("source", source.id):
            self.added[source.id] = source
        return source.id
