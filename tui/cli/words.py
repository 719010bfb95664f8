"""The words of the command line: helps of commands and options, and click's own, in the language that is spoken."""

from __future__ import annotations

import gettext as standard
import os
from collections.abc import Callable
from typing import Any, TypeVar, overload

import click

from tui.cli.typed import may_be_given, retold
from tui.language import CLICK, ENGLISH, current, gettext, of_environment
from tui.language.helps import translated

_Command = TypeVar("_Command", bound=click.Command)
_Function = TypeVar("_Function", bound=Callable[..., Any])


class SpokenCommand(click.Command):
    """A command whose help, a docstring, is put into the language that is spoken."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the list of commands says of it."""
        return gettext(self.short_help or "")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        shown = super().get_help_option(ctx)
        if shown is not None:
            shown.help = gettext("Show this message and exit.")
        return shown

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(retold(translated(self.help)))


class SpokenOption(click.Option):
    """An option whose help is put into the language that is spoken."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how it is written, and what it does; None for what its reader may not give."""
        if not may_be_given(ctx.command.name or "", self.opts):
            return None
        written = self.help
        self.help = gettext(written or "")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = written


@overload
def command(name: str, cls: type[_Command], **given: Any) -> Callable[[Callable[..., Any]], _Command]: ...


@overload
def command(name: str, **given: Any) -> Callable[[Callable[..., Any]], SpokenCommand]: ...


def command(name: str, cls: type[Any] = SpokenCommand, **given: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return `click.command` for a command whose help is translated."""
    return click.command(name, cls, **given)


def option(*names: str, **given: Any) -> Callable[[_Function], _Function]:
    """Return `click.option` for an option whose help is translated."""
    return click.option(*names, cls=SpokenOption, **given)


def speak_with_click() -> None:
    """Let click say its own words in the language that is spoken, too.

    Click asks the text domain of the standard library, which goes by the locale; `LANGUAGE` is how a program, or a
    person, says that messages are in another language than that.
    """
    spoken = current()
    standard.bindtextdomain("messages", str(CLICK / "none" if spoken == ENGLISH else CLICK))
    if spoken not in (ENGLISH, of_environment(os.environ)):
        os.environ["LANGUAGE"] = spoken
