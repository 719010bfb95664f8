"""The one-line bars: the tabs of the lists where one shows at a time, the rule over a page, the keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.exchange.printable import cell_width, fit, printable
from tui.explorer.commands import Command, shown
from tui.explorer.inks import inks
from tui.explorer.widgets.held_widget import HeldWidget
from tui.language import gettext

_LEAST_NAME = 4
"""Cells of a name in a tab under which it says nothing."""


class Tabs(HeldWidget, Widget):
    """The four lists by name and count, with the one that shows set off."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self._captions: tuple[tuple[str, str], ...] = ()
        self._here = ""

    def show(self, captions: Sequence[tuple[str, str]], here: str) -> None:
        """Show (kind, caption) pairs; `here` is the kind that is set off."""
        if (tuple(captions), here) != (self._captions, self._here):
            self._captions, self._here = tuple(captions), here
            self.refresh()

    def _cut(self) -> list[tuple[str, str]]:
        """The captions as they fit: names of others than the present one cut evenly, or left out, or it alone."""
        width = self.size.width
        whole = [(kind, f" {caption} ") for kind, caption in self._captions]
        for most in range(max((cell_width(text) for _, text in whole), default=0), _LEAST_NAME - 1, -1):
            short = [(kind, text if kind == self._here else _shortened(text, most)) for kind, text in whole]
            if sum(cell_width(text) for _, text in short) <= width:
                return short
        bare = [(kind, text if kind == self._here else _shortened(text, 0)) for kind, text in whole]
        if sum(cell_width(text) for _, text in bare) <= width:
            return bare
        return [(kind, text) for kind, text in whole if kind == self._here]

    def render_line(self, y: int) -> Strip:
        """Draw the tabs."""
        ink = inks(self.app.theme)
        segments = [Segment(text, ink["tab-here" if kind == self._here else "tab-away"]) for kind, text in self._cut()]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Choose the tab that was clicked."""
        place = 0
        for kind, text in self._cut():
            place += len(text)
            if event.x < place:
                self.post_message(self.Chosen(kind))
                return


def _shortened(caption: str, most: int) -> str:
    """Return a caption with its name in at most so many cells; 0 leaves the name out."""
    number, *words, count = caption.split()
    name = " ".join(words)
    cut = fit(name, min(most, cell_width(name))).rstrip()
    return f" {number} {cut} {count} " if most else f" {number} {count} "


class PageRule(HeldWidget, Widget):
    """The line between a short list and the page below it, with the kind of the record that the page is of."""

    def __init__(self) -> None:
        super().__init__(id="page-rule")
        self.display = False
        self._title = ""

    def show(self, title: str) -> None:
        """Show a title."""
        if title != self._title:
            self._title = title
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the rule."""
        ink, width = inks(self.app.theme), self.size.width
        title = fit(self._title, min(cell_width(self._title), max(width - 5, 0)))
        segments = [Segment("─ ", ink["rule"]), Segment(title, ink["label"]), Segment(" ", ink["rule"])]
        segments.append(Segment("─" * (width - cell_width(title) - 3), ink["rule"]))
        strip = Strip(segments).adjust_cell_length(width)
        return strip.apply_style(self.rich_style)


class KeyBar(HeldWidget, Widget):
    """What the keys do where the user is; a message stands there instead until the next key."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._asked: tuple[object, ...] = ()
        self._commands: tuple[tuple[str, str, int], ...] = ()
        self._message = ""
        self._way_out = ("", "")

    def show(
        self,
        commands: Sequence[Command],
        labels: dict[str, str],
        message: str = "",
        way_out: tuple[str, str] = ("", ""),
    ) -> None:
        """Show the commands that have a place in the bar; `labels` replaces some labels by action.

        A `message` stands there instead, and after it `way_out`: a key and what it does, of which the key is never cut.
        """
        asked = commands, dict(labels), message, way_out
        if asked == self._asked:
            return
        self._asked = asked
        wanted = tuple(
            (command.keys[0], gettext(labels.get(command.action, command.label)), command.bar)
            for command in commands
            if command.bar and command.keys and labels.get(command.action, command.label)
        )
        if (wanted, message, way_out) != (self._commands, self._message, self._way_out):
            self._commands, self._message, self._way_out = wanted, message, way_out
            self.refresh()

    @property
    def message(self) -> str:
        """What the bar says in place of the keys; empty when it shows the keys."""
        return self._message

    def fitting(self, width: int) -> list[tuple[str, str]]:
        """Return the (key, label) pairs that fit `width` cells: the dearest are kept, in the registry's order."""
        spelled = getattr(self.app, "spells_keys", False)
        named = [(shown(key, spelled=spelled), label, worth) for key, label, worth in self._commands]
        kept: set[tuple[str, str, int]] = set()
        used = 1
        for item in sorted(named, key=lambda item: -item[2]):
            size = cell_width(item[0]) + cell_width(item[1]) + 3
            if used + size <= width + 2:
                kept.add(item)
                used += size
        return [(item[0], item[1]) for item in named if item in kept]

    def render_line(self, y: int) -> Strip:
        """Draw the bar."""
        ink = inks(self.app.theme)
        if self._message:
            return Strip(self._said(self.size.width)).adjust_cell_length(self.size.width, ink["message"])
        segments = [Segment(" ", ink["key-label"])]
        for key, text in self.fitting(self.size.width):
            segments += [Segment(key, ink["key"]), Segment(f" {text}  ", ink["key-label"])]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _said(self, width: int) -> list[Segment]:
        """The message in `width` cells; what the key does is left out first, then the message is cut."""
        ink = inks(self.app.theme)
        text, (key, label) = f" {printable(self._message)}", self._way_out
        if not key:
            return [Segment(fit(text, width), ink["message"])]
        if cell_width(f"{text}  {key} {label}") > width:
            label = ""
        text = fit(text, min(cell_width(text), width - cell_width(f"  {key} {label}")))
        return [
            Segment(f"{text}  ", ink["message"]),
            Segment(key, ink["key"]),
            Segment(f" {label}", ink["key-label"]),
        ]
