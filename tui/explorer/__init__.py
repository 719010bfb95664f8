"""The Textual app: lists, reader, query line, screens and the commands that drive them.

Where to look:

- the app: `app`, `launch`, `leaving`, `session`, `history`, `commands`, `bindings`, `keymap`, `key_names`,
  `keys_table`
- its screen, each part with the actions of some keys: `screen`, `panes`, `arrangement`, `shares`, `moving`, `beside`,
  `typing_query`, `querying`, `searching`, `reading`, `linking`, `keeping`, `following`, `filling`, `watching`,
  `on_demand`, `working`, `reading_ahead`, `mixins`
- screens over it: `screens`
- the parts of a screen: `widgets`
- what leaves the explorer or changes a library: `exporting`, `giving`, `browser`, `curating`, `small_changes`
- looks: `themes`, `inks`, `signs`
- a frame: `frames` says when, `display` to whom, `drawing` in which bytes
- the terminal: `terminal`, `drivers`, `output`
- before and after a visit: `first_frame`, `sparing`, `frame_drawing`, `stamps`, `heap`
"""
