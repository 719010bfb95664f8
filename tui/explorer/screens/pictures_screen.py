"""The view in pictures, and each picture as a table."""

from __future__ import annotations

from tui.exchange.page import Page
from tui.exchange.pictures import pictures
from tui.explorer.screens.view_screen import ViewScreen
from tui.explorer.session import Session
from tui.language import later


class PicturesScreen(ViewScreen):
    """Shows what a session's view adds up to; `T` shows the same numbers as tables, for reading aloud and copying."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, later("Pictures"), self._page)
        self._tables = False

    def _page(self, width: int) -> Page:
        return pictures(self.session.view, self.session.index, width, tables=self._tables)

    def whole(self) -> Page:
        """The tables: a picture loses its shape in Markdown, and says less."""
        return pictures(self.session.view, self.session.index, 0, tables=True)

    @property
    def labels(self) -> dict[str, str]:
        """The bar names what `T` leads to."""
        return {"table": later("pictures") if self._tables else later("tables")}

    def action_table(self) -> None:
        """Show the tables, or the pictures again."""
        self._tables = not self._tables
        self.draw()
        self.say("")
