"""Of a paste only so much is taken as a query needs, however it is cut and however long it is."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tui.serve.pasting import MOST, Pastes

START, END = b"\x1b[200~", b"\x1b[201~"


def passed(data: bytes, sizes: list[int]) -> bytes:
    """Return what passes of bytes that come in pieces of these sizes, the last of which come at once."""
    pastes, taken = Pastes(), b""
    for size in sizes:
        taken += pastes.passed(data[:size])
        data = data[size:]
    return taken + pastes.passed(data)


def wanted(data: bytes) -> bytes:
    """Return the same by looking at all bytes at once."""
    before, opened, rest = data.partition(START)
    if not opened:
        return before
    text, closed, after = rest.partition(END)
    if not closed:
        # What may be the beginning of the end is not passed on before it is known.
        held = next(size for size in range(len(END) - 1, -1, -1) if text.endswith(END[:size]))
        text = text[: len(text) - held]
    text = text.replace(b"\x1b", b"")
    ends = END if closed or len(text) >= MOST else b""
    return before + START + text[:MOST] + ends + (wanted(after) if closed else b"")


PIECES = st.sampled_from([START, END, b"\x1b", b"\x1b[20", b"0~", b"1~", b"q", b"\xc3\xa9", b"x" * 700, b"y" * MOST])


@given(st.lists(PIECES, max_size=12).map(b"".join), st.lists(st.integers(1, 900), max_size=30))
@example(START + b"x" * (MOST - 1) + b"\x1bz" + END + b"j", [1] * 20)
def test_what_passes_does_not_depend_on_how_it_is_cut(data: bytes, sizes: list[int]) -> None:
    assert passed(data, sizes) == wanted(data)


def test_of_an_endless_paste_nothing_more_is_kept() -> None:
    pastes = Pastes()
    assert pastes.passed(START + b"x" * 100_000) == START + b"x" * MOST + END
    for _ in range(100):
        assert pastes.passed(b"x" * 10_000) == b""
    assert len(pastes._tail) < len(END)
    assert pastes.passed(b"x\x1b[201~j") == b"j"


def test_keys_beside_a_paste_pass_as_they_are() -> None:
    assert passed(b"j\x1b[A" + START + b"two\nlines" + END + b"\x1b", [1] * 40) == (
        b"j\x1b[A" + START + b"two\nlines" + END + b"\x1b"
    )
