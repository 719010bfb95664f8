"""However a file is written, an id that stands in it is seen, or it is known that one may be hidden."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.library.seeking import has_id, may_hide_ids

ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
blanks = st.text(" \n\t\r", max_size=40)


@st.composite
def escaped(draw: st.DrawFn, text: str) -> str:
    """Write a text with some of its letters escaped."""
    return "".join(f"\\u{ord(letter):04x}" if draw(st.integers(0, 30)) == 0 else letter for letter in text)


@settings(deadline=None, max_examples=150)
@given(st.lists(ids, min_size=1, max_size=5, unique=True), st.data())
def test_an_id_is_seen_or_may_be_hidden(held: list[str], data: st.DataObject) -> None:
    rows = []
    for number, one in enumerate(held):
        key, value = (data.draw(escaped(text)) for text in ("id", one))
        gap = [data.draw(blanks) for _ in range(2)]
        rows.append(f'"{number}": {{"name": "{data.draw(ids)}", "{key}"{gap[0]}:{gap[1]}"{value}", "city": "id"}}')
    raw = f'{{"summits": {{{", ".join(rows)}}}}}'
    there = {record["id"] for record in json.loads(raw)["summits"].values()}
    assert there == set(held)
    for one in there:
        assert has_id(raw.encode(), one) or may_hide_ids(raw.encode())
    other = data.draw(ids.filter(lambda one: one not in there))
    assert not has_id(raw.encode(), other)
