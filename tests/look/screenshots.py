"""`python -m tests.look.screenshots FOLDER [--looks]`: draws the README's pictures, or what the looks are held to."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.libraries import write_series_library, write_tiny_library
from tests.look.drawing import draw
from tests.look.printed import PRINTED, draw_printed
from tests.look.scenes import LOOKS, PICTURES
from tests.look.sessions import draw_sessions
from tui.library import shipped_library
from tui.library.own import copy_library


def main(folder: Path, *, looks: bool) -> None:
    """Draw each scene into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        library, series = Path(made) / "library", write_series_library(Path(made) / "series")
        if looks:
            write_tiny_library(library)
        else:
            copy_library(shipped_library(), library)
        for scene in LOOKS if looks else PICTURES:
            _keep(folder / f"{scene.name}.svg", asyncio.run(draw(scene, series if scene.series else library)))
        for printed in PRINTED if looks else ():
            _keep(folder / f"{printed.name}.svg", draw_printed(printed))
        for name, svg in draw_sessions(library).items() if not looks else ():
            _keep(folder / f"{name}.svg", svg)


def _keep(file: Path, svg: str) -> None:
    file.write_text(svg, encoding="utf-8")
    print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), looks="--looks" in sys.argv[2:])
