"""The Textual app: themes, the screens and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.command import Provider
from textual.dom import DOMNode
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from tui.explorer.bindings import bound
from tui.explorer.commands import LIST
from tui.explorer.display import LightDisplay
from tui.explorer.frames import FrameHolder
from tui.explorer.keymap import turned_keys
from tui.explorer.moving import Moving
from tui.explorer.screen import ExplorerScreen
from tui.explorer.session import Session
from tui.explorer.signs import Signs
from tui.explorer.terminal import UNKNOWN, Terminal
from tui.explorer.themes import BY_NAME, THEMES, VARIABLES, suited
from tui.explorer.widgets.query_line import QueryLine
from tui.explorer.widgets.reader import Reader
from tui.index import Index
from tui.personal.kept import Keeper, Where
from tui.personal.settings import AUTO, USUAL, Settings

_CALM = 0.5
"""Seconds after the first frame in which what else a launch has to do is done."""

_PAGES = Path(__file__).with_name("pages.tcss")
"""The style sheet of what opens over the panes."""

_NO_COLOUR = NoColor()


def _commands() -> type[Provider]:
    from tui.explorer.screens.palette import CommandProvider

    return CommandProvider


class ExplorerApp(LightDisplay, FrameHolder, App[None], inherit_css=False):
    """Summit Explorer on an open index, which the caller closes.

    It opens on the `resumed` place, else on `query`, which may be any text; with `start` and neither of them on the
    start page. The theme of the settings goes before that of the terminal. Without a `keeper` nothing is kept.
    """

    CSS_PATH = "explorer.tcss"
    TITLE = "Summit Explorer"
    COMMANDS: ClassVar = {_commands}
    ENABLE_COMMAND_PALETTE = True

    when_calm: Callable[[], None] | None = None
    """Called when the launch is over and the explorer waits for keys."""

    def __init__(
        self,
        index: Index,
        query: str = "",
        *,
        terminal: Terminal = UNKNOWN,
        settings: Settings = USUAL,
        keeper: Keeper | None = None,
        resumed: Where | None = None,
        start: bool = False,
    ) -> None:
        theme = terminal.theme if settings.theme == AUTO else settings.theme
        # Before Textual's part, which makes all styles for the theme that there is, and again for each later one.
        self.set_reactive(App.theme, suited(theme, terminal.ground).name)
        super().__init__()
        # Textual would put both on every screen; nothing here has a tooltip or a toast.
        self._disable_tooltips = self._disable_notifications = True
        self.no_color = self.no_color or terminal.colourless
        self.remote = terminal.remote
        self.light = terminal.slow
        self._terminal = terminal
        self._turned = turned_keys()
        for made in BY_NAME.values():
            self.register_theme(made)
        self._choose_signs()
        sorts = {**settings.sort, **(keeper.kept.sorts if keeper and resumed else {})}
        self.main = ExplorerScreen(Session(index, query, sorts, keeper, resumed), settings.layout, start=start)

    def on_ready(self) -> None:
        """Tell when all is there."""
        if self.when_calm is not None:
            self.set_timer(_CALM, self.when_calm)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add what draws other signs where the theme or the terminal asks for them."""
        # All colours of the themes but the terminal's own are true ones already; to look at each again takes a while.
        filters = [found for found in super().get_line_filters() if not isinstance(found, ANSIToTruecolor)]
        if self.no_color and self.native_ansi_color:
            # Textual chose its filter before it knew the theme: greys of its own, where nothing is to be coloured.
            filters = [*(found for found in filters if not isinstance(found, Monochrome)), _NO_COLOUR]
        return [*filters, self._signs] if self._signs.changes_something else filters

    @property
    def spells_keys(self) -> bool:
        """Whether keys are shown by their names, since their signs cannot be drawn."""
        return self._signs.changes_something

    def _choose_signs(self) -> None:
        plain = self.theme == THEMES["plain"].name
        self._signs = Signs(plain=plain, old=self._terminal.name == "linux", encoding=self._terminal.encoding)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return one of our themes, or of Textual's, by its name."""
        return BY_NAME.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style sheet the colours of the dark theme where a theme has none."""
        return VARIABLES

    def get_default_screen(self) -> Screen[None]:
        """Return the explorer's screen."""
        return self.main

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        # The rules of pages come with the first of them: those of the panes are all that a launch has to read.
        if not self.stylesheet.has_source(str(_PAGES), ""):
            self.stylesheet.read(_PAGES)
            self.stylesheet.parse()
        super()._load_screen_css(screen)

    def take_index(self, index: Index) -> None:
        """Show a library that has changed; the query and the place in it stay."""
        self.main.session.take(index)
        self.main.ask(self.main.session.query, dict(self.main.cursors()), self.main.session.shown)

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which prints the rows of the library; the caller reports the error."""
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """Finish each key before the next is looked at.

        Textual hands a key, or a paste, to the widget with the focus and goes on to the next one, so that of keys that
        come together (typed ahead, bundled by a slow line) the later ones would go where the focus was. On our own
        screens nothing waits: letters go straight into the query line, and bindings run here and now.
        """
        if isinstance(event, events.Resize):
            self.hold_frame()
        if isinstance(event, events.Key | events.Paste) and isinstance(self.screen, Moving):
            await self.main.ready.wait()
            self.hold_frame()
            if await self._take(event, self.screen):
                self.paint_if_done()
                return
        await super().on_event(event)

    async def _take(self, event: events.Key | events.Paste, screen: Moving) -> bool:
        """Do what a key says, or put a paste into the query line; tell whether it was for anything here."""
        self.main.forget_message()
        screen.forget()
        if isinstance(event, events.Paste):
            return isinstance(self.focused, QueryLine) and self.focused.paste(event.text)
        if self.screen_stack[-1] == self.main and self.main.take_letter(event):
            return True
        taker = self.focused
        if isinstance(taker, QueryLine | Reader) and taker.take(event):
            return True
        turned = self._turned.get((getattr(taker, "where", LIST), event.key))
        if turned is not None:
            if turned:
                await self._do(turned, taker or self.screen)
            return True
        return await self._act_on(event)

    async def _act_on(self, event: events.Key) -> bool:
        """Do what a key is bound to; tell whether it is bound to anything that could be done."""
        for priority in (True, False):
            for node, binding in bound(self.screen, event.key, event.character, priority):
                if await self._do(binding.action, node):
                    return True
        return False

    async def _do(self, action: str, node: DOMNode) -> bool:
        """Carry out what a key is bound to, on the answer to what was typed before it."""
        await self.main.wait_for_answer(action, typing=isinstance(self.focused, QueryLine))
        return await self.run_action(action, node)

    def action_help(self) -> None:
        """Show the keys and the query language, or close them."""
        from tui.explorer.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen(spelled=self.spells_keys))

    def action_command_palette(self) -> None:
        """Show the palette of commands."""
        from tui.explorer.screens.palette import open_palette

        open_palette(self)

    async def action_quit(self) -> None:
        """Leave; a page over the explorer closes first."""
        if isinstance(self.screen, Moving) and self.screen.over:
            self.pop_screen()
        else:
            self.exit()

    def action_theme(self, name: str) -> None:
        """Change the theme."""
        self.theme = suited(name, self._terminal.ground).name
        self._choose_signs()
