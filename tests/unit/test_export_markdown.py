"""The briefing that a person would send: what it says, and that no text of a record becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.libraries import HOSTILE
from tui.exchange.out import Selection, export, of_view
from tui.exchange.printable import printable
from tui.index import Index


def leaves(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """Return the words that a reader of the rendered page sees."""
    return " ".join("".join(token.content if token.type == "text" else " " for token in leaves(text)).split())


def test_a_dossier_answers_who_what_and_who_says_so(tiny: Selection) -> None:
    chosen = of_view(tiny.index.view("summit:rome-2025"), tiny.index)
    text = export(chosen, "markdown")
    assert text.startswith("# 4th Italy–Türkiye Intergovernmental Summit\n\n**≠ disputed**\n")
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    wanted = ["Chairs", "Agenda", "Agreements", "Where sources disagree", "Figures", "Programme", "Sources"]
    assert [heading for heading in headings if heading in wanted] == wanted
    assert "Giorgia Meloni, President of the Council (IT) [1]" in text
    assert "**agreements**\n\n| value | source | says | published |" in text
    assert "| **9** | [1] governo.example |  | 29 April 2025 |" in text
    assert "Bilateral trade, 2024: **over 32.2 bn USD** · says “a government source”" in text


def test_an_agreement_is_told_step_by_step(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        text = export(of_view(index.view("summit:it-tr-2025-rome"), index), "markdown")
    line = next(line for line in text.splitlines() if "(not named)" in line)
    assert line.index("**expected** 29 April 2025 · says “") < line.index("▸ **signed** 29 April 2025 [")
    assert "**signed** 12" in text


def test_every_number_has_its_source_in_the_order_of_the_text(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        dossiers = export(of_view(index.view("country:IT"), index), "markdown").split("\n---\n\n")
    assert len(dossiers) > 20
    for dossier in dossiers:
        body, _, sources = dossier.partition("\n## Sources\n\n")
        numbers = [int(line.partition(".")[0]) for line in sources.splitlines()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(" <http" in line and line.endswith(">") for line in sources.splitlines())
        named = [number for number in numbers if f"[{number}]" in body]
        assert named == numbers[: len(named)]
        assert sorted(named, key=lambda number: body.index(f"[{number}]")) == named


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["summit", "leader", "topic", "agreement", "source"])
def test_no_text_of_a_record_becomes_markup(name: str, kind: str, hostile: Selection) -> None:
    ids = {kind: [f"{kind}-{name}"]}
    text = export(Selection(hostile.index, ids), "markdown")
    found = list(leaves(text))
    allowed = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak"}
    allowed |= {
        f"{tag}_{end}"
        for tag in ("bullet_list", "ordered_list", "list_item", "strong", "link")
        for end in ("open", "close")
    }
    assert {token.type for token in found} <= allowed
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert set(links) <= {f"https://hostile.example/{name}"}
    assert " ".join(printable(HOSTILE[name]).split()) in shown(text)


def test_a_view_without_meetings_gives_what_it_has(tiny: Selection) -> None:
    text = export(tiny.only("leader"), "markdown")
    assert text.count("\n---\n") == tiny.count("leader") - 1
    assert "# Recep Tayyip Erdoğan" in text
    assert "# 4th" not in text


def test_nothing_gives_nothing(tiny: Selection) -> None:
    assert export(Selection(tiny.index, {}), "markdown") == ""
