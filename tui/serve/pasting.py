"""Pastes in what a client sends: each is taken as far as a query may need, whatever its length, and the rest let go."""

from __future__ import annotations

MOST = 4_096
"""Bytes of a paste that are taken: a query is a line of a thousand characters, each of four bytes at most."""

_START, _END = b"\x1b[200~", b"\x1b[201~"
"""How a terminal brackets what is pasted."""


class Pastes:
    """Passes bytes on, of each paste no more than `MOST`. Nothing of what was let go is kept."""

    def __init__(self) -> None:
        self._left: int | None = None
        """Bytes that may still be taken of a paste; None outside of one."""
        self._tail = b""
        """The last bytes, which may be the beginning of a bracket: passed on outside of a paste, held back inside."""

    @property
    def open(self) -> bool:
        """Whether a paste has begun whose end has not come."""
        return self._left is not None

    def passed(self, data: bytes) -> bytes:
        """Return what is to be read of the bytes that came."""
        taken = bytearray()
        while data:
            data = self._outside(data, taken) if self._left is None else self._inside(data, taken)
        return bytes(taken)

    def _outside(self, data: bytes, taken: bytearray) -> bytes:
        """Take what comes before a paste, with its opening bracket; return what follows."""
        joined = self._tail + data
        before, found, rest = joined.partition(_START)
        taken += (before + found)[len(self._tail) :]
        self._tail = b"" if found else joined[1 - len(_START) :]
        self._left = MOST if found else None
        return rest

    def _inside(self, data: bytes, taken: bytearray) -> bytes:
        """Take what may be taken of a paste, and close it as soon as that is known; return what follows its end."""
        text, found, rest = (self._tail + data).partition(_END)
        self._tail = b"" if found else _beginning_of_end(text)
        # An escape in a text is no key, whoever sends it.
        text = text[: len(text) - len(self._tail)].replace(b"\x1b", b"")
        was_open = bool(self._left)
        taken += text[: self._left or 0]
        self._left = max((self._left or 0) - len(text), 0)
        if was_open and (found or not self._left):
            taken += _END
        if found:
            self._left = None
        return rest


def _beginning_of_end(text: bytes) -> bytes:
    """Return the last bytes of a text with which the closing bracket may begin."""
    at = text.rfind(b"\x1b", 1 - len(_END))
    return text[at:] if at >= 0 and _END.startswith(text[at:]) else b""
