"""Building an index from the files of a library: by the explorer itself, beside it, and with several processes."""
