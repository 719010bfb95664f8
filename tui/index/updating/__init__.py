"""Bringing an index up to date with a library that has changed, record by record, as a build would have made it.

`refreshing` does it, and `keeping_up` on an index that is open. `differing` finds by the `sections` of each file which
records are others, `became` what they are now, `affected` whose words or facets rest on them. `rewriting` writes it
all: `edits` of sets, links (`relinking`), places in lists (`reordering`) and counts (`recounting`).
"""
