"""What comes into a library from elsewhere: tables, Popolo files and other libraries.

`opening` tells what a file is. A `table` has `rows`, and a `mapping` (read by `mapping_file`, begun by `beginning`)
whose rules make `values` of them; `gathering` makes one record of what many rows name. Other files are `records` or
`popolo` (of `popolo_objects`). Each brings an `arrival`, which `merging` lays beside the library, `uncertain` looks
through for doubles, `report` tells of, and `keeping` writes.
"""
