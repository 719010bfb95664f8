"""The explorer over SSH: one server, many people, each with an explorer of their own on one shared index.

Where to look:

- the server: `run`, `settings`, `front` and `crew` with `worker` (several processes), `host`, `loop`, `tidying`, `log`,
  `following`, `own_terminal`
- who comes in: `access`, `doorway`, `client`, `colours`
- a session: `session`, `service`, `driver` (frames out), `keyboard` and `pasting` (keys in), `wire` and `packets`,
  `limits`, `places`, `last_words`
- plain answers: `answers`, `guests`, `turns`, `passing`
"""
