"""A library may have names of its own that mean the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.index import Index
from tui.library import LibraryError, own_names


def found(library: Path, cache: Path, text: str) -> set[str]:
    with Index.open(library, cache) as index:
        return {row.id for row in index.view(text).lists["leader"].rows(0, 9)}


def test_a_word_finds_what_the_library_says_it_means(tiny_library: Path, tmp_path: Path) -> None:
    assert found(tiny_library, tmp_path / "cache", "reis") == set()
    names = tiny_library / "names.txt"
    names.write_text("\ufeff# nicknames\n\nRecep Tayyip Erdoğan = Reis = the boss  # and more\n", encoding="utf-8")
    for text in ("reis", "the boss", "REİS"):
        assert found(tiny_library, tmp_path / "cache", text) == {"recep-tayyip-erdogan"}
    names.unlink()
    assert found(tiny_library, tmp_path / "cache", "reis") == set()


def test_a_library_of_one_file_has_them_beside_it(tiny_library: Path, tmp_path: Path) -> None:
    (tiny_library / "shared.names.txt").write_text("Giorgia Meloni = premier of Italy\n")
    assert found(tiny_library / "shared.json", tmp_path / "cache", "premier of italy ") == {"giorgia-meloni"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"one = two\nalone\n", "line 2"), (b"one = = three\n", "line 1"), (b"ok = fine\n\xff = x\n", "byte 10")],
)
def test_a_bad_line_is_named(raw: bytes, said: str, tiny_library: Path, tmp_path: Path) -> None:
    (tiny_library / "names.txt").write_bytes(raw)
    with pytest.raises(LibraryError, match=said):
        own_names(tiny_library)
    with pytest.raises(LibraryError, match=r"names\.txt"):
        Index.open(tiny_library, tmp_path / "cache")
