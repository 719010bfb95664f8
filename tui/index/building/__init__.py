"""Building an index from the files of a library: by the explorer itself, beside it, and with several processes.

`build` makes one from a copy of a `blank` one in two passes: `staging` reads the files and numbers the records, then
`portions` are made of them, by `helpers` where there are many, and `inverting` turns texts into the records of each
word. Beside the explorer, `builder` starts a `process` that builds, and hears its `reports`. `unfinished` files leave
nothing behind; `garbage` is not collected meanwhile.
"""
