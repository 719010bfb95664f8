"""The view in pictures: meetings a year, leaders over the years, agreements by sector and status, figures as said.

Each picture has its table, which says the same numbers and more: for reading aloud, for copying and for other programs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tui.exchange.charts import Years, columns, parted, strip
from tui.exchange.figures_page import figure_blocks
from tui.exchange.page import NO_BREAK, Block, Page, Row, Span, Table, cell, column, joined, row
from tui.exchange.parts import statuses_span
from tui.exchange.printable import cell_width, fit, printable
from tui.exchange.references import References
from tui.exchange.spoken_figures import courses
from tui.exchange.standings import STANDINGS, standing
from tui.language import gettext, ngettext, number
from tui.records import Agreement, Record, Summit
from tui.vocabulary import SECTORS, STATUSES, label

if TYPE_CHECKING:
    from tui.index import Index, View
    from tui.index import Row as IndexRow

_MOST = 5_000
"""Of a larger view, the agreements and the figures of so many records are looked at, and the page says so."""

_LEADERS = 8
_HIGH = 6
"""Lines of the highest column."""
_CELLS = 4
"""Cells for one agreement, at most."""
_WIDEST = 120
_ROOMY = 90
"""Cells from which on names stand in full."""
_SHORT = 13
"""Cells of a name where there is little room."""


class Made(NamedTuple):
    """What the pictures of a view are drawn from."""

    years: Counter[int]
    """Meetings by year, without those of an unknown date."""
    leaders: tuple[IndexRow, ...]
    sectors: dict[str, Counter[str]]
    """Agreements by sector and status."""


def pictures(view: View, index: Index, width: int, *, tables: bool = False) -> Page:
    """Return the page of pictures of a view, `width` cells wide, or the tables of the same numbers."""
    references = References()
    meetings, agreements = view.lists["summit"], view.lists["agreement"]
    summits = index.records([item.id for item in meetings.rows(0, min(meetings.total, _MOST))])
    held = [record for record in summits.values() if isinstance(record, Summit)]
    texts = index.records([item.id for item in agreements.rows(0, min(agreements.total, _MOST))])
    made = Made(
        Counter(meetings.years()),
        tuple(item for item in view.lists["leader"].rows(0, _LEADERS) if item.years),
        _sectors(texts.values()),
    )
    width = min(width, _WIDEST)
    blocks = [
        *(_year_tables(made) if tables else _over_years(made, width)),
        *_agreements(made, width, tables=tables),
        *figure_blocks(courses(held), width, references, tables=tables),
    ]
    if max(meetings.total, agreements.total) > _MOST:
        blocks.append(
            Block(
                "",
                (
                    row(
                        Span(gettext("agreements and figures: of the first {count}").format(count=number(_MOST)), "dim")
                    ),
                ),
            )
        )
    if not blocks:
        blocks.append(Block("", (row(Span(gettext("nothing under this query to draw"), "dim")),)))
    head = row(Span(view.query.text.strip() or gettext("The whole library"), "title"))
    return Page("pictures", head, (*blocks, *references.block(index)))


def _sectors(records: Iterable[Record]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if isinstance(record, Agreement):
            found[record.sector][record.status] += 1
    return dict(sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def _over_years(made: Made, width: int) -> list[Block]:
    """Meetings a year as columns, and under them on the same scale the years of each leader."""
    if not made.years:
        return []
    called = [item.title if width >= _ROOMY else _short(item.title) for item in made.leaders]
    names = min(max(map(cell_width, called), default=0), 26 if width >= _ROOMY else _SHORT) + 2
    # What words find of a leader's meetings may all be later than the first of them.
    met = [year for item in made.leaders for year, _ in item.years]
    years = Years.fitting([*made.years, *met], width - names - 4)
    counts = years.counts(made.years)
    lines = columns(counts, years, min(_HIGH, max(counts)))
    rows = [Row((Span(NO_BREAK * names), *line.spans)) for line in lines]
    total = sum(made.years.values())
    blocks = [
        Block("", (_heading(gettext("Meetings"), _in_all(total) + _grouped(years)), *rows, years.axis(indent=names))),
    ]
    strips = [(item, years.counts(Counter(dict(item.years)))) for item in made.leaders]
    most = max((max(counts) for _, counts in strips), default=0)
    if strips:
        lines = [
            row(
                *_padded(name, item.id, names),
                *strip(counts, years, most),
                Span(f"{item.count:>4}".replace(" ", NO_BREAK), "strong"),
            )
            for name, (item, counts) in zip(called, strips, strict=True)
        ]
        blocks.append(
            Block(
                "",
                (
                    _heading(gettext("Leaders"), gettext("their meetings by year, at most {most}").format(most=most)),
                    *lines,
                ),
            )
        )
    return blocks


def _padded(name: str, leader: str, width: int) -> tuple[Span, Span]:
    """A leader's name as a link in so many cells."""
    text = fit(printable(name), width - 1).rstrip()
    return Span(text.replace(" ", NO_BREAK), "link", leader), Span(NO_BREAK * (width - cell_width(text)))


