"""The actions that neither a launch nor most visits need: what does them is imported when one is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.explorer.following import FollowingScreen

if TYPE_CHECKING:
    from tui.explorer.curating import Curator
    from tui.explorer.exporting import Exports
    from tui.explorer.screens.viewing import Views
    from tui.explorer.small_changes import SmallChanges


class OnDemandScreen(FollowingScreen):
    """The panes, with the actions that others do for them: views, exports, changes of the library."""

    @cached_property
    def _views(self) -> Views:
        from tui.explorer.screens.viewing import Views

        return Views(self)

    @cached_property
    def _exports(self) -> Exports:
        from tui.explorer.exporting import Exports

        return Exports(self)

    @cached_property
    def _curator(self) -> Curator:
        from tui.explorer.curating import Curator

        return Curator(self)

    @cached_property
    def _small_changes(self) -> SmallChanges:
        from tui.explorer.small_changes import SmallChanges

        return SmallChanges(self, self._curator)

    def action_timeline(self) -> None:
        """Show the topics of the query across its meetings."""
        self._views.timeline()

    def action_pictures(self) -> None:
        """Show the view in pictures."""
        self._views.pictures()

    def action_disputes(self) -> None:
        """Show what sources tell differently about the meetings and agreements of the query."""
        self._views.disputes()

    def action_evidence(self) -> None:
        """Show each source of the record with the facts that rest on it."""
        self._views.evidence()

    def action_brief(self) -> None:
        """Show the briefing of the meeting that is read."""
        self._views.brief()

    def action_compare(self) -> None:
        """Mark the record that is read; on a second one, compare the two."""
        self._views.compare()

    def action_copy_as(self) -> None:
        """Choose a format and copy the record that is read."""
        self._exports.copy_as()

    def action_export(self) -> None:
        """Choose a format and write the whole view to a file, or copy it where the disk is not the user's."""
        self._exports.export()

    def action_edit(self) -> None:
        """Open the record that is read in the user's editor."""
        self._curator.edit()

    def action_add(self) -> None:
        """Choose a kind and write a new record of it in the user's editor."""
        self._curator.add()

    def action_change(self) -> None:
        """Choose a small change to the record that is read."""
        self._small_changes.offer()

    def action_undo(self) -> None:
        """Show the last change of the library, and take it back when that is confirmed."""
        self._curator.undo()

    def action_redo(self) -> None:
        """Show the change that was undone last, and make it again when that is confirmed."""
        self._curator.redo()
