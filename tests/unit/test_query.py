"""A line of text is read as terms, pinned and peeled."""

from __future__ import annotations

import pytest

from tui.index.query import Term, exactly, parse, peel, pin, years


def read(text: str) -> list[str]:
    """Return each term in short: `-field:value` with a phrase in quotes."""

    def short(term: Term) -> str:
        value = f'"{term.value}"' if term.phrase else term.value
        return (
            ("-" if term.negated else "")
            + ("=" if term.exact else "")
            + (f"{term.field}:" if term.field else "")
            + value
        )

    return [short(term) for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("   ", []),
        ("erdogan izmir", ["erdogan", "izmir"]),
        ('"black sea" grain', ['"black sea"', "grain"]),
        ("-migration", ["-migration"]),
        ('-"black sea"', ['-"black sea"']),
        ("leader:erdogan", ["leader:erdogan"]),
        ("LEADER:Erdoğan", ["leader:Erdoğan"]),
        ('series:"Italy–Türkiye summit" x', ['series:"Italy–Türkiye summit"', "x"]),
        ("-country:IT", ["-country:IT"]),
        ("year:2015..2025", ["year:2015..2025"]),
        ("2015..2025", ["year:2015..2025"]),
        ("2015..", ["year:2015.."]),
        ("..2020", ["year:..2020"]),
        ("2015..2", ["year:2015..2"]),
        ("-2015..2020", ["-year:2015..2020"]),
        ("2025", ["2025"]),
        ("..", [".."]),
        ("2025-04-29", ["2025-04-29"]),
        ("- -", ["-", "-"]),
        ("10:30", ["10:30"]),
        ("leader: erdogan", ["leader:", "erdogan"]),
        ("“black sea” «mer noire»", ['"black sea"', '"mer noire"']),
        ('5" 6"', ['5"', '6"']),
        ('"a"b', ['"a"', "b"]),
        ("=rome", ["=rome"]),
        ("-=rome", ["-=rome"]),
        ('="black sea"', ['="black sea"']),
        ("=leader:x", ["=leader:x"]),
        ("=2015..2020", ["=2015..2020"]),
        ("a = b", ["a", "=", "b"]),
        ("a=b", ["a=b"]),
        ("rome OR milan", ["rome", "milan"]),
        ("rome or ORDER OR", ["rome", "or", "ORDER"]),
        ('rome "OR" milan', ["rome", '"OR"', "milan"]),
    ],
)
def test_a_query_is_read_as_terms(text: str, terms: list[str]) -> None:
    assert read(text) == terms
    assert parse(text).problems == ()


@pytest.mark.parametrize(
    ("text", "branches"),
    [
        ("rome milan", ["rome milan"]),
        ("rome OR milan", ["rome", "milan"]),
        ("leader:meloni rome OR topic:energy izmir", ["leader:meloni rome", "topic:energy izmir"]),
        ("a OR b OR -c", ["a", "b", "-c"]),
        ("a OR ", ["a"]),
        ("OR a", ["a"]),
        ("a OR OR b", ["a", "b"]),
    ],
)
def test_or_binds_less_than_terms_beside_each_other(text: str, branches: list[str]) -> None:
    shown = [" ".join(text[term.start : term.end] for term in branch.terms) for branch in parse(text).branches]
    assert shown == branches


def test_a_stray_or_is_a_problem_and_one_that_waits_is_none() -> None:
    assert [(problem.reason, problem.term.start) for problem in parse("OR a OR OR b").problems] == [
        ("or", 0),
        ("or", 8),
    ]
    assert parse("a OR ").problems == ()


@pytest.mark.parametrize(
    ("text", "typed", "insisting"),
    [
        ("instanbul rome", "instanbul", "=instanbul rome"),
        ("rome -rome rom", "rom", "rome -rome =rom"),
        ("-rom", "rom", "-=rom"),
        ("=rom", "rom", "=rom"),
        ("leader:rom", "rom", "leader:rom"),
    ],
)
def test_one_may_insist_on_a_word(text: str, typed: str, insisting: str) -> None:
    assert exactly(text, typed) == insisting
    assert exactly(insisting, typed) == insisting


def test_a_term_knows_where_it_stands() -> None:
    text = '  leader:meloni -"black sea"  2015..'
    assert [text[term.start : term.end] for term in parse(text).terms] == ["leader:meloni", '-"black sea"', "2015.."]


def test_an_open_quote_reaches_to_the_end_and_is_a_problem() -> None:
    query = parse('rome "black sea')
    assert read('rome "black sea') == ["rome", '"black sea"']
    assert [(problem.reason, problem.term.start) for problem in query.problems] == [("quote", 5)]


def test_an_unknown_field_is_a_problem_and_acts_on_nothing() -> None:
    query = parse("leadr:meloni rome")
    assert [(problem.reason, problem.term.field) for problem in query.problems] == [("field", "leadr")]
    assert query.fields == ()
    assert [term.value for term in query.free] == ["rome"]


def test_a_field_without_a_value_acts_on_nothing_and_is_no_problem() -> None:
    assert parse("leader:").fields == ()
    assert parse("leader:").problems == ()


@pytest.mark.parametrize(
    ("text", "pinned"),
    [
        ("", "leader:giorgia-meloni"),
        ("melo", "leader:giorgia-meloni"),
        ('2015.. "black sea" -rome country:IT melo', "2015.. country:IT leader:giorgia-meloni"),
        ("leader:giorgia-meloni rome", "leader:giorgia-meloni"),
        ("-leader:giorgia-meloni", "-leader:giorgia-meloni leader:giorgia-meloni"),
        ("leadr:x leader: y", "leader:giorgia-meloni"),
        ('series:"italy turk', 'series:"italy turk" leader:giorgia-meloni'),
        (
            "country:IT melo OR 2015..",
            "country:IT leader:giorgia-meloni OR 2015.. leader:giorgia-meloni",
        ),
        ("country:IT OR melo", "leader:giorgia-meloni"),
    ],
)
def test_pinning_drops_what_was_typed_and_adds_the_record(text: str, pinned: str) -> None:
    assert pin(text, "leader", "giorgia-meloni") == pinned


@pytest.mark.parametrize(
    ("text", "peeled"),
    [
        ("", ""),
        ("rome", ""),
        ("leader:meloni rome ", "leader:meloni"),
        ('rome "black sea', "rome"),
        ("  a   b  ", "  a"),
        ("a OR b", "a"),
        ("a OR b c", "a OR b"),
        ("OR a", "OR"),
        ("a OR", ""),
    ],
)
def test_peeling_takes_the_last_term(text: str, peeled: str) -> None:
    assert peel(text) == peeled


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("2015", (2015, 2015)),
        ("2015..2025", (2015, 2025)),
        ("2015..", (2015, 9999)),
        ("..2020", (0, 2020)),
        ("2025..2015", (2015, 2025)),
        ("201", (2010, 2019)),
        ("2015..202", (2015, 2029)),
        ("..20", (0, 2099)),
        ("", None),
        ("..", None),
        ("20x5", None),
        ("٢٠٢٥", None),
        ("2015..2025..", None),
    ],
)
def test_years(value: str, ends: tuple[int, int] | None) -> None:
    assert years(value) == ends
