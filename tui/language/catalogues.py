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

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui.language import CLICK, ENGLISH, LANGUAGES, borrowed, helps

PACKAGE = Path(__file__).parents[1]
FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "messages.pot"

WORDS = {"gettext": (0,), "later": (0,), "Command": (2, 3, 4), "Word": (0, 1), "Status": (1,), "Format": (1,)}
"""Which arguments of a call are messages."""

AGREEING = ("agreeing", "Status")
"""Calls whose first argument is a word that agrees with a number."""

HELPS = ("command", "option", "version_option")
"""Calls whose `help` and `short_help` are messages; the docstring of a command is its help."""

COUNTED = ("ngettext", "plural")
"""Calls whose first two arguments are the two forms of a message with a count."""


def found() -> Iterator[str | tuple[str, str]]:
    """Yield every message of the code, file by file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _messages(_name(node), node)
            elif isinstance(node, ast.FunctionDef) and any(_is_command(one) for one in node.decorator_list):
                yield from helps.messages(ast.get_docstring(node) or "")


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "command"


def _messages(name: str, call: ast.Call) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of a call, with those inside a formatted string, which Babel's own reader does not see."""
    given = {place: word.value for place, word in enumerate(call.args) if isinstance(word, ast.Constant)}
    words = {place: word for place, word in given.items() if isinstance(word, str) and word}
    if name in COUNTED and {0, 1} <= set(words):
        yield words[0], words[1]
    if name in AGREEING and 0 in words:
        yield words[0], words[0]
    for place in WORDS.get(name, ()):
        if place in words:
            yield words[place]
    for keyword in call.keywords if name in HELPS else ():
        if keyword.arg in ("help", "short_help") and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)


def template() -> Catalog:
    """Return the catalogue of all messages without translations."""
    made = Catalog(project="Summit Explorer", charset="utf-8")
    for message in dict.fromkeys(found()):
        made.add(message)
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
    write_po(buffer, made, width=110, sort_output=True, omit_header=False, ignore_obsolete=True, no_location=True)
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


def place_for_click(language: str) -> Path:
    """Return where Python's own `gettext` finds the words of click in a language."""
    return CLICK / language / "LC_MESSAGES" / "messages.mo"


def words_of_click(whole: Catalog) -> Catalog:
    """Return the part of a catalogue that are click's own words."""
    made = Catalog(locale=whole.locale, project=whole.project, charset="utf-8")
    for one, many in ((word, "") if isinstance(word, str) else word for word in borrowed.CLICK):
        known = whole.get(one)
        if known is not None:
            made.add((one, many) if many else one, known.string)
    return made


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
        whole = read_po(BytesIO(raw), locale=language)
        (FOLDER / f"{language}.mo").write_bytes(compiled(whole))
        place = place_for_click(language)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(compiled(words_of_click(whole)))
        for message in made:
            if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
                missing += 1
                print(f"{language}: {message.id!r} is not translated", file=sys.stderr)
    return missing


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
