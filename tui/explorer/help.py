"""The help: every key, and the query language, on one page."""

from __future__ import annotations

from tui.exchange.page import Block, Page, Span, column, row
from tui.explorer.commands import groups, shown
from tui.explorer.page_screen import PageScreen

_QUERIES = (
    ("erdogan rome", "records with both words; accents, case and spelling do not matter; the last may be unfinished"),
    ('"energy security"', "a phrase"),
    ("-sport", "without a word; a minus turns any term round"),
    ("leader: topic: summit: agreement:", "what is linked with a record: leader:erdogan topic:migration"),
    ("country: series: sector: source:", "by country (TR, Turkey, Turkish), series, sector or source"),
    ("year:2015..2025  2015..  ..2020", "meetings and agreements of some years"),
    ("status:signed  status:in_force", "agreements by status, and the meetings that have them"),
    ("is:disputed  is:expected  is:upcoming", "where sources differ; foreseen only; still to come"),
    ("kind:topic", "only one list"),
)


def help_page() -> Page:
    """Return the help as a page of the reader."""
    blocks = []
    for group, commands in groups().items():
        rows = column(
            ((Span(" ".join(map(shown, command.keys)) or "palette", "link"), [command.help]) for command in commands),
            least=12,
        )
        blocks.append(Block(group, rows))
    asked = []
    for example, meaning in _QUERIES:
        asked += [row(Span(example, "link")), row(Span(f"  {meaning}", "dim"))]
    blocks.append(Block("Query terms", tuple(asked)))
    return Page("help", row(Span("Everything is one query; these keys change it.", "title")), tuple(blocks))


class HelpScreen(PageScreen):
    """The help over the explorer; `?`, `q` or Esc closes it."""

    def __init__(self) -> None:
        super().__init__(help_page(), "Help")
