"""The query is the view: typing, pinning, peeling, going back and jumping all change one line of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import explorer


async def test_enter_pins_and_escape_peels(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("2", "enter")
        assert user.query == "leader:recep-tayyip-erdogan"
        assert user.count("summit") == 3
        await user.press("3", "enter")
        assert user.query.startswith("leader:recep-tayyip-erdogan topic:")
        await user.press("escape")
        assert user.query == "leader:recep-tayyip-erdogan"
        await user.press("escape")
        assert user.query == ""
        await user.press("escape")
        assert "whole library" in user.bar


async def test_pinning_takes_the_place_of_the_words_that_found_it(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("mitsotakis")
        await user.press("enter", "2", "enter")
        assert user.query == "leader:kyriakos-mitsotakis"
        assert user.cursor("summit") == "athens-2023"


async def test_escape_brings_back_the_words_that_a_pin_took_the_place_of(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("italy")
        await user.press("enter", "1", "j")
        found, second = user.count("summit"), user.cursor("summit")
        assert found > 1
        await user.press("enter", "2", "enter")
        assert user.query.startswith(f"summit:{second} leader:")
        await user.press("escape")
        assert user.query == f"summit:{second}"
        await user.press("escape")
        assert (user.query, user.count("summit"), user.cursor("summit")) == ("italy", found, second)
        assert user.focus == "summit"
        await user.press("escape")
        assert user.query == ""


async def test_escape_brings_back_no_words_that_were_left_before(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("italy")
        await user.press("enter", "escape", "2", "enter")
        assert user.query.startswith("leader:")
        await user.press("escape")
        assert user.query == ""


async def test_pinning_what_is_pinned_opens_the_reader(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("enter", "enter")
        assert user.query == "summit:rome-2025"
        assert user.focus == "reader"
        await user.press("escape")
        assert user.focus == "summit"
        assert user.query == "summit:rome-2025"


async def test_back_and_forward_keep_the_place(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("j")
        assert user.cursor("summit") == "athens-2023"
        await user.press("enter", "4")
        await user.press("left_square_bracket")
        assert (user.query, user.cursor("summit"), user.focus) == ("", "athens-2023", "summit")
        await user.press("right_square_bracket")
        assert (user.query, user.focus) == ("summit:athens-2023", "agreement")
        await user.press("right_square_bracket")
        assert "nothing after this" in user.bar


async def test_back_leaves_all_that_was_typed_at_once(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("athens")
        await user.press("enter", "left_square_bracket")
        assert user.query == ""


async def test_a_link_is_a_jump_to_a_query_of_its_own(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:izmir-2008") as user:
        await user.press("f")
        hints = user.app.main.reader.hints
        assert hints is not None
        label = next(label for label, target in hints.targets.items() if target == "silvio-berlusconi")
        await user.press(*label)
        assert user.query == "leader:silvio-berlusconi"
        assert user.cursor("leader") == "silvio-berlusconi"
        assert user.page.startswith("Silvio Berlusconi")


async def test_escape_takes_the_letters_away(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("f", "escape")
        assert user.app.main.reader.hints is None
        assert user.query == ""
        assert user.focus == "reader"


async def test_a_misspelt_value_is_mended_with_tab(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("status:singed")
        assert "signed" in user.bar
        assert "tab" in user.bar
        assert "signed" in " ".join(user.list("summit"))
        await user.press("tab")
        assert user.query == "status:signed"
        assert user.cursor("agreement") == "space-2025"


@pytest.mark.parametrize(
    ("typed", "way_out"),
    [
        ("status:singed", "tab take it"),
        ("mitsotakis space", "tab one term less"),
        ("erdogn", "ctrl+o only as typed"),
    ],
)
async def test_the_key_that_helps_on_is_never_cut(tiny_library: Path, typed: str, way_out: str) -> None:
    async with explorer(tiny_library) as user:
        await user.type(typed)
        assert user.bar.rstrip().endswith(f"  {way_out}")
        await user.resize(40, 20)
        assert user.bar.rstrip().endswith(f"  {way_out.split()[0]}")


async def test_the_reader_follows_the_first_list_with_records(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("tourism")
        assert user.count("summit") == 1
        await user.press("backspace", *"-visas")
        await user.press("ctrl+u", *"satellites")
        assert user.count("summit") == 0
        assert user.page.startswith("Space")
        await user.press("enter")
        assert user.focus == "topic"


async def test_the_query_of_the_command_line_is_answered_at_once(tiny_library: Path) -> None:
    async with explorer(tiny_library, "country:greece") as user:
        assert user.query == "country:greece"
        assert user.cursor("summit") == "athens-2023"
        assert user.count("summit") == 1


async def test_sorting_keeps_the_cursor_on_its_record(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("j", "s")
        assert "Summits: oldest" in user.bar
        assert user.cursor("summit") == "athens-2023"
        await user.press("g")
        assert user.cursor("summit") == "izmir-2008"


async def test_unbalanced_quotes_are_a_hint_and_no_error(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type('"gas line')
        assert user.cursor("agreement") == "gas-letter-2008"
        assert "quot" in user.bar


async def test_hits_of_the_words_are_gone_through_in_the_reader(tiny_library: Path) -> None:
    async with explorer(tiny_library, "italy", size=(120, 14)) as user:
        first = user.app.main.reader.top
        await user.press("n")
        assert user.app.main.reader.top > first
        await user.press("N", "N", "N", "N", "N", "N")
        assert "no more hits" in user.bar


async def test_a_misspelt_word_finds_its_neighbour_and_says_so(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("erdogn")
        assert user.cursor("leader") == "recep-tayyip-erdogan"
        assert "also erdogan for “erdogn”" in user.bar
        await user.press("ctrl+o")
        assert user.query == "=erdogn"
        assert user.count("leader") == 0
        await user.press("escape", "left_square_bracket")
        assert user.query == ""


async def test_a_word_that_is_there_is_searched_alone(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("erdogan")
        assert "also" not in user.bar
        await user.press("enter", "equals_sign")
        assert "as it was typed" in user.bar


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_who_finds_nothing_is_led_on(tiny_library: Path, size: tuple[int, int]) -> None:
    async with explorer(tiny_library, "leader:erdogan xyzzy", size=size) as user:
        assert "Instead" in user.screen
        assert "esc one term less" in user.bar
        assert "narrow" not in user.bar
        await user.press("f")
        hints = user.app.main.reader.hints
        assert hints is not None
        await user.press(*next(letters for letters, goal in hints.targets.items() if goal == "?leader:erdogan"))
        assert user.query == "leader:erdogan"
        assert user.cursor("summit")
        assert "Instead" not in user.screen
        assert "/ search" in user.bar


async def test_nothing_is_proposed_while_a_query_is_typed(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("erdogan xyzzy")
        assert user.page == ""
        assert "nothing matches" in user.bar
        await user.press("enter")
        assert "Instead erdogan" in user.page
        await user.press("escape")
        assert user.query == "erdogan"
        assert "Instead" not in user.page
