"""The index: derived from a library to answer queries, and safe to delete at any time.

index = Index.open(library)
view = index.view("leader:erdogan 2015.. migration")
view.lists["summit"].rows(0, 20)
"""

from tui.index.listing import Listing
from tui.index.orders import SORTS
from tui.index.patience import Patience, Stopped
from tui.index.rows import Row
from tui.index.search import Index
from tui.index.view import Hint, View

__all__ = ["SORTS", "Hint", "Index", "Listing", "Patience", "Progress", "Row", "Stopped", "View"]


def __getattr__(name: str) -> object:
    """Import what only a build needs when it is asked for."""
    if name == "Progress":
        from tui.index.building.staging import Progress

        return Progress
    raise AttributeError(name)
