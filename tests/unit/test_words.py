"""No word that a person sees is forgotten: each is marked where it stands, so that it has a translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.language import catalogues

PACKAGE = catalogues.PACKAGE
FILES = sorted(path for path in PACKAGE.rglob("*.py") if not path.name.startswith("generate_"))

MARKS = {*catalogues.WORDS, *catalogues.COUNTED, *catalogues.AGREEING, *catalogues.HELPS}

SPEAKING = {
    "CannotError", "CannotImportError", "ConfigError", "Doubt", "EditorError", "Fault", "FormError", "LibraryError",
    "Mistake", "Outcome", "ReadOnlyError", "Refusal", "RefusalError", "ServeError", "ValueRefusedError",
    "Wrong", "_doubt", "_note", "_refuse", "_say", "confirm", "echo", "print", "prompt", "say",
}  # fmt: skip
"""Calls whose every word is read by a person."""

SHOWING = {"Block", "Span", "row"}
"""Calls whose first word is read by a person, and others not."""

FOR_PROGRAMMERS = {"AssertionError", "AttributeError", "DatabaseError", "LookupError", "RuntimeError", "TypeError"}
"""Errors that no user can cause; the command says that the fault is ours, and keeps their words in a file."""

FOR_MACHINES = {"compile", "execute", "executemany", "executescript", "note", "search"}
"""Calls that take patterns, SQL, or entries of the server's log, whose keys and values machines read."""

TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}")
WORD = re.compile(r"[^\W\d_]{2,}")
SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|WHERE|FROM|PRAGMA|ATTACH|DETACH|DESC|ASC|JOIN|AND|SUBSTR)\b"
)

DATA: dict[str, tuple[str, ...]] = {
    # Names, and words of other programs and formats.
    "exchange/form/reading.py": ("matching regex", "of length"),
    "exchange/out/calendar.py": ("PRODID:-//Summit Explorer//summit export//EN",),
    "exchange/leader_page.py": ("Wikidata",),
    "exchange/start_page.py": ("Summit Explorer", "kind:summit is:disputed"),
    "explorer/app.py": ("Summit Explorer",),
    "explorer/screens/palette.py": ("not bold $dim",),
    "explorer/themes.py": ("bold reverse",),
    "language/catalogues.py": (
        "Summit Explorer",
        "# FIRST AUTHOR",
        "# This file is distributed",
        "{}: {} is not translated",
    ),
    "library/faults.py": ("matching regex", "of length"),
    "library/jsontext.py": ("Unterminated string",),
    # Words that other parts of the program go by, and programs.
    "exchange/comparison.py": ("only two summits, two leaders or two topics can be compared", "in effect"),
    "exchange/timeline.py": ("first appearance",),
    "index/building/builder.py": ("from tui.index.building.process import main; main()",),
    "index/facets.py": ("topic sector",),
    "index/narrowing.py": ("topic sector",),
    "index/completion.py": ("topic sector",),
    "index/building/helpers.py": ("from tui.index.building.helpers import main; main()",),
    "index/orders.py": (
        "date = '', date, by_name, id",
        "by_group = '', by_group, by_name, id",
        "by_group, by_name, id",
    ),
    "index/rows.py": ("number, kind, id, title, date, until, status, country, count, mark, disputed",),
    "index/building/staging.py": ("source, target", "target, source"),
    "serve/crew.py": ("from tui.serve.worker import main; main()",),
    # Spellings by which English words and other scripts are found.
    "index/documents.py": ("January February March April May June July August September October November December",),
    "index/romanised.py": (
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch a y _ e yu ya ye i g c dj lj nj dz j",
    ),
    "index/spelling.py": (
        "arm behavi clam col demean endeav fav ferv flav glam harb hon hum lab neighb od parl ranc rig rum sav"
        " splend tum val vap vig",
        "cancel channel counsel dial enrol fuel fulfil instal jewel label level marvel model signal total travel",
    ),
    # What is typed: queries and commands.
    "cli/typed.py": ("ssh HOST", "ssh -t HOST"),
    "cli/importing.py": ("summit init {}",),
    "explorer/screens/help.py": (
        "erdogan rome",
        '"energy security"',
        "leader: topic: summit: agreement:",
        "country: series: sector: source:",
    ),
    "explorer/panes.py": ("ssh HOST",),
    "explorer/giving.py": ("ssh HOST {}", "{} > FILE"),
    "serve/last_words.py": (
        "ssh HOST",
        "ssh HOST search QUERY",
        "ssh HOST show ID",
        "ssh HOST brief ID",
        "ssh HOST export QUERY --to F",
        "ssh HOST check",
    ),
    # The developers' own tools: the README's table of keys, the catalogues.
    "explorer/keys_table.py": ("| keys | what they do |", "the markers {} and {} are missing"),
    # Values in the server's log, and the end of a connection before its language is known.
    "serve/answers.py": ("ended with {}",),
    "serve/doorway.py": (
        "too many keys",
        "no session is open",
        "packets are too small",
        "to {}:{}",
        "from {}:{}",
        "to {}",
        "from {}",
    ),
    "serve/front.py": ("failed logins", "address is full", "host is full"),
    "serve/guests.py": ("words", "option", "{} {}"),
    "serve/session.py": ("hung up", "input ended", "read nothing", "explorer", "no terminal", "TERM={}"),
}
"""What is no message though it looks like one, by file: names, patterns, words that other programs define."""


