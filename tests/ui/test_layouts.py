"""The same explorer at every size, in every theme, with mouse or without, and with hostile text."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import Hit

from tests.ui.user import User, explorer
from tui.explorer.screens.disputes_screen import DisputesScreen
from tui.explorer.screens.palette import CommandProvider
from tui.explorer.screens.timeline_screen import TimelineScreen
from tui.explorer.themes import THEMES


async def test_narrow_shows_one_list_and_enter_opens_the_reader(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 12)) as user:
        assert "1 Summits 3" in user.tabs
        assert "2 Leaders 4" in user.tabs
        assert "Chairs" not in user.screen
        await user.press("enter")
        assert "Chairs" in user.screen
        assert user.query == ""
        await user.press("h")
        assert "Chairs" not in user.screen
        await user.press("tab")
        assert "Kyriakos Mitsotakis" in user.screen
        await user.press("space")
        assert user.query.startswith("leader:")


async def test_a_short_list_leaves_its_page_the_rows_below_it(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        assert [line[:1] for line in user.list("summit")] == ["▌", " ", " "]
        assert "─ Summit ───" in user.screen
        assert "Chairs" in user.screen
        await user.press("j", "4")
        assert "─ Agreement ───" in user.screen
        assert len(user.list("agreement")) == user.count("agreement") == user.app.main.current.window
        title = user.page.split(" signed")[0]
        await user.press("j")
        assert not user.page.startswith(title)
        await user.press("enter")
        assert user.app.main.reader.size.height == 21
        await user.press("h")
        assert "─ Agreement ───" in user.screen
        assert user.focus == "agreement"


async def test_the_page_below_a_list_goes_while_a_query_is_typed(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        await user.type("rome")
        assert "─ Summit ───" not in user.screen
        await user.press("enter")
        assert "─ Summit ───" in user.screen
        assert user.count("summit") == 1
        await user.press("slash")
        assert "─ Summit ───" not in user.screen


async def test_the_page_stands_below_beside_or_nowhere_as_there_is_room(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 12)) as user:
        reader = user.app.main.reader
        assert not reader.display
        for size, rows in [((80, 13), 6), ((120, 36), 32), ((60, 20), 13), ((80, 12), 0), ((99, 50), 43)]:
            await user.resize(*size)
            assert (reader.size.height if reader.display else 0) == rows
            assert ("⏎ read" in user.bar) == (size[0] < 100)


@pytest.mark.parametrize("key", ["f", "o"])
@pytest.mark.parametrize("height", [12, 24])
async def test_links_have_letters_at_once_where_the_reader_comes_into_sight_for_them(
    tiny_library: Path, key: str, height: int
) -> None:
    async with explorer(tiny_library, size=(80, height)) as user:
        await user.press(key)
        assert user.app.main.reading
        assert ("type the letters" in user.bar) == (user.app.main.reader.hints is not None)
        assert ("type the letters" in user.bar) == (key == "f" or "[1]" in user.screen)


def rows(user: User) -> dict[str, int]:
    return {kind: pane.window for kind, pane in user.app.main.lists.items()}


@pytest.mark.parametrize("size", [(120, 36), (200, 50)])
async def test_a_short_list_beside_the_reader_leaves_its_rows_to_the_others(
    shipped: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, size=size) as user:
        before = rows(user)
        await user.press("space")
        assert user.count("summit") == 1
        assert rows(user) != before
        assert min(rows(user).values()) >= 1
        assert all(rows(user)[kind] >= min(before[kind], user.count(kind)) for kind in before)
        strips = user.app.screen._compositor.render_strips()
        assert len(strips) == size[1]
        assert strips[-2].text.startswith("╰")
        await user.press("escape")
        assert rows(user) == before
        await user.type("baykar")
        assert rows(user) == before
        await user.press("enter")
        assert rows(user) != before
        await user.resize(80, 24)
        await user.resize(120, 20)
        assert rows(user)["agreement"] == 2
        await user.resize(*size)
        await user.press("escape", "escape")
        assert rows(user) == before


async def test_lists_stay_where_they_are_on_a_slow_line(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36), slow=True) as user:
        before = rows(user)
        await user.press("space")
        assert user.count("summit") == 1
        assert rows(user) == before


async def test_on_a_slow_line_only_the_page_of_a_lone_record_stands_below_it(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24), slow=True) as user:
        assert "─ Summit ───" not in user.screen
        await user.press("space")
        assert user.count("summit") == 1
        assert "─ Summit ───" in user.screen
        assert user.count("leader") > 1
        await user.press("2")
        assert "─ Leader ───" not in user.screen


async def test_tabs_keep_their_names_as_long_as_there_is_room_for_some_of_each(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        assert user.tabs.split() == [
            "1",
            "Summits",
            "3",
            "2",
            "Leaders",
            "4",
            "3",
            "Agenda",
            "topics",
            "5",
            "4",
            "Agreements",
            "5",
        ]
        await user.resize(52, 20)
        assert user.tabs.rstrip() == " 1 Summits 3  2 Leaders 4  3 Agenda… 5  4 Agreem… 5"
        await user.press("4")
        assert "4 Agreements 5" in user.tabs
        assert "1 Summi… 3  2 Leade… 4" in user.tabs
        await user.resize(40, 20)
        assert user.tabs.rstrip() == " 1 3  2 4  3 5  4 Agreements 5"


async def test_resizing_keeps_the_place(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        await user.press("4", "j", "j")
        place = user.cursor("agreement")
        for size in [(60, 20), (200, 50), (80, 24), (20, 5), (120, 36)]:
            await user.resize(*size)
            assert user.cursor("agreement") == place
        assert user.focus == "agreement"
        assert any(line.startswith("▌") for line in user.list("agreement"))


async def test_the_reader_keeps_its_place_when_it_is_wrapped_anew(shipped: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, "summit:it-tr-2025-rome", size=(120, 36)) as user:
        await user.press("l", "G")
        reader = user.app.main.reader
        assert reader.top > 0
        await user.resize(100, 30)
        assert reader.top + reader.window >= reader.total - 3


async def test_a_terminal_that_is_too_small_says_so(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(20, 5)) as user:
        assert "Too small" in user.screen
        await user.resize(60, 20)
        assert "1 Summits 3" in user.screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50), (100, 24), (40, 8)])
async def test_every_line_has_the_width_of_the_terminal(hostile_library: Path, size: tuple[int, int]) -> None:
    async with explorer(hostile_library, size=size) as user:
        for keys in [(), ("2",), ("3",), ("4",), ("enter",), ("l", "G")]:
            await user.press(*keys)
            strips = user.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}


async def test_hostile_text_is_shown_as_text(hostile_library: Path) -> None:
    async with explorer(hostile_library, size=(200, 50)) as user:
        seen = []
        for pane in "1234":
            await user.press(pane)
            for _ in range(user.app.main.current.total):
                seen += [user.screen, user.page]
                await user.press("j")
        text = "".join(seen)
        assert "Protocol [annex] of [b]sorts[/b]" in text
        assert "[/] a closing tag of nothing" in text
        assert not [character for character in text if character < " " and character != "\n"]
        assert "\x9b" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_draws_status_as_a_word(tiny_library: Path, theme: str) -> None:
    async with explorer(tiny_library, theme=theme) as user:
        assert any(line.lstrip("▌ ").startswith("signed") for line in user.list("agreement"))
        assert any(line.lstrip("▌ ").startswith("expected") for line in user.list("agreement"))


async def test_the_bar_fits_and_always_has_help_and_search(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(60, 20)) as user:
        for width in (40, 50, 60, 80, 99, 120, 200):
            await user.resize(width, 24)
            assert "? help" in user.bar
            assert "/ search" in user.bar
            assert len(user.bar) == width


async def test_help_lists_every_key_and_closes(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("question_mark")
        assert "Everything is one query" in user.screen
        await user.press("G")
        assert "is:disputed" in user.screen
        for key in ("escape", "question_mark", "q"):
            await user.press(key)
            assert "Everything is one query" not in user.screen
            await user.press("question_mark")
        assert user.app.is_running


async def test_the_palette_runs_a_command_by_its_name(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("colon", *"theme-light")
        await user.pilot.pause(0.5)
        await user.press("enter")
        await user.pilot.pause(0.2)
        assert user.app.theme == "summit-light"


@pytest.mark.parametrize(
    ("name", "screen"),
    [("timeline", "TimelineScreen"), ("brief", "ViewScreen"), ("export", "ChoiceScreen"), ("help", "HelpScreen")],
)
async def test_the_palette_carries_out_what_the_screen_under_it_can(tiny_library: Path, name: str, screen: str) -> None:
    async with explorer(tiny_library) as user:
        await user.press("colon", *name)
        await user.pilot.pause(0.5)
        await user.press("enter")
        await user.pilot.pause(0.3)
        assert type(user.app.screen).__name__ == screen


@pytest.mark.parametrize("typed", ["add", "bookmark", "sort", "copy", "com"])
async def test_a_command_whose_name_is_typed_comes_first(tiny_library: Path, typed: str) -> None:
    async with explorer(tiny_library) as user:
        hits = [hit async for hit in CommandProvider(user.app.screen).search(typed)]
        best = max(hits, key=lambda hit: hit.score if isinstance(hit, Hit) else 0)
        assert isinstance(best, Hit)
        assert str(best.text).startswith(typed)


async def test_the_palette_offers_nothing_that_the_screen_under_it_cannot_do(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        on_lists = offered(user)
        await user.press("t")
        on_the_timeline = offered(user)
        assert {"timeline", "sort", "quit", "help"} <= on_lists
        assert "last-meeting" in on_the_timeline - on_lists
        assert "timeline" in on_lists - on_the_timeline
        assert {"quit", "help"} <= on_the_timeline


async def test_the_palette_has_names_keys_and_what_they_do_in_columns(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        await user.press("colon")
        await user.pilot.pause(0.3)
        lines = user.screen.splitlines()
        told = [line for line in lines if line.rstrip().endswith(".") and line.strip()[:1].islower()]
        assert len(told) > 8
        first = next(line for line in lines if "Type a query" in line)
        assert {line[first.index("Type") - 1] for line in told} == {" "}
        assert all(line[first.index("Type")] != " " for line in told)
    async with explorer(tiny_library, size=(60, 20)) as user:
        await user.press("colon")
        await user.pilot.pause(0.3)
        assert "\n  Type a query; every pane narrows with each key." in user.screen


async def test_the_palette_begins_with_what_has_to_be_looked_up(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        names = [str(hit.text).split()[0] async for hit in CommandProvider(user.app.screen).discover()]
        assert names[0] == "search"
        assert names.index("theme-light") < names.index("down") < names.index("pane-leader")


def offered(user: User) -> set[str]:
    return {command.name for command in CommandProvider(user.app.screen)._offered()}


async def test_the_page_is_moved_while_the_keys_stay_in_the_list(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 16)) as user:
        reader, place = user.app.main.reader, user.cursor("summit")
        await user.press("J")
        first = reader.top
        assert first == reader.window // 2
        await user.press("J", "K")
        assert reader.top == first
        assert (user.focus, user.cursor("summit")) == ("summit", place)
        await user.resize(80, 12)
        await user.press("J")
        assert "⏎ opens it" in user.bar
        await user.resize(80, 16)
        top = reader.top
        await user.press("J")
        assert reader.top == min(top + reader.window // 2, reader.total - reader.window) > top


@pytest.mark.parametrize("key", ["t", "d"])
async def test_all_of_what_is_below_a_grid_or_a_list_can_be_read(shipped: Path, tmp_path: Path, key: str) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, "series:italy-türkiye", size=(60, 20)) as user:
        await user.press(key)
        screen = user.app.screen
        assert isinstance(screen, TimelineScreen | DisputesScreen)
        reader, seen = screen.reader, set()
        assert reader.total > reader.window
        for _ in range(reader.total):
            seen |= set(range(reader.top, reader.top + reader.window))
            await user.press("J")
        assert seen >= set(range(reader.total))
        assert screen.focused is not reader


async def test_a_click_moves_the_cursor_and_follows_links(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.pilot.click("#leader", offset=(5, 2))
        await user.pilot.pause()
        assert user.focus == "leader"
        assert user.app.main.lists["leader"].cursor == 1
        assert user.page.startswith(user.list("leader")[1].lstrip("▌").split("  ")[0])


async def test_q_leaves(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("q")
        assert not user.app.is_running


async def test_q_is_a_letter_in_the_query_line(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("qatar")
        assert user.query == "qatar"
        assert user.app.is_running


async def test_a_move_leaves_one_cursor_on_the_screen(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        for key in ("j", "j", "k", "G", "g", "j"):
            await user.press(key)
            lines = [line for line in user.screen.splitlines() if line.startswith("▌")]
            assert len(lines) == 1
            assert user.app.main.current.selected is not None
            assert user.app.main.current.selected.date in lines[0]
