"""The index: derived from a library to answer queries, and safe to delete at any time.

index = Index.open(library)
view = index.view("leader:erdogan 2015.. migration")
view.lists["summit"].rows(0, 20)

Where to look:

- the index as others see it: `search`, `current`, `store`, `renewing`, `connections`, `schema`
- a query and what it asks for: `query`, `terms`, `values`, `facets`, `facet_sets`, `narrowing`, `scope`, `view`,
  `listing`, `hints`, `completion`, `patience`, `asked`, `recent`
- words: `folding`, `letters`, `romanised`, `spelling`, `wording`, `matching`, `ranking`, `postings`, `near`,
  `company`
- names, kept once for all libraries: `names`, `nations`, `countries`, `generate_countries`
- records, as they are found, ordered and linked: `documents`, `rows`, `shelf`, `numbers`, `ordered`, `orders`,
  `adjacency`, `linking`, `batches`
- rooms: `building`, `updating`
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
