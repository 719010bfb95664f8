"""What `summit check` writes: one line a problem, as compilers do, or JSON."""

from __future__ import annotations

from pathlib import Path

import click

from tui import language
from tui.cli.as_json import print_json
from tui.cli.typed import shown_file
from tui.language import ngettext
from tui.library import check, library_files, read_file


def print_check(library: Path, as_json: bool) -> int:
    """Print the problems of a library; return 0 when there are none, else 1."""
    if as_json:
        language.use(language.ENGLISH)  # what programs read is the same in every language
    problems = check(library)
    named = {problem.file: shown_file(problem.file, library) for problem in problems}
    records = 0 if problems else sum(1 for file in library_files(library) for _ in read_file(file))
    if as_json:
        listed = [
            {"file": named[problem.file], "record": problem.record, "field": problem.field, "message": problem.message}
            for problem in problems
        ]
        print_json({"library": shown_file(library, library), "problems": listed})
    elif problems:
        for problem in problems:
            click.echo(str(problem._replace(file=Path(named[problem.file]))))
        click.echo(ngettext("{count} problem", "{count} problems", len(problems)), err=True)
    else:
        click.echo(ngettext("{count} record, nothing wrong", "{count} records, nothing wrong", records))
    return 1 if problems else 0
