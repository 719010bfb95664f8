"""A record as a form that a person edits in a text editor, and back: YAML, short, with what may be written as comments.

All values are text to the parser, so that Norway stays `NO` and a date stays what was typed; their types come from
the record model.

A `sitting` is the whole of it: `starting` begins a new record, `writing` makes the form, `editor` opens it, `reading`
takes it back (`naming` finds the ids of what it names), and `choosing` lays two versions side by side. What was typed
is kept in `drafts`. `assigning` does the same for `field=value` in a shell; `shapes` is what the model says of fields.
"""