def _short(name: str) -> str:
    """A name where there is little room: the family name with its particles, after the first letter if that fits."""
    first, *others = name.split()
    if not others:
        return name
    family = " ".join([*(word for word in others[:-1] if word.islower()), others[-1]])
    whole = f"{first[0]}. {family}"
    return whole if cell_width(whole) <= _SHORT else family


def _in_all(total: int) -> str:
    return ngettext("{count} in all", "{count} in all", total)


def _grouped(years: Years) -> str:
    return gettext(", {span} years a column").format(span=years.span) if years.span > 1 else ""


def _heading(title: str, note: str) -> Row:
    return row(Span(f"{title}  ", "label"), Span(note, "dim"))


def _year_tables(made: Made) -> list[Block]:
    """The meetings of each year, none left out, and the years of each leader."""
    if not made.years:
        return []
    every = range(min(made.years), max(made.years) + 1)
    rows = tuple((cell(str(year)), cell(f"{made.years[year]:,}")) for year in every)
    blocks = [
        Block(
            gettext("Meetings"),
            (),
            Table((Span(gettext("year"), "dim"), Span(gettext("meetings"), "dim")), rows, frozenset({1})),
        )
    ]
    people = tuple(
        (cell(Span(item.title, "link", item.id)), cell(str(item.count)), cell(_spelled(item.years)))
        for item in made.leaders
    )
    headings = (Span(gettext("leader"), "dim"), Span(gettext("meetings"), "dim"), Span(gettext("by year"), "dim"))
    return [*blocks, Block(gettext("Leaders"), (), Table(headings, people, frozenset({1})))] if people else blocks


def _spelled(years: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{year} ×{count}" if count > 1 else str(year) for year, count in years)


def _agreements(made: Made, width: int, *, tables: bool) -> list[Block]:
    """The agreements of each sector, as a bar parted by how they stand, or as the numbers of each status."""
    if not made.sectors:
        return []
    if tables:
        headings = (gettext("sector"), gettext("all"), gettext("by status"))
        rows = tuple(
            (cell(label(SECTORS, sector)), cell(number(counts.total())), cell(*_statuses(counts).spans))
            for sector, counts in made.sectors.items()
        )
        table = Table(tuple(Span(word, "dim") for word in headings), rows, frozenset({1}))
        return [Block(gettext("Agreements"), (), table)]
    totals = sum(made.sectors.values(), Counter[str]())
    most = max(counts.total() for counts in made.sectors.values())
    names = max(cell_width(label(SECTORS, sector)) for sector in made.sectors)
    room = max(min(width - names - 8, most * _CELLS), 8)
    bars = column(
        ((Span(label(SECTORS, sector)), _bar(counts, most, room)) for sector, counts in made.sectors.items()),
        most=names,
    )
    heading = _heading(gettext("Agreements"), _in_all(totals.total()) + gettext(", by sector"))
    return [Block("", (heading, *_legend(totals), *bars))]


def _legend(totals: Counter[str]) -> tuple[Row, ...]:
    """What each fill of a bar stands for: a group of statuses, with the number of each of them."""
    rows = []
    for group in STANDINGS:
        within = Counter({status: count for status, count in totals.items() if standing(status) == group})
        if within:
            lead = Span(
                f"{group.fill} {ngettext(group.name, group.name, within.total())} {number(within.total())}", group.role
            )
            rows.append((lead, _statuses(within).spans))
    return column(rows, most=24)


def _statuses(counts: Counter[str]) -> Row:
    """How many agreements have each status, in the order of the groups and in each of a life."""
    order = list(STATUSES)
    places = {status: place for place, status in enumerate(order)}
    found = sorted(counts.items(), key=lambda item: places.get(item[0], len(order)))
    ranked = [(status, count) for group in STANDINGS for status, count in found if standing(status) == group]
    return joined(
        [[statuses_span(status, count), Span(f"{NO_BREAK}{number(count)}")] for status, count in ranked if count]
    )


def _bar(counts: Counter[str], most: int, cells: int) -> list[Span | str]:
    """A bar parted by the groups of statuses, and its number."""
    grouped = Counter[str]()
    for status, count in counts.items():
        grouped[standing(status).name] += count
    lengths = parted([grouped[group.name] for group in STANDINGS], most, cells)
    spans: list[Span | str] = [
        Span(group.fill * length, group.role) for group, length in zip(STANDINGS, lengths, strict=True)
    ]
    return [*spans, Span(f"{NO_BREAK}{number(counts.total())}", "strong")]
