"""The timeline in the explorer: look across, move in both directions, narrow to a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import explorer
from tui.explorer.screens.timeline_screen import TimelineScreen


async def test_follow_a_topic_across_the_meetings_and_narrow_to_one(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        assert "5 topics × 3 meetings" in user.screen
        assert "Energy" in user.screen
        await user.press("0", "n")
        assert "4th Italy–Türkiye Intergovernmental Summit" in user.screen
        await user.press("enter")
        assert user.query == "topic:energy summit:rome-2025"
        assert user.focus == "summit"
        await user.press("left_square_bracket")
        assert user.query == ""


async def test_the_cursor_goes_across_one_meeting_at_a_time_and_stops_at_the_ends(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("t", "0")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        seen = []
        for key in ("h", "l", "l", "l", "h", "left", "right", "dollar_sign"):
            await user.press(key)
            seen.append(screen.grid.column)
        assert seen == [0, 1, 2, 2, 1, 0, 1, 2]


async def test_escape_leaves_the_query_as_it_was(tiny_library: Path) -> None:
    async with explorer(tiny_library, "leader:meloni") as user:
        await user.press("t", "j", "escape")
        assert not isinstance(user.app.screen, TimelineScreen)
        assert user.query == "leader:meloni"


async def test_sorting_keeps_the_cursor_on_its_topic(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("t", "j")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        topic = screen.grid.timeline.lines[screen.grid.row].id
        for _ in range(4):
            await user.press("s")
            assert screen.grid.timeline.lines[screen.grid.row].id == topic


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_the_cursor_stays_in_sight_whatever_the_size(
    shipped: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, size=size) as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        for key in ("G", "0", "g", "dollar_sign", "ctrl+d", "h", "n"):
            await user.press(key)
            rows = [line for line in user.screen.splitlines() if "▌" in line]
            assert len(rows) == 1
            assert screen.grid.timeline.lines[screen.grid.row].name[:8] in rows[0]
            assert {strip.cell_length for strip in screen._compositor.render_strips()} == {size[0]}


async def test_many_meetings_are_shown_by_year_and_a_year_opens(shipped: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library) as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        assert "198 topics × 166 meetings in 19 years" in user.screen
        await user.press("0", "n", "n")
        year = screen.grid.timeline.columns[screen.grid.column].year
        topic = screen.grid.timeline.lines[screen.grid.row].id
        await user.press("enter")
        assert len(screen.grid.timeline.columns) == 166
        assert screen.grid.timeline.columns[screen.grid.column].year == year
        assert screen.grid.timeline.lines[screen.grid.row].id == topic
        assert screen.grid.cell.role
        await user.press("z")
        assert screen.grid.timeline.columns[screen.grid.column].year == year
        await user.press("z", "enter")
        assert user.query.startswith(f"topic:{topic} summit:")


async def test_headings_stand_still_while_the_cells_move(shipped: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, size=(80, 24)) as user:
        await user.press("t", "z", "0", "g")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        grid = screen.grid
        heads = [grid.render_line(y).text for y in range(3)]
        names = [grid.render_line(y).text[:20] for y in range(3, grid.size.height)]
        await user.press("G")
        assert [grid.render_line(y).text for y in range(3)] == heads
        assert [grid.render_line(y).text[:20] for y in range(3, grid.size.height)] != names
        await user.press("g", "dollar_sign")
        assert [grid.render_line(y).text[:20] for y in range(3, grid.size.height)] == names
        assert [grid.render_line(y).text for y in range(3)] != heads


async def test_n_goes_to_meetings_with_the_topic_and_passes_by_those_that_dropped_it(
    shipped: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, "series:italy-türkiye") as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        await user.press("0")
        while screen.grid.timeline.lines[screen.grid.row].id != "transport":
            await user.press("j")
        assert "–" in screen.grid.render_line(3 + screen.grid.row).text
        visited = [screen.grid.column]
        for _ in range(2):
            await user.press("n")
            visited.append(screen.grid.column)
        assert visited == [0, 1, 3]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_title_tells_the_size_and_the_order_whatever_the_query(tiny_library: Path, width: int) -> None:
    query = "leader:erdogan 2008..2026 -topic:migration-and-asylum -is:upcoming"
    async with explorer(tiny_library, query, size=(width, 20)) as user:
        await user.press("t")
        title = user.screen.splitlines()[0]
        assert "topics × " in title
        assert "by persistence ─" in title
        assert query in title or "…" in title or " · leader" not in title


async def test_the_cell_has_the_lines_that_the_topics_leave(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(60, 20)) as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        for height, lines in ((20, 9), (36, 25), (17, 7), (60, 49)):
            await user.resize(60, height)
            assert screen.reader.outer_size.height == lines
            assert screen.grid.window >= min(screen.grid.total, height - 1 - lines - 5)


async def test_a_wider_terminal_shows_more_meetings(shipped: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, "leader:erdogan", size=(60, 20)) as user:
        await user.press("t", "dollar_sign")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        for size in ((200, 50), (80, 24), (120, 36)):
            await user.resize(*size)
            wide = screen.grid.render_line(1).text
            await user.press("0", "dollar_sign")
            assert screen.grid.render_line(1).text == wide
        assert len(wide.split()) > 20


async def test_years_that_do_not_show_are_counted_and_names_make_room_for_the_last_one(
    shipped: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, size=(80, 24)) as user:
        await user.press("t")
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen)
        above, below = (screen.grid.render_line(y).text for y in (0, 1))
        years = above.count("’")
        assert f"{19 - years} earlier ’" in above
        assert "later" not in below
        await user.press("0")
        assert "earlier" not in screen.grid.render_line(0).text
        assert f"{19 - years} later " in screen.grid.render_line(1).text
        await user.resize(120, 36)
        assert screen.grid.render_line(0).text.count("’") == 19
        assert "later" not in screen.grid.render_line(1).text


async def test_a_query_without_meetings_says_so(tiny_library: Path) -> None:
    async with explorer(tiny_library, "kind:topic") as user:
        await user.press("t")
        assert "no meetings" in user.bar
