"""The scenes that are drawn: for the README from the shipped library, for the tests from a tiny one."""

from __future__ import annotations

from typing import NamedTuple


class Scene(NamedTuple):
    """A picture: its name, the size of the terminal, the query it opens on, the keys pressed, theme and line.

    `before` names what has happened to the library (see `preparing`).
    """

    name: str
    size: tuple[int, int]
    query: str = ""
    keys: tuple[str, ...] = ()
    theme: str = "dark"
    slow_line: bool = False
    before: str = ""
    ground: str = ""
    series: bool = False
    """Whether the library is the one whose editions have figures."""


ROME = "summit:it-tr-2025-rome"

VIEWS: dict[str, tuple[str, ...]] = {
    "timeline": ("t", "j", "j"),
    "years": ("t", "z"),
    "compare": ("c", "G", "c"),
    "pictures": ("p",),
    "disputes": ("d",),
    "evidence": ("v",),
    "brief": ("b",),
    "start": ("H",),
    "hints": ("l", "f"),
    "marks": ("m", "a", "apostrophe"),
}
"""The views over the panes, with the keys that lead to each."""

SIZES = ((60, 20), (80, 24), (120, 36), (200, 50))
"""The smallest terminal that is usable, the usual one, and two for more columns."""

PICTURES = (
    Scene("explorer-60x20", (60, 20), "leader:erdogan"),
    Scene("explorer-80x24", (80, 24), "leader:erdogan topic:energy"),
    Scene("explorer-120x36", (120, 36), "italy türkiye year:2025"),
    Scene("explorer-200x50", (200, 50), "leader:erdogan", ("j", "j", "j")),
    Scene("start-80x24", (80, 24), "", ("H",)),
    Scene("start-200x50", (200, 50), "", ("H",)),
    Scene("short-80x24", (80, 24), "baykar", ("4",)),
    Scene("nothing-80x24", (80, 24), "leader:erdogan topic:space whaling"),
    Scene("palette-80x24", (80, 24), "", ("colon",)),
    Scene("reader-80x24", (80, 24), ROME, ("enter",)),
    Scene("search-120x36", (120, 36), "", ("slash", *"migration")),
    Scene("offers-120x36", (120, 36), "", ("slash", *"leader:er")),
    Scene("agreement-120x36", (120, 36), "baykar", ("4",)),
    Scene("light-120x36", (120, 36), ROME, (), "light"),
    Scene("timeline-120x36", (120, 36), "leader:erdogan", ("t",)),
    Scene("compare-120x36", (120, 36), "series:italy-türkiye", ("c", "j", "c")),
    Scene("evidence-120x36", (120, 36), ROME, ("v",)),
    Scene("pictures-120x36", (120, 36), "leader:erdogan", ("p",)),
    Scene("figures-120x36", (120, 36), "series:italy-türkiye", ("p", "G")),
    Scene("disputes-120x36", (120, 36), "series:italy-türkiye", ("d",)),
    Scene("brief-120x36", (120, 36), ROME, ("b",)),
    Scene("change-120x36", (120, 36), "agreement:space", ("4", "x")),
    Scene("help-120x36", (120, 36), "", ("question_mark",)),
)
"""The README's pictures."""

LOOKS = (
    Scene("all-60x20", (60, 20)),
    Scene("all-80x24", (80, 24)),
    Scene("lean-80x24", (80, 24), slow_line=True),
    Scene("lean-agreements-80x24", (80, 24), "", ("4",), slow_line=True),
    Scene("all-120x36", (120, 36)),
    Scene("all-200x50", (200, 50)),
    Scene("short-100x24", (100, 24), "", ("3",)),
    Scene("reader-60x20", (60, 20), "", ("enter",)),
    Scene("reader-80x24", (80, 24), "", ("enter",)),
    Scene("links-120x36", (120, 36), "", ("f",)),
    Scene("search-120x36", (120, 36), "", ("slash", *"energy")),
    Scene("offers-80x24", (80, 24), "", ("slash", *"status:")),
    Scene("hint-80x24", (80, 24), "", ("slash", *"status:singed")),
    Scene("long-80x12", (80, 12)),
    Scene("slow-80x24", (80, 24), "summit:rome-2025", slow_line=True),
    *(Scene(f"nothing-{width}x{height}", (width, height), "leader:mitsotakis rome") for width, height in SIZES),
    Scene("agreement-120x36", (120, 36), "agreement:space-2025", ("4",)),
    Scene("source-120x36", (120, 36), "source:rome-report-2025"),
    Scene("light-120x36", (120, 36), theme="light"),
    Scene("contrast-80x24", (80, 24), theme="contrast"),
    Scene("terminal-120x36", (120, 36), theme="terminal", ground="dark"),
    Scene("terminal-any-ground-120x36", (120, 36), theme="terminal"),
    Scene("plain-80x24", (80, 24), theme="plain"),
    *(
        Scene(f"{name}-{width}x{height}", (width, height), "", keys)
        for name, keys in VIEWS.items()
        for width, height in SIZES
    ),
    *(Scene(f"figures-{width}x{height}", (width, height), "", ("p", "G"), series=True) for width, height in SIZES),
    *(
        Scene(f"figures-compared-{width}x{height}", (width, height), "", ("2", "c", "j", "c", "G"), series=True)
        for width, height in SIZES
    ),
    *(Scene(f"tables-{width}x{height}", (width, height), "", ("p", "T")) for width, height in SIZES),
    Scene("timeline-light-120x36", (120, 36), "", ("t",), "light"),
    Scene("timeline-terminal-80x24", (80, 24), "", ("t",), "terminal", ground="dark"),
    Scene("pictures-light-120x36", (120, 36), "", ("p",), "light"),
    Scene("pictures-terminal-80x24", (80, 24), "", ("p",), "terminal", ground="dark"),
    Scene("compare-leaders-120x36", (120, 36), "", ("2", "c", "j", "c")),
    Scene("change-80x24", (80, 24), "agreement:space-2025", ("4", "x")),
    Scene("add-60x20", (60, 20), "", ("A",)),
    *(
        Scene(f"{name}-{width}x{height}", (width, height), "summit:rome-2025", keys, before=before)
        for name, keys, before in (
            ("undo", ("u",), "changed"),
            ("both", ("E",), "overtaken"),
            ("own", ("E",), "shipped"),
            ("prompt", ("x", "s", *"rome"), "changed"),
        )
        for width, height in ((80, 24), (120, 36))
    ),
    Scene("redo-120x36", (120, 36), "summit:rome-2025", ("u", "enter", "ctrl+r"), before="changed"),
    Scene("help-80x24", (80, 24), "", ("question_mark",)),
    *(Scene(f"palette-{width}x{height}", (width, height), "", ("colon",)) for width, height in ((60, 20), (80, 24))),
    Scene("small-20x5", (20, 5)),
)
"""What the tests hold on to: each layout, each screen, each theme."""
