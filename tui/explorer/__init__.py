"""The Textual app: lists, reader, query line, screens and the commands that drive them.

Where to look:

- the app: `app`, `launch`, `leaving`, `session`, `history`, `commands`, `bindings`, `keymap`, `key_names`,
  `keys_table`
- its screen, each part with the actions of some keys: `screen`, `panes`, `moving`, `beside`, `typing_query`,
  `searching`, `reading`, `linking`, `keeping`, `following`, `filling`, `watching`, `on_demand`, `working`,
  `reading_ahead`, `mixins`
- screens over it: `view_screen`, `page_screen`, `pictures_screen`, `timeline_screen`, `disputes_screen`,
  `places_screen`, `viewing`, `asking`, `choices`, `help`, `palette`
- widgets: `surface`, `framed`, `held_widget`, `record_list`, `line_list`, `columns`, `reader`, `finding`,
  `link_hints`, `shared_pages`, `grid`, `query_line`, `offers`, `bars`
- what leaves the explorer or changes a library: `exporting`, `giving`, `browser`, `curating`, `small_changes`
- looks: `themes`, `inks`, `fixed_colours`, `signs`
- a frame, from what changed to the bytes that say so: `frames`, `patches`, `display`, `screen_diff`, `shifts`,
  `pencil`, `pens`, `ways`, `cells`
- the terminal: `terminal`, `drivers`, `output`
- before and after a visit: `first_frame`, `frame_drawing`, `stamps`, `heap`
"""
