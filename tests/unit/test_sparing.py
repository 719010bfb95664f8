"""Modules that are spared: none is loaded by a visit, and each is whole for whoever uses it."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

from tui.explorer.sparing import SPARED

BEGIN = """
import sys
from tui.explorer.sparing import spare
def loaded():
    spared = [name for name in %r if name in sys.modules]
    return {name: type(sys.modules[name].__spec__.loader).__name__ != "_Later" for name in spared}
before = len(sys.meta_path)
spare()
"""

VISIT = """
import asyncio
from pathlib import Path
from tui.explorer.launch import prepare
prepare()
from tui.explorer.app import ExplorerApp
from tui.index import Index

async def visit(index):
    async with ExplorerApp(index).run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "tab", "/", *"erdo", "enter", "l", "f", "escape", "t", "escape")

with Index.open(Path(sys.argv[1]), Path(sys.argv[2])) as index:
    asyncio.run(visit(index))
print(loaded())
"""

MODULE = """
import threading, time
loads = globals().get("loads", 0) + 1
if fails: raise ValueError("not this time")
time.sleep(0.05)
answer = 42
"""


def run(program: str, *arguments: str, names: frozenset[str] = SPARED) -> str:
    """Return what a program prints in a Python of its own, where the modules are spared."""
    command = [sys.executable, "-c", BEGIN % (sorted(names),) + program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_visit_loads_none_of_them(tiny_library: Path, tmp_path: Path) -> None:
    found = literal_eval(run(VISIT, str(tiny_library), str(tmp_path / "cache")))
    assert not [name for name, loaded in found.items() if loaded]
    # Which of them others import, depends on their versions.
    assert len(found) >= 6, f"of all that are named, only {sorted(found)} are imported by anybody"


def test_each_is_whole_as_soon_as_it_is_used() -> None:
    asked = {"ssl": "SSLContext", "locale": "getlocale", "lzma": "LZMAFile", "msgspec.inspect": "type_info"}
    for name, wanted in asked.items():
        imported = f"import {name}, {name}\nprint(loaded()[{name!r}])\n"
        assert run(f"{imported}{name}.{wanted}\nprint(loaded()[{name!r}])").split() == ["False", "True"], name
        assert run(f"from {name} import {wanted}\nprint(loaded()[{name!r}])") == "True", name


def test_what_a_module_lacks_is_an_attribute_error() -> None:
    assert run("import locale\nprint(hasattr(locale, 'nothing'), loaded())") == "False {'locale': True}"


def test_modules_are_spared_once_and_no_others_are() -> None:
    said = run("spare()\nimport wave, locale, importlib\nprint(type(wave).__name__, len(sys.meta_path) - before)")
    assert said == "module 1"
    assert run("import locale, importlib\nimportlib.reload(locale)\nprint(loaded())") == "{'locale': True}"


def test_threads_wait_until_a_module_is_whole(made: str) -> None:
    program = """
import threading, spared_for_a_test as module
module.__dict__["fails"] = False
answers = []
threads = [threading.Thread(target=lambda: answers.append(module.answer)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(answers == [42] * 8, module.loads)
"""
    assert run(made + program) == "True 1"


def test_a_module_that_could_not_be_loaded_is_tried_again(made: str) -> None:
    program = """
import spared_for_a_test as module
module.__dict__["fails"] = True
try: module.answer
except ValueError as error: print(error)
module.__dict__["fails"] = False
print(module.answer, module.loads)
"""
    assert run(made + program).splitlines() == ["not this time", "42 2"]


@pytest.fixture
def made(tmp_path: Path) -> str:
    """Return the beginning of a program for which one more module is spared, which says how it is loaded."""
    (tmp_path / "spared_for_a_test.py").write_text(MODULE, encoding="utf-8")
    return f"sys.path.insert(0, {str(tmp_path)!r})\nsys.meta_path[0]._left.add('spared_for_a_test')\n"
