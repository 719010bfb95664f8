"""Bringing an index up to date with a library that has changed, record by record, as a build would have made it."""
