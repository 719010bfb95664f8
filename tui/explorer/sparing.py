"""Modules that others import and a visit does not use: each is loaded when it is first used.

Textual, msgspec and the standard library import them beside all else; together they take about 6 MB of memory, most of
it for OpenSSL. What imports such a module gets one that is still empty, and that fills itself at the first name that it
lacks. `importlib.util.LazyLoader` does the same, but fills a module as soon as it is imported for a second time.

A launch waits for this module, so it imports next to nothing.
"""

from __future__ import annotations

import sys
from _thread import RLock
from importlib.machinery import PathFinder

TYPE_CHECKING = False
"""Type checkers know it by its name; to import `typing` for it would take longer than all else here."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any
else:
    Loader, ModuleType = object, type(sys)

SPARED = frozenset(
    [
        "asyncio.sslproto",  # TLS; our lines are terminals and SSH
        "bz2",  # archives, for shutil
        "ipaddress",  # addresses in brackets, for urllib.parse
        "locale",  # text of subprocesses on Windows
        "lzma",
        "mimetypes",  # files that a Textual app delivers
        "msgspec.inspect",  # JSON schemas
        "ntpath",  # paths of Windows, for pathlib
        "ssl",
        "tokenize",  # lines of source code in tracebacks
    ]
)
"""By full name. All are imported as `import x`: `from x import y` would use them at once."""


def spare() -> None:
    """From now on, load these modules only when they are used."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    """Finds the modules that are spared, each once: whoever reloads one means it."""

    def __init__(self) -> None:
        self._left = set(SPARED)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return where a module is that is to be filled later; None for all others."""
        if name not in self._left:
            return None
        self._left.discard(name)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    """Leaves a module empty, for the true loader to fill it."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.lock = RLock()
        self.begun = False

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave that to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing yet."""
        module.__class__ = _Spared

    def fill(self, module: ModuleType) -> None:
        """Load the module, once; another thread waits until it is loaded."""
        with self.lock:
            if self.begun:
                return
            self.begun = True
            try:
                self.loader.exec_module(module)
            except BaseException:
                self.begun = False
                raise
            if module.__spec__ is not None:
                module.__spec__.loader = module.__loader__ = self.loader
            module.__class__ = ModuleType


class _Spared(ModuleType):
    """A module that is still empty. Only what it lacks is asked of it here, and so nothing that imports ask of it."""

    def __getattr__(self, name: str) -> Any:
        if self.__spec__ is not None and isinstance(self.__spec__.loader, _Later):
            self.__spec__.loader.fill(self)
        return ModuleType.__getattribute__(self, name)
