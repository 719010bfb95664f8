"""A disk that is small, full or read-only: a real one where the tests may mount, else what the system refuses alike."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.rights import as_ordinary_user

SIZE = 1_000_000


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """Make `folder` a disk of its own of a megabyte; yield whether that was possible."""
    folder.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))
    try:
        yield mounted
    finally:
        if mounted:
            _run("umount", str(folder))


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more than `size` bytes, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full(folder: Path, mounted: bool, left: int) -> Iterator[None]:
    """Leave no more than `left` bytes free, or let no file grow beyond that."""
    if not mounted:
        with files_no_larger_than(left):
            yield
        return
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4_096):
            pass
    os.truncate(filler, max(filler.stat().st_size - left, 0))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path, mounted: bool) -> Iterator[None]:
    """Make the disk read-only, or take the right to write from the user."""
    if mounted and _run("mount", "-o", "remount,ro", str(folder)):
        try:
            yield
        finally:
            _run("mount", "-o", "remount,rw", str(folder))
        return
    for path in (folder, *folder.parents[:5]):
        if os.access(path, os.W_OK):
            path.chmod(0o755)
    with as_ordinary_user():
        yield


def _run(*words: str) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
