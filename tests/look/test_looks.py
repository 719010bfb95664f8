"""The screens look as they did when a person last looked at them.

After a change that is meant, look at the new pictures and accept them with `make looks`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libraries import write_series_library
from tests.look.drawing import draw, seen
from tests.look.printed import PRINTED, Printed, draw_printed
from tests.look.scenes import LOOKS, Scene

_KEPT = Path(__file__).parent / "kept"


@pytest.mark.parametrize("scene", LOOKS, ids=lambda scene: scene.name)
async def test_scene_looks_as_it_did(scene: Scene, tiny_library: Path, tmp_path: Path) -> None:
    now = await draw(scene, write_series_library(tmp_path / "series") if scene.series else tiny_library)
    drawn = tmp_path / f"{scene.name}.svg"
    drawn.write_text(now, encoding="utf-8")
    kept = (_KEPT / f"{scene.name}.svg").read_text(encoding="utf-8")
    assert seen(now) == seen(kept), f"look at {drawn}; `make looks` accepts it"


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: printed.name)
def test_what_is_printed_looks_as_it_did(printed: Printed, tmp_path: Path) -> None:
    now = draw_printed(printed)
    drawn = tmp_path / f"{printed.name}.svg"
    drawn.write_text(now, encoding="utf-8")
    kept = (_KEPT / f"{printed.name}.svg").read_text(encoding="utf-8")
    assert seen(now) == seen(kept), f"look at {drawn}; `make looks` accepts it"


def test_a_changed_word_colour_or_place_is_seen() -> None:
    svg = (_KEPT / "all-80x24.svg").read_text(encoding="utf-8")
    assert len(seen(svg)) > 20
    assert seen(svg.replace("Summits", "Summit5")) != seen(svg)
    colour = next(part for part in svg.split() if part.startswith("#") and len(part) == 7)
    assert seen(svg.replace(colour, "#123456")) != seen(svg)
