"""In and out: how a record is laid before a reader, as pages and plain text."""
