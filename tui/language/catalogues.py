"""Gather the words of the code and compile the catalogues: `python -m tui.language.catalogues`, or `make words`.

Needs Babel. Words are found where they stand: in calls of `gettext`, `ngettext` and `later`, and in the tables whose
entries are words: commands, the vocabulary, formats. New ones are added to the catalogues without a translation.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui.language import ENGLISH, LANGUAGES

PACKAGE = Path(__file__).parents[1]
FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "messages.pot"

WORDS = {"gettext": (0,), "later": (0,), "Command": (2, 3, 4), "Word": (0, 1), "Format": (1,)}
"""Which arguments of a call are messages; `ngettext` has its two forms."""


class Found(NamedTuple):
    """A message and where it stands; two forms for one with a count."""

    message: str | tuple[str, str]
    file: str


def found() -> Iterator[Found]:
    """Yield every message of the code, file by file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent == FOLDER:
            continue
        place = path.relative_to(PACKAGE.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from (Found(message, place) for message in _messages(node.func.id, node))


def _messages(name: str, call: ast.Call) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of a call, with those inside a formatted string, which Babel's own reader does not see."""
    given = {place: word.value for place, word in enumerate(call.args) if isinstance(word, ast.Constant)}
    words = {place: word for place, word in given.items() if isinstance(word, str) and word}
    if name == "ngettext" and {0, 1} <= set(words):
        yield words[0], words[1]
    for place in WORDS.get(name, ()):
        if place in words:
            yield words[place]


def template() -> Catalog:
    """Return the catalogue of all messages without translations."""
    made = Catalog(project="Summit Explorer", charset="utf-8")
    files: dict[str | tuple[str, str], list[str]] = {}
    for message, file in found():
        files.setdefault(message, []).append(file)
    for message, places in files.items():
        made.add(message, locations=[(place, 0) for place in dict.fromkeys(places)])
    return made


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, project="Summit Explorer", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(made: Catalog) -> bytes:
    """Return a catalogue as text, the same for the same words."""
    buffer = BytesIO()
    write_po(buffer, made, width=110, sort_output=True, omit_header=False, ignore_obsolete=True, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(_DATED)]
    return ("\n".join(kept) + "\n").encode("utf-8")


_DATED = (
    '"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Report-Msgid', '"Language-Team',
    "# Copyright", "# FIRST AUTHOR", "# This file is distributed", "#, fuzzy",
)  # fmt: skip
"""Lines that say nothing of the words, and differ with the day."""


def compiled(made: Catalog) -> bytes:
    """Return a catalogue as the program reads it, the same for the same words."""
    buffer = BytesIO()
    made.creation_date = made.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(buffer, made)
    return buffer.getvalue()


def main() -> int:
    """Bring all files up to date; return how many messages lack a translation."""
    words = template()
    TEMPLATE.write_bytes(written(words))
    missing = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        made = catalogue(language)
        made.update(words, no_fuzzy_matching=True)
        raw = written(made)
        (FOLDER / f"{language}.po").write_bytes(raw)
        (FOLDER / f"{language}.mo").write_bytes(compiled(read_po(BytesIO(raw), locale=language)))
        for message in made:
            if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
                missing += 1
                print(f"{language}: {message.id!r} is not translated", file=sys.stderr)
    return missing


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
