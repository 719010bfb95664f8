"""What the views over the panes cost a terminal, beside a cursor move in a list: bytes and milliseconds a key.

`python -m benchmarks.views` opens each view of the whole shipped library in a pseudo-terminal, and moves through the
timeline of all meetings in every direction. Each figure stands beside that of Textual's own output, without the diff.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.bytes import Answer, Session, middle

SIZES = ((80, 24), (200, 50))
KEYS: tuple[tuple[str, list[str]], ...] = (
    ("list: cursor move", ["j"] * 6),
    ("timeline of years: open", ["t"]),
    ("timeline of years: a topic down", ["j"] * 6),
    ("timeline of years: a year back", ["h"] * 6),
    ("timeline: a column a meeting", ["z"]),
    ("timeline: a topic down", ["j"] * 6),
    ("timeline: a meeting back", ["h"] * 6),
    ("timeline: half a page down", ["\x04"] * 3),
    ("timeline: to the first meeting", ["0"]),
    ("timeline: to the last meeting", ["$"]),
    ("back to the lists", ["\x1b"]),
    ("pictures: open", ["p"]),
    ("pictures: half a page down", ["\x04"] * 3),
    ("pictures: tables", ["T"]),
    ("back to the lists", ["\x1b"]),
    ("disagreements: open", ["d"]),
    ("disagreements: one down", ["j"] * 6),
    ("back to the lists", ["\x1b"]),
    ("brief: open", ["b"]),
    ("back to the lists", ["\x1b"]),
    ("evidence: open", ["v"]),
)


def measured(columns: int, rows: int, home: Path, *, diff: bool) -> list[Answer]:
    """Return the median of each thing done, in the order of `KEYS`."""
    session = Session(columns, rows, home, diff=diff)
    found = []
    try:
        session.started()
        for _, keys in KEYS:
            answers = [session.press(key, written=1.5) for key in keys]
            found.append(
                Answer(
                    int(middle([answer.count for answer in answers])),
                    middle([answer.seconds for answer in answers]),
                    middle([answer.cpu for answer in answers]),
                )
            )
    finally:
        session.kill()
    return found


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        measured(80, 24, Path(home), diff=True)
        for columns, rows in SIZES:
            print(f"{columns}x{rows}")
            with_diff = measured(columns, rows, Path(home), diff=True)
            without = measured(columns, rows, Path(home), diff=False)
            for (name, _), answer, whole in zip(KEYS, with_diff, without, strict=True):
                print(
                    f"  {name:32} {answer.count:7,} bytes {answer.seconds * 1e3:7.1f} ms {answer.cpu * 1e3:6.1f} ms cpu"
                    f"   without: {whole.count:7,} bytes {whole.seconds * 1e3:7.1f} ms"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
