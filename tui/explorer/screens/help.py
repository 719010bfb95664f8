"""The help: every key, and the query language, on one page."""

from __future__ import annotations

from tui.exchange.page import Block, Page, Span, column, row
from tui.explorer.commands import Command, chosen, groups, shown
from tui.explorer.screens.page_screen import PageScreen
from tui.language import gettext, later

_QUERIES = (
    (
        "erdogan rome",
        later("both words, in any case and spelling, with accents or without; the last may be unfinished"),
    ),
    ('"energy security"', later("a phrase")),
    ("-sport", later("without a word; a minus turns any term round")),
    ("leader: topic: summit: agreement:", later("what is linked with a record: leader:erdogan topic:migration")),
    ("country: series: sector: source:", later("by country (TR, Turkey, Turkish), series, sector or source")),
    ("year:2015..2025  2015..  ..2020", later("meetings and agreements of some years")),
    ("status:signed  status:in_force", later("agreements by status, and the meetings that have them")),
    ("is:disputed  is:expected  is:upcoming", later("where sources differ; foreseen only; still to come")),
    ("kind:topic", later("only one list")),
)


def help_page(*, spelled: bool = False) -> Page:
    """Return the help as a page of the reader; `spelled` with the names of keys that have signs."""
    blocks = []
    for group, commands in groups().items():
        rows = column(
            ((Span(_keys(command, spelled), "link"), [gettext(command.help)]) for command in commands),
            least=12,
        )
        blocks.append(Block(gettext(group), rows))
    asked = []
    for example, meaning in _QUERIES:
        asked += [row(Span(example, "link")), row(Span(f"  {gettext(meaning)}", "dim"))]
    blocks.append(Block(gettext("Query terms"), tuple(asked)))
    return Page("help", row(Span(gettext("Everything is one query; these keys change it."), "title")), tuple(blocks))


def _keys(command: Command, spelled: bool) -> str:
    return " ".join(shown(key, spelled=spelled) for key in command.keys) or f"{_palette(spelled)} {command.name}"


def _palette(spelled: bool) -> str:
    """The key of the palette, which carries out what has no key of its own."""
    keys = next((command.keys for command in chosen() if command.action == "command_palette"), ())
    return shown(keys[0], spelled=spelled) if keys else gettext("palette")


class HelpScreen(PageScreen):
    """The help over the explorer; `?`, `q` or Esc closes it."""

    def __init__(self, *, spelled: bool = False) -> None:
        super().__init__(help_page(spelled=spelled), gettext("Help"))
