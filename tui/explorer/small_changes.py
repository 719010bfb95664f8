"""Small changes to the record that is read, without an editor: a status, a source, a link, a merge, a removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.explorer.panes import kind_name
from tui.explorer.screens.asking import ConfirmScreen, Offer, PromptScreen
from tui.explorer.screens.choices import ChoiceScreen, choices_page
from tui.language import Told, gettext, later, ngettext
from tui.records import Record, kind_of, title_of
from tui.vocabulary import STATUSES

if TYPE_CHECKING:
    from tui.explorer.curating import Curator
    from tui.explorer.following import FollowingScreen
    from tui.library.changes import Change
    from tui.library.writer import LibraryWriter

_OFFERED = 10
_MEANINGS = {
    "edit": (later("edit"), later("all of it, in your editor")),
    "step": (later("status"), later("add a step to its history: status, date, source")),
    "source": (later("source"), later("add a source, by its title or address")),
    "link": (later("link"), later("link it with another record")),
    "merge": (later("merge"), later("merge another record into this one")),
    "delete": (later("remove"), later("remove it from the library")),
}
_LINKED_WITH = {
    "summit": ("leader", "topic", "agreement", "source"),
    "leader": ("summit", "agreement", "source"),
    "topic": ("summit", "agreement"),
    "agreement": ("summit", "leader", "topic", "source"),
    "source": ("summit", "leader", "agreement"),
}


class SmallChanges:
    """Offers small changes to the record that a screen shows; a curator makes them."""

    def __init__(self, screen: FollowingScreen, curator: Curator) -> None:
        self._screen = screen
        self._curator = curator

    def offer(self) -> None:
        """Choose a small change to the record that is read."""
        self._curator.with_record(lambda _, record: self._offer_changes(record))

    def _offer_changes(self, record: Record) -> None:
        kind = kind_of(record)
        ways = {
            "edit": True,
            "step": kind == "agreement",
            "source": kind in ("summit", "leader", "agreement"),
            "link": True,
            "merge": True,
            "delete": True,
        }
        offered = [(way, *_MEANINGS[way]) for way, fits in ways.items() if fits]
        choices = ((way, gettext(name), gettext(meaning)) for way, name, meaning in offered)
        self._screen.app.push_screen(
            ChoiceScreen(choices_page(title_of(record), choices), gettext("Change"), self._change)
        )

    def _change(self, way: str) -> None:
        ways: dict[str, Callable[[LibraryWriter, Record], None]] = {
            "edit": self._curator.edit_record,
            "step": self._ask_status,
            "source": self._ask_source,
            "link": self._ask_kind,
            "merge": self._ask_other,
            "delete": self._ask_removal,
        }
        self._curator.with_record(ways[way])

    def _ask_status(self, writer: LibraryWriter, record: Record) -> None:
        def choose_date(status: str) -> None:
            hint = gettext("2025, 2025-04 or 2025-04-29; empty if not known · esc leaves")
            question = gettext("{status}: since when?").format(status=STATUSES[status].shown)
            ask = PromptScreen(question, _nothing, partial(dated, status), free=True, hint=hint)
            self._screen.app.push_screen(ask)

        def dated(status: str, date: str) -> None:
            ask = partial(self._sources, writer)
            then = partial(self._add_step, writer, record, status, date)
            hint = gettext("a word of its title, or its address; empty for the record's own sources")
            self._screen.app.push_screen(
                PromptScreen(gettext("Which source says so?"), ask, then, free=True, hint=hint)
            )

        statuses = ((word, shown.shown, shown.explained) for word, shown in STATUSES.items())
        page = choices_page(gettext("A step in its history"), statuses)
        self._screen.app.push_screen(ChoiceScreen(page, gettext("Status"), choose_date))

    def _add_step(self, writer: LibraryWriter, record: Record, status: str, date: str, named: str) -> None:
        from tui.library.curating import add_step

        def make() -> tuple[Change, ...]:
            source, new = self._source(writer, named)
            return (*new, add_step(record, status, date, source))

        said = later("{record}: {status}, {date}") if date else later("{record}: {status}")
        gaps = {"record": title_of(record)} | ({"date": date} if date else {})
        self._make(writer, make, Told(said, gaps, {"status": STATUSES[status].label}))

    def _ask_source(self, writer: LibraryWriter, record: Record) -> None:
        def take(named: str) -> None:
            from tui.library.curating import add_source

            def make() -> tuple[Change, ...]:
                source, new = self._source(writer, named)
                return (*new, add_source(record, source))

            self._make(writer, make, Told(later("added a source to {record}"), {"record": title_of(record)}))

        hint = gettext("a word of its title, or its address · ⏎ takes it · esc leaves")
        ask = partial(self._sources, writer)
        self._screen.app.push_screen(PromptScreen(gettext("Add a source"), ask, take, free=True, hint=hint))

    def _source(self, writer: LibraryWriter, named: str) -> tuple[str, tuple[Change, ...]]:
        """Return the id of a source named by id or address, and the change that adds it if it is new."""
        from tui.exchange.form.naming import Naming, UnknownNameError
        from tui.library.curating import CannotError

        naming = Naming(writer.catalogue)
        try:
            return naming.meant("source", named), naming.changes
        except UnknownNameError as error:
            raise CannotError(str(error)) from error

    def _ask_kind(self, writer: LibraryWriter, record: Record) -> None:
        kinds = _LINKED_WITH[kind_of(record)]
        if len(kinds) == 1:
            self._ask_link(writer, record, kinds[0])
            return
        title = gettext("Link {record} with").format(record=title_of(record))
        page = choices_page(title, ((kind, kind_name(kind), "") for kind in kinds))
        self._screen.app.push_screen(ChoiceScreen(page, gettext("Link"), partial(self._ask_link, writer, record)))

    def _ask_link(self, writer: LibraryWriter, record: Record, kind: str) -> None:
        def take(other_id: str) -> None:
            from tui.library.curating import link

            other = writer.find(other_id)
            if other is not None:
                said = Told(
                    later("linked {record} and {other}"), {"record": title_of(record), "other": title_of(other)}
                )
                self._make(writer, lambda: (link(record, other),), said)

        question = gettext("Link with which {kind}?").format(kind=kind_name(kind))
        self._screen.app.push_screen(PromptScreen(question, self._asker(writer, kind, record.id), take))

    def _ask_other(self, writer: LibraryWriter, record: Record) -> None:
        def take(other_id: str) -> None:
            from tui.library.curating import merge

            other = writer.find(other_id)
            if other is None:
                return
            merger = merge(record, other, writer.catalogue.linked_with(other.id))
            said = Told(later("merged {other} into {record}"), {"other": title_of(other), "record": title_of(record)})
            stays = gettext("{field} stays as it is here")
            about = "; ".join(stays.format(field=name) for name, _, _ in merger.dropped)
            self._confirm(writer, merger.changes, said, gettext("merge them"), about)

        kind = kind_of(record)
        ask = self._asker(writer, kind, record.id)
        question = gettext("Which {kind} is the same as {record}?")
        self._screen.app.push_screen(
            PromptScreen(question.format(kind=kind_name(kind), record=title_of(record)), ask, take)
        )

    def _ask_removal(self, writer: LibraryWriter, record: Record) -> None:
        from tui.library.curating import delete

        linked = {name: one for name, one in writer.catalogue.linked_with(record.id).items() if name != record.id}
        said = Told(later("removed {record}"), {"record": title_of(record)})
        if not linked:
            self._confirm(writer, delete(record, linked), said, gettext("remove it"))
            return

        def take(other_id: str) -> None:
            other = writer.find(other_id)
            if other is not None:
                self._confirm(writer, delete(record, linked, other), said, gettext("remove it"))

        kind = kind_of(record)
        question = ngettext("{count} record links to it.", "{count} records link to it.", len(linked))
        question += " " + gettext("To which {kind} is this to go?").format(kind=kind_name(kind))
        self._screen.app.push_screen(PromptScreen(question, self._asker(writer, kind, record.id), take))

    def _make(self, writer: LibraryWriter, make: Callable[[], Sequence[Change]], said: Told) -> None:
        from tui.library.curating import CannotError

        try:
            changes = make()
        except CannotError as error:
            self._screen.say(str(error))
        else:
            self._curator.write(writer, changes, said)

    def _confirm(
        self, writer: LibraryWriter, changes: Sequence[Change], said: Told, word: str, about: str = ""
    ) -> None:
        from tui.exchange.changes_page import changes_page

        page = changes_page(str(said), about, ((change.before, change.after) for change in changes))
        then = partial(self._curator.write, writer, changes, said)
        self._screen.app.push_screen(ConfirmScreen(page, gettext("Change"), word, then))

    def _asker(self, writer: LibraryWriter, kind: str, without: str) -> Callable[[str], list[Offer]]:
        """Return what finds the records of a kind that a text may mean."""
        if kind == "source":
            return partial(self._sources, writer)

        def ask(text: str) -> list[Offer]:
            listing = self._screen.session.index.view(f"kind:{kind} {text}").lists[kind]
            rows = [found for found in listing.rows(0, _OFFERED + 1) if found.id != without]
            return [
                Offer(one.id, one.title, " · ".join(filter(None, (one.date, one.country, one.mark)))) for one in rows
            ]

        return ask

    def _sources(self, writer: LibraryWriter, text: str) -> list[Offer]:
        """Return the sources that a text may mean: by address, or by words of the title."""
        if "://" in text:
            owner = writer.catalogue.owner("source", text)
            return [Offer(owner, text, gettext("is in the library"))] if owner else []
        if not text:
            return []
        asked = f'source:"{text}' if " " in text else f"source:{text}"
        found = self._screen.session.index.complete(asked, len(asked))
        return [Offer(one.replacement.removeprefix("source:").strip(), one.label, one.note) for one in found]


def _nothing(text: str) -> list[Offer]:
    return []
