"""A record as a form that a person edits in a text editor, and back: YAML, short, with what may be written as comments.

All values are text to the parser, so that Norway stays `NO` and a date stays what was typed; their types come from
the record model.
"""
