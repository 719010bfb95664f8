"""Figures over the years on a scale, each with who says it; where sources differ, with the range between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.exchange.charts import Scale
from tui.exchange.page import NO_BREAK, Block, Cell, Row, Span, Table, cell, row
from tui.exchange.parts import number
from tui.exchange.references import References
from tui.exchange.spoken_figures import Course, Point, Value
from tui.language import gettext, later, ngettext

_HEADINGS = (later("year"), later("what"), later("said"), later("number"), later("who"))
_SHOWN = 12
"""So many courses are drawn; the tables have all."""
_SCALE = 44
_BESIDE = 34
"""Cells for what was said beside the scale, where the page is that wide; else it stands under its mark."""
_LEAST = 24
"""Cells of a scale on which values can still be told apart."""
_YEAR = 7


def figure_blocks(
    courses: Sequence[Course], width: int, references: References, *, tables: bool = False
) -> list[Block]:
    """Return a block for each course: a scale with a mark for each point, or a table with a row for each value."""
    if tables:
        return [Block(_named(course), (_title(course),), _table(course, references)) for course in courses]
    blocks = [_drawn(course, width, references) for course in courses[:_SHOWN]]
    notes = []
    if any(not point.named for course in courses for point in course.points):
        notes.append(row(Span(gettext("* no year is named: the year in which it was said"), "dim")))
    if len(courses) > _SHOWN:
        notes.append(
            row(
                Span(ngettext("{count} more in the tables", "{count} more in the tables", len(courses) - _SHOWN), "dim")
            )
        )
    return [*blocks, Block("", tuple(notes))] if notes else blocks


def _named(course: Course) -> str:
    return course.unit or gettext("Figures")


def _title(course: Course) -> Row:
    return row(Span(course.series, "strong"))


def _drawn(course: Course, width: int, references: References) -> Block:
    """A mark a point in the order of the years, on one scale; years of which nothing is said are passed over."""
    room = width - _YEAR
    beside = room - _BESIDE >= _LEAST
    # What stands in the table beside the scale may have half of the room, so that no mark is ever broken.
    cells = min(_SCALE, (room - 2) // 2 if beside else room)
    scale = Scale.fitting((point.high for point in course.points), cells)
    rows: list[tuple[Cell, ...]] = [((), cell(*scale.axis()), cell(Span(course.unit, "dim")))]
    before = course.points[0].year
    for point in course.points:
        if point.year > before + 1:
            rows.append((cell(Span(f"{NO_BREAK * 2}⋮", "dim")), (), ()))
        before = point.year
        mark = scale.mark(point.low, point.values[0].low, point.high, aimed=point.aimed)
        rows.append(
            (cell(Span(_year(point).ljust(_YEAR - 2, NO_BREAK), "dim")), cell(*mark), cell(*_told(point, references)))
        )
    if not beside:
        rows = [line for year, mark, told in rows for line in ((year, mark), ((), told)) if any(line)]
    heading = row(Span(f"{gettext('Figures')}  ", "label"), Span(course.series, "strong"))
    return Block("", (heading,), Table((Span(""),) * len(rows[0]), tuple(rows)))


def _year(point: Point) -> str:
    return f"{point.year}{'' if point.named else '*'}"


def _told(point: Point, references: References) -> list[Span | str]:
    """What is said: each value once with who says it, then what the thing is."""
    spans: list[Span | str] = []
    for value in point.values:
        spans += [Span(" ≠ ", "mark")] if spans else []
        spans += [Span(value.text, "strong"), *references.marks(value.evidence)]
    for claim in point.other:
        spans += [Span(" ≠ ", "mark"), claim.value, *references.marks(claim.evidence)]
    return [*spans, Span(f"  {point.label}", "dim")]


def _table(course: Course, references: References) -> Table:
    """A row for each value of each point."""
    rows: list[tuple[Cell, ...]] = []
    for point in course.points:
        for value in point.values:
            rows.append(_line(point, value, references))
        for claim in point.other:
            marks = references.marks(claim.evidence)
            rows.append((cell(_year(point)), cell(point.label), cell(claim.value), (), cell(*_says(marks))))
    headings = tuple(Span(gettext(word), "dim") for word in _HEADINGS)
    return Table(headings, tuple(rows), frozenset({3}))


def _line(point: Point, value: Value, references: References) -> tuple[Cell, ...]:
    figure = number(value.low) + (f"–{number(value.high)}" if value.high > value.low else "")
    who = _says(references.marks(value.evidence))
    return cell(_year(point)), cell(point.label), cell(Span(value.text, "strong")), cell(figure), cell(*who)


def _says(marks: Iterable[Span]) -> list[Span | str]:
    """The speaker and the number of the source, without the words between them."""
    return [mark for mark in marks if mark.text != f"{NO_BREAK}· {gettext('says')} "]
