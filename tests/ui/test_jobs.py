"""What people do with the explorer, keyboard only: brief me, find, verify, follow, share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import explorer


async def test_brief_me_says_who_met_on_what_and_what_came_of_it(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        assert user.cursor("summit") == "rome-2025"
        page = user.page
        assert "4th Italy–Türkiye Intergovernmental Summit ≠ disputed" in page
        assert "Rome, Italy · Villa Doria Pamphilj · 29–30 April 2025 · held" in page
        assert "Chairs Giorgia Meloni, President of the Council IT" in page
        assert "Migration the harbour talks · says “a government source”" in page
        assert "signed Peaceful space activities memorandum" in page
        assert "expected Unnamed energy and defence deals" in page
        assert "Bilateral trade, 2024: over 32.2 bn USD · says “a government source” [3]" in page
        assert "new Migration · Space" in page
        assert "again Energy" in page
        assert "dropped Defence industry" in page


async def test_find_narrows_every_pane_with_each_key(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        seen = []
        await user.press("slash")
        for letter in "energy":
            await user.press(letter)
            seen.append(sum(user.count(kind) for kind in user.app.main.lists))
        assert seen == sorted(seen, reverse=True)
        assert user.count("topic") == 1
        assert {"▌Energy"} == {line.split("  ")[0] for line in user.list("topic")}
        assert user.focus == "query"


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("erdogan", "leader", "Recep Tayyip Erdoğan"),
        ("izmir", "summit", "Italy–Türkiye"),
        ("turkey", "leader", "Recep Tayyip Erdoğan"),
        ("defense", "topic", "efence"),
    ],
)
async def test_find_does_not_ask_for_accents_or_the_local_name(
    shipped: Path, tmp_path: Path, typed: str, kind: str, found: str
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library) as user:
        await user.type(typed)
        assert any(found in line for line in user.list(kind)), user.screen


async def test_verify_goes_from_a_fact_to_the_source_that_says_it(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        assert "≠ Disagree agreements 9 [1]" in user.page
        assert "before the event" in user.page
        await user.press("f")
        letters = user.app.main.reader.hints
        assert letters is not None
        label = next(label for label, target in letters.targets.items() if target == "rome-report-2025")
        await user.press(*label)
        assert user.query == "source:rome-report-2025"
        assert "Rome awaits Erdoğan" in user.page
        assert "https://news.example/rome" in user.page
        await user.press("left_square_bracket")
        assert user.query == ""
        assert "4th Italy–Türkiye" in user.page


async def test_follow_an_agreement_from_expected_to_signed(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("peaceful space")
        await user.press("enter", "4")
        assert user.cursor("agreement") == "space-2025"
        page = user.page
        expected = page.index("expected 28 April 2025 · “to be signed” · says “a government source”")
        assert expected < page.index("signed 29 April 2025, Rome")


async def test_follow_a_topic_across_years(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("3")
        assert user.cursor("topic") == "energy"
        assert "on 2 agendas" in user.page
        await user.press("enter")
        assert user.query == "topic:energy"
        assert user.count("summit") == 2
        assert user.count("agreement") == 2


async def test_share_copies_the_page_with_its_sources(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("y")
        assert "sent to the clipboard: 4th Italy–Türkiye" in user.bar
        assert "https://governo.example/dichiarazione" in user.app.clipboard
        await user.press("j")
        assert "clipboard" not in user.bar


async def test_open_a_source_over_ssh_copies_its_address(tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    async with explorer(tiny_library, size=(120, 60)) as user:
        await user.press("o")
        hints = user.app.main.reader.hints
        assert hints is not None
        label = next(label for label, target in hints.targets.items() if target == "rome-statement-2025")
        await user.press(*label)
        assert "address sent to the clipboard: https://governo.example/dichiarazione" in user.bar
        assert user.app.clipboard == "https://governo.example/dichiarazione"
        assert user.query == ""


async def test_compare_marks_one_meeting_and_sets_the_next_beside_it(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("c")
        assert "marked 4th Italy–Türkiye" in user.bar
        await user.press("G", "c")
        assert "only 2025" in user.screen
        assert "only 2008" in user.screen
        await user.press("escape")
        assert "only 2025" not in user.screen
        await user.press("c", "c")
        assert "the mark is off" in user.bar
        await user.press("4", "c")
        assert "only summits, leaders and topics" in user.bar


async def test_a_link_of_a_comparison_leads_on(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("c", "G", "c", "f")
        hints = user.app.screen.surface.hints
        label = next(label for label, target in hints.targets.items() if target == "silvio-berlusconi")
        await user.press(*label)
        await user.pilot.pause()
        assert user.query == "leader:silvio-berlusconi"


async def test_pictures_are_those_of_the_query(tiny_library: Path) -> None:
    async with explorer(tiny_library, "country:greece") as user:
        await user.press("p")
        assert "2023" in user.screen
        assert "2025" not in user.screen
        await user.press("escape")
        assert user.query == "country:greece"


async def test_verify_shows_each_source_with_what_rests_on_it(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("v")
        text = " ".join(user.screen.split())
        assert "Who says so: 4th Italy–Türkiye Intergovernmental Summit" in text
        assert "Dichiarazione congiunta" in text
        await user.press("escape", "l", "s")
        assert "Who says so" in user.screen
