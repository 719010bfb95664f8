"""Typing a query: the actions of the query line, what it offers, and the hint that is taken."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from tui.explorer.history import Place
from tui.explorer.moving import Moving
from tui.explorer.searching import SearchingScreen
from tui.language import gettext

_LONG = 7
"""How many letters a word has by which more than one slip in it may soon be forgiven."""


class TypingScreen(Moving, SearchingScreen):
    """The panes on a session that answers, with the actions of the query line."""

    _before_typing: Place | None = None
    """Where the user was before the first key in the query line."""
    _compares = False
    """Whether what compares misspelt words is loaded."""
    when_searched: Callable[[], None] | None = None
    """Called when the query line is left, and memory is free again that searching took."""

    @abstractmethod
    def leave_start(self) -> None:
        """Show the lists again where the start page stands in their place."""

    @abstractmethod
    def action_leave_reader(self) -> None:
        """Go back to the list."""

    def typed(self, text: str) -> None:
        """Answer a key in the query line, each list from its top; the place before the first key is noted."""
        if self._before_typing is not None:
            self.session.leave(self._before_typing)
            self._before_typing = None
        self.ask(text, {})
        if not self._compares and any(len(word) >= _LONG for word in text.split()):
            self._compares = True
            self.run_worker(_load_what_compares, thread=True)

    def offer(self) -> None:
        """Offer what may come next at the cursor of the query line."""
        line = self.query_line
        offers = self.session.index.complete(line.value, line.cursor_position) if self.typing else []
        self.show_offers(offers)
        self.show_keys()

    def action_search(self) -> None:
        """Go to the query line, ready for one more word."""
        line = self.query_line
        if line.value and not line.value.endswith(" "):
            line.put(line.value + " ")
        self._before_typing = self.place
        if self.starting:
            self.leave_start()
        self.leave_reader()
        self.set_focus(line)
        self.show_keys()

    def action_leave_query(self) -> None:
        """Keep the query and go to the list."""
        self._before_typing = None
        self.show_offers([])
        self.session.query = self.session.query.strip()
        self.query_line.put(self.session.query)
        self.remember_query()
        self.action_leave_reader()
        if self.when_searched is not None:
            self.when_searched()

    def action_accept(self) -> None:
        """Take the chosen offer, or the mended query that the hint proposes, or go to the list."""
        line, offer, hint = self.query_line, self.offers.chosen, self.session.hint
        if offer:
            text = line.value[: offer.start] + offer.replacement + line.value[offer.end :]
            self._write(text, offer.start + len(offer.replacement))
        elif hint and hint.replacement:
            self._write(hint.replacement, len(hint.replacement))
        else:
            self.action_leave_query()

    def _write(self, text: str, cursor: int) -> None:
        """Put a text in the query line and answer it, as if it had been typed."""
        self.query_line.put(text)
        self.typed(text)
        self.query_line.cursor_position = cursor
        self.offer()

    def action_next_offer(self) -> None:
        """Choose the next offer, or move the cursor of the list while nothing is offered."""
        if not self.offers.step(1):
            self.action_down()

    def action_previous_offer(self) -> None:
        """Choose the offer before, or move the cursor of the list up."""
        if not self.offers.step(-1) and not self.offer_recent():
            self.action_up()

    def action_cancel_query(self) -> None:
        """Peel one layer: what is offered, then the query line."""
        if self.offers.chosen:
            self.show_offers([])
        else:
            self.action_leave_query()

    def action_insist(self) -> None:
        """Search only the words as typed, where near ones were searched too."""
        text = self.session.insisting
        if text == self.session.query:
            self.say(gettext("every word is searched as it was typed"))
        elif self.typing:
            self._write(text, len(text))
        else:
            self.change(text, {})


def _load_what_compares() -> None:
    from tui.index import near

    near.get_ready()