def literals(node: ast.AST, *, spoken: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Yield line and text of each literal that is not marked, and whether a speaking call is given it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.JoinedStr):
            yield child.lineno, _of_formatted(child), spoken
            for part in child.values:
                if isinstance(part, ast.FormattedValue):
                    yield from literals(ast.Expr(ast.Tuple([part.value], ast.Load())), spoken=False)
        elif isinstance(child, ast.Constant):
            if isinstance(child.value, str):
                yield child.lineno, child.value, spoken
        elif isinstance(child, ast.Call):
            name = _name(child.func)
            if name in FOR_PROGRAMMERS | FOR_MACHINES:
                continue
            given = [*child.args, *(keyword.value for keyword in child.keywords)]
            if name in MARKS:
                given = [word for word in given if not isinstance(word, ast.Constant)]
            shown, given = (given[:1], given[1:]) if name in SHOWING else ([], given)
            yield from literals(ast.Expr(ast.Tuple(shown, ast.Load())), spoken=True)
            yield from literals(ast.Expr(ast.Tuple(given, ast.Load())), spoken=name in SPEAKING)
        else:
            yield from literals(
                child, spoken=spoken and isinstance(child, ast.Tuple | ast.Expr | ast.IfExp | ast.BinOp)
            )


def _of_formatted(node: ast.JoinedStr) -> str:
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]


def _name(call: ast.expr) -> str:
    return call.id if isinstance(call, ast.Name) else call.attr if isinstance(call, ast.Attribute) else ""


def unmarked(path: Path) -> list[tuple[int, str]]:
    """Return the literals of a file that look like messages and are not marked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = DATA.get(path.relative_to(PACKAGE).as_posix(), ())
    return [
        (line, text)
        for line, text, spoken in literals(tree)
        if (TWO_WORDS.search(text) or (spoken and WORD.search(text))) and not SQL.search(text) and text not in known
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_message_is_marked(path: Path) -> None:
    assert unmarked(path) == []


def test_no_exception_is_kept_that_is_not_needed() -> None:
    for name, texts in DATA.items():
        held = {text for _, text, _ in literals(ast.parse((PACKAGE / name).read_text(encoding="utf-8")))}
        assert set(texts) <= held, name


def test_what_is_not_marked_is_found() -> None:
    """The look itself can fail: it finds a sentence, a formatted one, and a single word that is said."""
    source = """
def f(x):
    'A docstring.'
    a = "nothing was changed"
    say(f"{x} stays")
    say(gettext("done"))
"""
    found = [text for _, text, spoken in literals(ast.parse(source)) if TWO_WORDS.search(text) or spoken]
    assert found == ["nothing was changed", "{} stays"]
