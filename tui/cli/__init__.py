"""The `summit` command: what its words mean, what each subcommand does, and how it ends."""
