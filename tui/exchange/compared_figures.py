"""Figures side by side: those that both sides have with their change, and those that only one has.

A figure belongs to the meeting at which it was said. A leader or a topic has those of its meetings; what is said of one
thing at several meetings of a series is one figure, of which the last is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from tui.exchange.page import Block, Cell, Span, Table, cell, row
from tui.exchange.parts import measured, number
from tui.language import gettext, ngettext
from tui.records import Figure, Summit

_MOST = 12
"""So many figures of each group are shown; the others are counted."""

_Said = tuple[Summit, Figure]
_Sides = tuple[str, str]
_LastSaid = dict[tuple[str, str, str], _Said]
"""What was said of each thing, by series, name and unit."""
_Parted = tuple[list[tuple[_Said, _Said]], list[_Said], list[_Said]]
"""The figures that both sides have, and those that only the left or the right has."""


def figures_beside(left: Sequence[Summit], right: Sequence[Summit], sides: _Sides) -> list[Block]:
    """Return the blocks of the figures of two sides, each given by its meetings in the order of time."""
    of_two = len(left) == len(right) == 1 and left[0].id != right[0].id
    pairs, ours, theirs = _of_two(left[0], right[0]) if of_two else _of_many(left, right)
    if not pairs and not ours and not theirs:
        none = gettext("no figure is given in the record of any of these meetings")
        return [Block(gettext("Figures"), (row(Span(none, "dim")),))]
    apart = [pair for pair in pairs if of_two or pair[0] != pair[1]]
    same = [one for one, other in pairs if not of_two and one == other]
    headings = (Span(gettext("both")), *(Span(side, "label") for side in sides), Span(gettext("change"), "dim"))
    table = Table(headings, _first([_pair(*pair, series=not of_two) for pair in apart], 4), frozenset({1, 2, 3}))
    groups = [
        (only(sides[0]), "ended", ours),
        *([] if of_two else [(gettext("the same for both"), "plain", same)]),
        (only(sides[1]), "settled", theirs),
    ]
    columns = [(word, tone, [_alone(one, series=not of_two) for one in given]) for word, tone, given in groups]
    note = () if of_two else (row(Span(gettext("as last said at the meetings of each"), "dim")),)
    if not apart:
        return [Block(gettext("Figures"), note, beside(columns, _MOST))]
    return [Block(gettext("Figures"), note, table), Block(gettext("More figures"), (), beside(columns, _MOST))]


def _of_two(left: Summit, right: Summit) -> _Parted:
    pairs = same_figures(left, right)
    paired = {id(figure) for pair in pairs for figure in pair}
    ours, theirs = ([(one, figure) for figure in one.figures if id(figure) not in paired] for one in (left, right))
    return [((left, one), (right, other)) for one, other in pairs], ours, theirs


def _of_many(left: Sequence[Summit], right: Sequence[Summit]) -> _Parted:
    ours, theirs = _last_said(left), _last_said(right)
    pairs = [(ours[key], theirs[key]) for key in ours if key in theirs]
    return pairs, _without(ours, theirs), _without(theirs, ours)


def _without(ours: _LastSaid, theirs: _LastSaid) -> list[_Said]:
    return [said for key, said in ours.items() if key not in theirs]


def _last_said(meetings: Iterable[Summit]) -> _LastSaid:
    """The last figure of each thing that the meetings of a series speak of, the latest first."""
    found: _LastSaid = {}
    for meeting in meetings:
        for figure in meeting.figures:
            key = (meeting.series or meeting.id, *_name(figure))
            given = (meeting, figure)
            found[key] = max(found.pop(key, given), given, key=_when)
    return dict(reversed(found.items()))


def _when(given: _Said) -> tuple[int, str]:
    meeting, figure = given
    return figure.year or int(meeting.start[:4] or 0), meeting.start


def _pair(one: _Said, other: _Said, *, series: bool) -> tuple[Cell, ...]:
    """A figure of both sides: what it is, how either has it, and the change."""
    where = [Span(f"  {one[0].series or one[0].name}", "dim")] if series else []
    values = (cell(Span(said(figure), "strong")) for _, figure in (one, other))
    return cell(one[1].label, *where), *values, cell(*change(one[1], other[1]))


def _alone(given: _Said, *, series: bool) -> Cell:
    meeting, figure = given
    where = [Span(f"  {meeting.start[:4]} {meeting.series or meeting.name}", "link", meeting.id)] if series else []
    return cell(f"{figure.label}: ", Span(said(figure), "strong"), *where)


def _first(rows: Sequence[tuple[Cell, ...]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """The first rows of a table, and how many there are besides."""
    left = len(rows) - _MOST
    return (*rows[:_MOST], (_more(left), *((),) * (width - 1))) if left > 0 else tuple(rows)


def _more(count: int) -> Cell:
    return cell(Span(ngettext("{count} more", "{count} more", count), "dim"))


def only(side: str) -> str:
    """Return the heading of what only one side has."""
    return gettext("only {side}").format(side=side)


def beside(groups: Sequence[tuple[str, str, list[Cell]]], most: int = 0) -> Table:
    """Return groups in columns, each under its name and number; of each the first `most`, all for 0."""
    headings = tuple(Span(f"{word} {number(len(cells))}", tone) for word, tone, cells in groups)
    shown = [
        [*cells[:most], _more(len(cells) - most)] if most and len(cells) > most else cells for _, _, cells in groups
    ]
    return Table(headings, tuple(zip_longest(*shown, fillvalue=())), even=True)


def same_figures(left: Summit, right: Summit) -> list[tuple[Figure, Figure]]:
    """Return the figures of one name and unit that two meetings have, each of the left with the first of the right."""
    found = []
    taken: set[int] = set()
    for one in left.figures:
        for other in right.figures:
            if _name(one) == _name(other) and id(other) not in taken:
                found.append((one, other))
                taken.add(id(other))
                break
    return found


def _name(figure: Figure) -> tuple[str, str]:
    return figure.label.casefold(), figure.unit


def said(figure: Figure) -> str:
    """Return a figure as it was said: *over 32.2 bn USD (2024)*."""
    year = f" ({figure.year})" if figure.year else ""
    return f"{figure.qualifier} {measured(figure.value, figure.unit, figure.high)}".strip() + year


def change(one: Figure, other: Figure) -> list[Span]:
    """Return the change from one figure to another of the same unit, in percent."""
    if one.unit != other.unit or not one.value:
        return []
    share = (other.value - one.value) / abs(one.value)
    tone = "settled" if share > 0 else "ended" if share < 0 else "dim"
    return [Span(f"  {share:+.0%}", tone)]
