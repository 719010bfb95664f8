"""Ids from names: the same text gives the same id, today and at the next import."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 120
"""Characters of an id, as `records.Id` allows."""

_ALONE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i", "’": "", "'": ""}
)
_PARTING = re.compile(r"[^a-z0-9]+")
_TAG = 10
"""Characters of a digest that stand for what an id cannot hold."""


def slug(text: str) -> str:
    """Return the id that a text gives: *Recep Tayyip Erdoğan* → `recep-tayyip-erdogan`; empty for a blank text.

    A text too long, or in letters that have no Latin form, keeps what it can and ends in a digest of the whole.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ALONE))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    made = _PARTING.sub("-", bare).strip("-")
    lost = any(letter.isalnum() and not letter.isascii() for letter in bare)
    if len(made) <= LONGEST and not lost and (made or not text.strip()):
        return made
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).casefold().encode("utf-8", "replace")).hexdigest()
    return f"{made[: LONGEST - _TAG - 1].strip('-')}-{digest[:_TAG]}".strip("-")


def name_key(name: str) -> str:
    """Return what two names share that lead to the same record, as `summit check` compares them."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
