"""Generated libraries and what search costs on them; run by `make bench-search`, never by the program itself."""
