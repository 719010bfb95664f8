"""The parts of a screen, each of which draws itself line by line.

`surface` is what all that shows lines is made of, `framed` and `held_widget` what that stands on. The panes are made of
`record_list` (its rows by `columns`), `reader` (with `finding`, `link_hints` and `shared_pages`), `query_line` with
`offers`, and `bars`; other screens have a `grid` or a `line_list`.
"""
