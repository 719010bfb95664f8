"""Screens over the panes.

`view_screen` shows a page on a part of the view, which `viewing` opens: a brief, a comparison, the evidence. Pages that
are closed again are made of `page_screen`: `choices`, `help`. `timeline_screen`, `disputes_screen`, `pictures_screen`
and `places_screen` show one thing each; `asking` asks for a line of text, `palette` for a command.
"""
