"""Pictures of what a command prints: the first screen of it, as a terminal of a size folds its lines."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from typing import NamedTuple
from unittest import mock

from rich.console import Console
from rich.text import Text

from tests.look.drawing import portable
from tests.look.scenes import SIZES
from tui import language
from tui.cli.run import run
from tui.cli.summit import summit


class Printed(NamedTuple):
    """A command as it is typed, in the language of a locale, and the size of the terminal."""

    name: str
    size: tuple[int, int]
    typed: tuple[str, ...]
    locale: str = "C"


PRINTED = (
    *(Printed(f"config-{width}x{height}", (width, height), ("config",)) for width, height in SIZES),
    Printed("config-it-80x24", (80, 24), ("config",), "it_IT.UTF-8"),
    Printed("command-help-80x50", (80, 50), ("--help",)),
    Printed("command-help-tr-80x50", (80, 50), ("--help",), "tr_TR.UTF-8"),
)
"""What the tests hold on to."""

_OWN = {"SUMMIT_CONFIG": "/home/you/.config/summit-explorer/config.toml", "LC_ALL": "", "LANGUAGE": ""}


def draw_printed(printed: Printed) -> str:
    """Return the picture of what a command prints, as SVG that needs no font or file from elsewhere."""
    width, height = printed.size
    written = io.StringIO()
    settings = {**_OWN, "LANG": printed.locale, "COLUMNS": str(width)}
    with mock.patch.dict(os.environ, settings), redirect_stdout(written):
        run(summit, list(printed.typed))
    language.use(language.ENGLISH)
    console = Console(record=True, width=width, height=height, file=io.StringIO(), legacy_windows=False)
    lines = [
        line[at : at + width] for line in written.getvalue().splitlines() for at in range(0, max(len(line), 1), width)
    ]
    for line in [*lines, *[""] * height][:height]:
        console.print(Text(line, no_wrap=True), overflow="crop")
    return portable(console.export_svg(title=f"summit {' '.join(printed.typed)}"))
