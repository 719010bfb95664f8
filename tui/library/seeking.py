"""Tells by the bytes of a file whether a record in it has an id, without decoding what stands there."""

from __future__ import annotations

import re

_FAR = 64
"""Bytes before a value among which its key is looked for."""
_KEY = re.compile(rb'"id"\s*:\s*\Z')
_UNUSUAL = re.compile(rb'"id"\s*:\s*"[^"\\]*\\|"id"\s{20,}|"id"\s*:\s{20,}')
_LETTER_ESCAPED = b"\\u006"
"""How `i` and `d` begin where somebody escaped them."""


def has_id(raw: bytes, record_id: str) -> bool:
    """Tell whether the bytes of a file give a record an id, in one of the usual ways to write it."""
    wanted = b'"%s"' % record_id.encode()
    at = raw.find(wanted)
    while at >= 0:
        if _KEY.search(raw, max(0, at - _FAR), at):
            return True
        at = raw.find(wanted, at + 1)
    return False


def may_hide_ids(raw: bytes) -> bool:
    """Tell whether the bytes of a file may give a record an id that `has_id` does not see: escaped, or spaced out."""
    return _LETTER_ESCAPED in raw or _UNUSUAL.search(raw) is not None
