"""Draws scenes with the real app, and takes from an SVG what a person sees in it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from tests.look.preparing import prepared
from tests.look.scenes import Scene
from tests.ui.user import User, explorer

_SVG = "{http://www.w3.org/2000/svg}"
_FONT = re.compile(r"@font-face\s*{.*?}", re.DOTALL)
_FONTS = "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"
_NUMBERED = re.compile(r"terminal-\d+")


async def draw(scene: Scene, library: Path) -> str:
    """Return the picture of a scene as SVG that needs no font or file from elsewhere."""
    with prepared(scene.before, library) as own:
        async with explorer(
            own, scene.query, scene.size, scene.theme, slow=scene.slow_line, ground=scene.ground
        ) as user:
            for key in scene.keys:
                await user.press(key)
                if scene.before:
                    await _followed(user)
            svg = user.app.export_screenshot(title="summit")
    return portable(svg)


async def _followed(user: User) -> None:
    """Wait until what a key has changed is shown."""
    for _ in range(3):
        await user.app.workers.wait_for_complete()
        await user.pilot.pause()


def portable(svg: str) -> str:
    """Return a picture without fonts from elsewhere, and with the same names whenever it is drawn."""
    return _NUMBERED.sub("terminal", _FONT.sub("", svg).replace("Fira Code, monospace", _FONTS))


def seen(svg: str) -> list[str]:
    """Return each run of text and each patch of colour, with its place and its style: what must not change unseen."""
    root = ElementTree.fromstring(svg)
    styles = dict(re.findall(r"\.(terminal-r\d+)\s*{\s*(.*?)\s*}", "".join(root.itertext())))
    found = []
    for element in root.iter():
        place = f"{element.get('x', '')} {element.get('y', '')}"
        if element.tag == f"{_SVG}text" and element.text:
            style = styles.get(element.get("class", ""), "")
            found.append(f"{place} {element.text!r} {style}")
        elif element.tag == f"{_SVG}rect" and element.get("class") is None and element.get("width"):
            found.append(f"{place} {element.get('width')} {element.get('fill')}")
    return found
