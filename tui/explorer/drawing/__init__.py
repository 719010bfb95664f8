"""From what changed on a screen to the bytes that tell a terminal so.

`patches` takes the changes, `screen_diff` compares them with what the terminal shows, `shifts` looks for rows that only
moved, `pencil` writes the rest by the shortest `ways`, in `pens` for the colours of the terminal (`fixed_colours` where
it has few). `cells` says what a character takes.
"""
