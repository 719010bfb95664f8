"""What the files are called that are kept for a library elsewhere: its index, and where its reader was."""

from __future__ import annotations

import os
from pathlib import Path

# Every launch asks for one, and `hashlib` would load OpenSSL and nine other sums with it.
try:
    from _sha2 import sha256  # type: ignore[import-not-found]  # since Python 3.12
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256


def kept_name(library: Path) -> str:
    """Return a name without an ending: readable, and no other library's."""
    readable = "".join(letter if letter.isalnum() else "-" for letter in library.stem if letter.isascii())[:40]
    return f"{readable or 'library'}-{sha256(os.fsencode(library)).hexdigest()[:16]}"
