"""What the program costs, each figure side by side with what a user would have instead; no part of the program.

Where to look:

- search and its quality: `search`, `quality`, `real`; beside `peers`, which read the library as `corpus` writes it
- one explorer in a terminal: `local` beside `local_peers` and `small_apps`, `views`; what it counts: `bytes`, `trace`
- a library that changes: `edits`, `following`
- many sessions over SSH: `ssh`, run as `python -m benchmarks.ssh`
- generated libraries: `generate`, made of `invented` records, `people`, `subjects`; mistakes of typing: `typos`
- measuring: `timing`, `memory`, `terminal`, `child`; what is printed and kept in `results-….md`: `report`
"""
