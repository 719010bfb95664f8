"""The `summit` command: what its words mean, what each subcommand does, and how it ends.

Where to look:

- from words to a subcommand: `commands` lists them, `summit` and `routing` choose, `words` and `completion` speak of
  them, `typed` says how one is typed from elsewhere
- subcommands: `explore`, `brief`, `export`, `edit`, `importing`, `config`, `serve`; `summit` has those that only read
- what they share: `library` opens it, `settings`, `changing` asks and writes, `near`
- what they print: `as_text`, `as_json`, `table`, `check`; how they end: `run`, `mistake`
"""
